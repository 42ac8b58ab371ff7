/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mail-tracker.h"

#include <string.h>

#define MOST_MESSAGES 10000
#define LONGEST_QUEUE_ID 32

/* A message that is in the queue. */
typedef struct {
    char *queue_id;
    char *client;
    char *from;
    GList link; /* among all, oldest first */
} Message;

struct _PosternMailTracker {
    char *prefix;         /* “postfix/” */
    GHashTable *messages; /* of Message, by queue id */
    GQueue order;
};

static void
message_free (gpointer data)
{
    Message *message = data;

    g_free (message->queue_id);
    g_free (message->client);
    g_free (message->from);
    g_free (message);
}

PosternMailTracker *
postern_mail_tracker_new (const char *syslog_name)
{
    PosternMailTracker *self = g_new0 (PosternMailTracker, 1);

    self->prefix = g_strconcat (syslog_name, "/", NULL);
    self->messages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, message_free);
    g_queue_init (&self->order);
    return self;
}

void
postern_mail_tracker_free (PosternMailTracker *self)
{
    g_hash_table_unref (self->messages);
    g_free (self->prefix);
    g_free (self);
}

void
postern_mail_tracker_forget (PosternMailTracker *self)
{
    g_hash_table_remove_all (self->messages);
    g_queue_init (&self->order);
}

static void
forget (PosternMailTracker *self, const char *queue_id)
{
    Message *message = g_hash_table_lookup (self->messages, queue_id);

    if (message == NULL)
        return;
    g_queue_unlink (&self->order, &message->link);
    g_hash_table_remove (self->messages, queue_id);
}

static Message *
remember (PosternMailTracker *self, const char *queue_id)
{
    Message *message = g_hash_table_lookup (self->messages, queue_id);

    if (message)
        return message;
    if (self->order.length >= MOST_MESSAGES)
        forget (self, ((Message *)self->order.head->data)->queue_id);
    message = g_new0 (Message, 1);
    message->queue_id = g_strdup (queue_id);
    message->link.data = message;
    g_queue_push_tail_link (&self->order, &message->link);
    g_hash_table_insert (self->messages, message->queue_id, message);
    return message;
}

/* What is between @before and the next @after in @text, or NULL. @rest: (optional): where it goes on. */
static char *
between (const char *text, const char *before, const char *after, const char **rest)
{
    const char *start = strstr (text, before);
    const char *end;

    if (start == NULL)
        return NULL;
    start += strlen (before);
    end = strstr (start, after);
    if (end == NULL)
        return NULL;
    if (rest)
        *rest = end;
    return g_strndup (start, (gsize)(end - start));
}

/* “5.7.1 …”, maybe behind a reply code. RFC 3463, 2. */
static char *
enhanced_code (const char *reply)
{
    gboolean has_code = strspn (reply, "0123456789") == 3 && reply[3] == ' ';
    const char *at = reply + (has_code ? 4 : 0);
    gsize length = strspn (at, "0123456789.");
    g_autofree char *text = g_strndup (at, length);
    g_auto (GStrv) parts = g_strsplit (text, ".", -1);

    if (g_strv_length (parts) != 3 || strchr ("245", *parts[0]) == NULL || *parts[1] == '\0' || *parts[2] == '\0')
        return NULL;
    return g_steal_pointer (&text);
}

static void
fill_in (PosternMailTracker *self, PosternMailEvent *event)
{
    Message *message = event->queue_id ? g_hash_table_lookup (self->messages, event->queue_id) : NULL;

    if (message && event->from == NULL)
        event->from = g_strdup (message->from);
    if (message && event->client == NULL)
        event->client = g_strdup (message->client);
}

static gboolean
find_outcome (const char *status, const char *program, PosternMailVerdict *verdict)
{
    static const struct {
        const char *status;
        PosternMailVerdict verdict;
    } outcomes[] = {
        { "sent", POSTERN_MAIL_VERDICT_DELIVERED },        { "deferred", POSTERN_MAIL_VERDICT_DEFERRED },
        { "bounced", POSTERN_MAIL_VERDICT_BOUNCED },       { "expired", POSTERN_MAIL_VERDICT_BOUNCED },
        { "force-expired", POSTERN_MAIL_VERDICT_BOUNCED },
    };

    for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++) {
        if (g_str_equal (status, outcomes[i].status)) {
            *verdict = outcomes[i].verdict;
            /* discard(8) says “sent” as well. */
            if (*verdict == POSTERN_MAIL_VERDICT_DELIVERED && g_str_equal (program, "discard"))
                *verdict = POSTERN_MAIL_VERDICT_DELETED;
            return TRUE;
        }
    }
    return FALSE;
}

/* “to=<…>, relay=…, delay=…, delays=…, dsn=2.0.0, status=sent (250 2.0.0 Ok)”: an attempt to deliver. */
static PosternMailEvent *
read_delivery (const char *program, const char *text)
{
    g_autoptr (PosternMailEvent) event = postern_mail_event_new ();
    g_autofree char *status = NULL;
    const char *at = text;

    event->to = between (text, "to=<", ">, ", &at);
    event->next_hop = between (at, "relay=", ", ", &at);
    event->code = between (at, "dsn=", ", ", &at);
    status = between (at, "status=", " (", &at);
    if (event->to == NULL || status == NULL || !find_outcome (status, program, &event->verdict))
        return NULL;
    event->reply = g_strndup (at + strlen (" ("), strlen (at + strlen (" (")) - 1);
    if (g_strcmp0 (event->next_hop, "none") == 0)
        g_clear_pointer (&event->next_hop, g_free);
    return g_steal_pointer (&event);
}

/* smtpd(8) and cleanup(8) separate them by a space, postscreen(8) by a comma. */
static void
read_addresses (PosternMailEvent *event, const char *text)
{
    const char *at = text;

    event->from = between (text, "from=<", ">", &at);
    if (g_str_has_prefix (at, "> to=<") || g_str_has_prefix (at, ">, to=<"))
        event->to = between (at, "to=<", ">", NULL);
}

/*
 * “RCPT from host[192.0.2.1]: 554 5.7.1 <…>: Relay access denied; from=<…> to=<…> proto=ESMTP helo=<…>”, or from
 * cleanup(8) “END-OF-MESSAGE from host[192.0.2.1]: 5.7.1 Spam message rejected; from=<…> …”. What ends before MAIL FROM
 * is about a client and not about mail.
 */
static PosternMailEvent *
read_refusal (const char *text, gboolean deleted)
{
    g_autoptr (PosternMailEvent) event = NULL;
    const char *addresses = strstr (text, "; from=<");
    const char *at = text;

    if (addresses == NULL)
        return NULL;
    event = postern_mail_event_new ();
    event->client = between (text, " from ", ": ", &at);
    if (event->client == NULL || at > addresses)
        return NULL;
    at += strlen (": ");
    event->reply = g_strndup (at, (gsize)(addresses - at));
    event->code = enhanced_code (event->reply);
    read_addresses (event, addresses);
    if (deleted)
        event->verdict = POSTERN_MAIL_VERDICT_DELETED;
    else
        event->verdict = *event->reply == '4' ? POSTERN_MAIL_VERDICT_REFUSED_FOR_NOW : POSTERN_MAIL_VERDICT_REFUSED;
    return g_steal_pointer (&event);
}

static PosternMailEvent *
read_event (const char *program, const char *text)
{
    static const struct {
        const char *prefix;
        gboolean deleted;
    } refusals[] = {
        { "reject: ", FALSE },
        { "milter-reject: ", FALSE },
        { "discard: ", TRUE },
        { "milter-discard: ", TRUE },
    };

    if (g_str_has_prefix (text, "to=<"))
        return read_delivery (program, text);
    for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
        if (g_str_has_prefix (text, refusals[i].prefix))
            return read_refusal (text + strlen (refusals[i].prefix), refusals[i].deleted);
    }
    return NULL;
}

/* Lines that only add to what is known of a message. */
static gboolean
take_note (PosternMailTracker *self, const char *queue_id, const char *text)
{
    if (g_str_has_prefix (text, "client=")) {
        g_autofree char *client = g_strndup (text + strlen ("client="), strcspn (text + strlen ("client="), ","));

        g_set_str (&remember (self, queue_id)->client, client);
    } else if (g_str_has_prefix (text, "from=<")) {
        g_autofree char *from = between (text, "from=<", ">, ", NULL);

        g_set_str (&remember (self, queue_id)->from, from);
    } else if (g_str_equal (text, "removed")) {
        forget (self, queue_id);
    } else {
        return FALSE;
    }
    return TRUE;
}

/* What stands before the first colon, if it can be a queue id or is “NOQUEUE”. */
static char *
read_queue_id (const char *message, const char **rest)
{
    gsize length = 0;

    while (g_ascii_isalnum (message[length]))
        length++;
    if (length == 0 || length > LONGEST_QUEUE_ID || !g_str_has_prefix (message + length, ": "))
        return NULL;
    *rest = message + length + strlen (": ");
    return g_strndup (message, length);
}

PosternMailEvent *
postern_mail_tracker_feed (PosternMailTracker *self, const PosternMailLine *line)
{
    g_autofree char *queue_id = NULL;
    PosternMailEvent *event;
    const char *program, *rest;

    if (!g_str_has_prefix (line->program, self->prefix))
        return NULL;
    queue_id = read_queue_id (line->message, &rest);
    if (queue_id == NULL || take_note (self, queue_id, rest))
        return NULL;
    program = strrchr (line->program, '/') + 1;
    event = read_event (program, rest);
    if (event && !g_str_equal (queue_id, "NOQUEUE")) {
        event->queue_id = g_steal_pointer (&queue_id);
        fill_in (self, event);
    }
    return event;
}
