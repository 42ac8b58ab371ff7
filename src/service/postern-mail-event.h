/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternMailVerdict:
 * @POSTERN_MAIL_VERDICT_DELIVERED: the next hop has taken it
 * @POSTERN_MAIL_VERDICT_DEFERRED: it is kept and tried again later
 * @POSTERN_MAIL_VERDICT_BOUNCED: it cannot be delivered, and its sender is told
 * @POSTERN_MAIL_VERDICT_REFUSED: it was never taken (5xx)
 * @POSTERN_MAIL_VERDICT_REFUSED_FOR_NOW: it was not taken at that moment (4xx): its sender tries again
 * @POSTERN_MAIL_VERDICT_DELETED: it was taken and thrown away, and nobody is told
 *
 * What became of a message for one recipient.
 */
typedef enum {
    POSTERN_MAIL_VERDICT_DELIVERED,
    POSTERN_MAIL_VERDICT_DEFERRED,
    POSTERN_MAIL_VERDICT_BOUNCED,
    POSTERN_MAIL_VERDICT_REFUSED,
    POSTERN_MAIL_VERDICT_REFUSED_FOR_NOW,
    POSTERN_MAIL_VERDICT_DELETED,
} PosternMailVerdict;

/** postern_mail_verdict_to_text: Returns: (transfer none): what the Gateway API calls it, such as "refused-for-now" */
const char *postern_mail_verdict_to_text (PosternMailVerdict verdict);

/**
 * PosternMailEvent:
 * @time: when, in microseconds since 1970
 * @queue_id: (nullable): what Postfix calls the message; %NULL if it was refused before it was one
 * @client: (nullable): who handed it in, such as "mail.example.net[203.0.113.9]"; %NULL if that is not known
 * @from: (nullable): the envelope sender, "" for the null sender, %NULL if it is not known
 * @to: (nullable): the envelope recipient, %NULL if it did not come to that
 * @verdict: what became of it
 * @code: (nullable): the enhanced status code (RFC 3463), such as "5.7.1"
 * @reply: what was said: by the next hop, or to the client
 * @next_hop: (nullable): where it went, such as "10.0.0.20[10.0.0.20]:25"
 * @cursor: (nullable): its place in the log
 *
 * One thing that became of a message for a recipient: a refusal, or an attempt to deliver it. Its members are
 * filled in by who makes it, and only read after that. Reference-counted; may be shared between threads.
 */
typedef struct {
    gint64 time;
    char *queue_id;
    char *client;
    char *from;
    char *to;
    PosternMailVerdict verdict;
    char *code;
    char *reply;
    char *next_hop;
    char *cursor;
} PosternMailEvent;

PosternMailEvent *postern_mail_event_new (void);
PosternMailEvent *postern_mail_event_ref (PosternMailEvent *self);
void postern_mail_event_unref (PosternMailEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternMailEvent, postern_mail_event_unref)

G_END_DECLS
