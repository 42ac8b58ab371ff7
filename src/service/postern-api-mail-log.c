/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-handlers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "service/postern-problem.h"

#define DEFAULT_LIMIT 100
#define LARGEST_LIMIT 500
#define LONGEST_CURSOR 64

/* What is asked for. */
typedef struct {
    char *after; /* NULL for the newest */
    guint limit;
} Question;

static void
question_clear (Question *question)
{
    g_clear_pointer (&question->after, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static gboolean
is_cursor (const char *text)
{
    gsize length = strspn (text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._-");

    return length > 0 && length <= LONGEST_CURSOR && text[length] == '\0';
}

/* Returns the refusal, or NULL. Parameters that are not known are passed over. */
static PosternReply *
read_question (PosternRequest *request, Question *question)
{
    g_autoptr (GHashTable) parameters =
        g_uri_parse_params (request->query ? request->query : "", -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
    const char *after = parameters ? g_hash_table_lookup (parameters, "after") : NULL;
    const char *limit = parameters ? g_hash_table_lookup (parameters, "limit") : NULL;
    guint64 number = DEFAULT_LIMIT;

    if (parameters == NULL)
        return postern_problem_reply ("invalid-query", _ ("The query cannot be read."));
    if (after && !is_cursor (after))
        return postern_problem_reply ("invalid-query", _ ("“after” must be a cursor that an answer has had."));
    if (limit && !g_ascii_string_to_unsigned (limit, 10, 1, LARGEST_LIMIT, &number, NULL))
        return postern_problem_reply ("invalid-query", _ ("“limit” must be a number from 1 to 500."));
    question->after = g_strdup (after);
    question->limit = (guint)number;
    return NULL;
}

static void
write_event (PosternJsonWriter *json, PosternMailEvent *event)
{
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (event->time / G_USEC_PER_SEC);
    g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "time", text);
    postern_json_writer_string_member (json, "queue_id", event->queue_id);
    postern_json_writer_string_member (json, "client", event->client);
    postern_json_writer_string_member (json, "from", event->from);
    postern_json_writer_string_member (json, "to", event->to);
    postern_json_writer_string_member (json, "verdict", postern_mail_verdict_to_text (event->verdict));
    postern_json_writer_string_member (json, "code", event->code);
    postern_json_writer_string_member (json, "reply", event->reply);
    postern_json_writer_string_member (json, "next_hop", event->next_hop);
    postern_json_writer_end_object (json);
}

static PosternReply *
reply_with (const PosternMailLogPage *page)
{
    PosternJsonWriter *json = postern_json_writer_new ();

    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "source", page->kind);
    postern_json_writer_string_member (json, "cursor", page->cursor);
    postern_json_writer_boolean_member (json, "gap", page->gap);
    postern_json_writer_boolean_member (json, "more", page->more);
    postern_json_writer_member (json, "entries");
    postern_json_writer_begin_array (json);
    for (guint i = 0; i < page->events->len; i++)
        write_event (json, g_ptr_array_index (page->events, i));
    postern_json_writer_end_array (json);
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}

PosternReply *
postern_api_read_mail_log (PosternApi *api, PosternRequest *request)
{
    g_auto (Question) question = { 0 };
    g_auto (PosternMailLogPage) page = { 0 };
    g_autoptr (GError) error = NULL;
    PosternReply *refusal = read_question (request, &question);

    if (refusal)
        return refusal;
    if (postern_api_get_mail_log (api) == NULL)
        return postern_problem_reply ("mta-unavailable",
                                      _ ("This gateway has no mail server: it is only for practice."));
    if (!postern_mail_log_read (postern_api_get_mail_log (api), question.after, question.limit, &page, &error))
        return postern_problem_reply ("mail-log-unavailable", error->message);
    return reply_with (&page);
}
