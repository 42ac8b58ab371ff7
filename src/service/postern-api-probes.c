/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-handlers.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-hostname.h"
#include "plan/postern-json-document.h"
#include "plan/postern-plan-error.h"
#include "probe/postern-smtp-argument.h"
#include "service/postern-problem.h"
#include "service/postern-smtp-question.h"

typedef struct {
    GInetAddress *client;
    char *sender;
    char *recipient;
} Flow;

static void
flow_clear (Flow *flow)
{
    g_clear_object (&flow->client);
    g_clear_pointer (&flow->sender, g_free);
    g_clear_pointer (&flow->recipient, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flow, flow_clear)

static PosternReply *
bad_member (const char *pointer, const char *code, const char *detail)
{
    PosternProblem *problem = postern_problem_new ("invalid-probe", detail);

    postern_problem_add_error (problem, pointer, code, detail);
    return postern_problem_to_reply (problem);
}

/* The text of the member @name, or NULL if it is not there or something else. */
static const char *
text_member (JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member (object, name);

    return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
               ? json_node_get_string (node)
               : NULL;
}

static PosternReply *
check_members (JsonObject *object)
{
    static const char *const known[] = { "kind", "client", "sender", "recipient", NULL };
    g_autoptr (GList) names = json_object_get_members (object);

    for (guint i = 0; known[i]; i++) {
        g_autofree char *pointer = g_strconcat ("/", known[i], NULL);

        if (text_member (object, known[i]) == NULL)
            return bad_member (pointer, "schema", _ ("This member is needed, and is a text."));
    }
    for (GList *name = names; name; name = name->next) {
        if (!g_strv_contains (known, name->data)) {
            /* RFC 6901, 3: the two characters that a pointer escapes. */
            g_autoptr (GString) pointer = g_string_new (name->data);

            g_string_replace (pointer, "~", "~0", 0);
            g_string_replace (pointer, "/", "~1", 0);
            g_string_prepend_c (pointer, '/');
            return bad_member (pointer->str, "schema", _ ("There is no such member."));
        }
    }
    return NULL;
}

static gboolean
is_mailbox (const char *text)
{
    const char *at = strrchr (text, '@');

    return at && at != text && at[1] != '\0' && postern_smtp_check_mailbox (text, NULL);
}

static PosternReply *
read_flow (JsonObject *object, Flow *flow)
{
    PosternReply *refusal = check_members (object);

    if (refusal)
        return refusal;
    flow->client = postern_hostname_parse_address (text_member (object, "client"));
    flow->sender = g_strdup (text_member (object, "sender"));
    flow->recipient = g_strdup (text_member (object, "recipient"));
    if (flow->client == NULL)
        return bad_member ("/client", "invalid-address", _ ("This is not an IP address, such as 203.0.113.9."));
    if (*flow->sender && !is_mailbox (flow->sender))
        return bad_member ("/sender", "invalid-address",
                           _ ("This is neither an e-mail address, such as alice@example.com, nor empty."));
    if (!is_mailbox (flow->recipient))
        return bad_member ("/recipient", "invalid-address",
                           _ ("This is not an e-mail address, such as alice@example.com."));
    return NULL;
}

static const char *
verdict_of (PosternSmtpReply *reply)
{
    if (postern_smtp_reply_is_positive (reply))
        return "accepted";
    return postern_smtp_reply_is_temporary (reply) ? "deferred" : "refused";
}

static PosternReply *
ask (PosternApi *api, const Flow *flow)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) answer = NULL;
    PosternSmtpStage stage;
    PosternJsonWriter *json;

    answer = postern_smtp_question_ask (postern_api_get_host (api), flow->client, flow->sender, flow->recipient, &stage,
                                        &error);
    if (answer == NULL)
        return postern_problem_reply ("mta-unavailable", error->message);
    json = postern_json_writer_new ();
    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "kind", "flow");
    postern_json_writer_string_member (json, "verdict", verdict_of (answer));
    postern_json_writer_string_member (json, "reply", postern_smtp_reply_get_display (answer));
    postern_json_writer_string_member (json, "stage", postern_smtp_stage_name (stage));
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}

static PosternReply *
run_flow (PosternApi *api, JsonObject *object)
{
    g_auto (Flow) flow = { 0 };
    PosternReply *reply = read_flow (object, &flow);

    if (reply)
        return reply;
    if (postern_api_get_host (api) == NULL)
        return postern_problem_reply ("mta-unavailable",
                                      _ ("This gateway has no mail server: it is only for practice."));
    if (!postern_api_begin_probe (api)) {
        reply = postern_problem_reply ("too-many-probes", _ ("Other probes are running. Try again in a second."));
        postern_reply_add_header (reply, "Retry-After", "1");
        return reply;
    }
    reply = ask (api, &flow);
    postern_api_end_probe (api);
    return reply;
}

PosternReply *
postern_api_run_probe (PosternApi *api, PosternRequest *request)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) root = NULL;
    gsize length;
    const char *data = g_bytes_get_data (request->body, &length);
    const char *kind;

    root = postern_json_document_parse (data, length, NULL, &error);
    if (g_error_matches (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX))
        return postern_problem_reply ("malformed", error->message);
    if (root == NULL)
        return bad_member ("", "schema", error->message);
    if (!JSON_NODE_HOLDS_OBJECT (root))
        return bad_member ("", "schema", _ ("A probe is a JSON object."));
    kind = text_member (json_node_get_object (root), "kind");
    if (kind == NULL)
        return bad_member ("/kind", "schema", _ ("This member is needed, and is a text."));
    if (!g_str_equal (kind, "flow"))
        return postern_problem_reply ("unknown-probe", _ ("The only kind of probe is “flow”."));
    return run_flow (api, json_node_get_object (root));
}
