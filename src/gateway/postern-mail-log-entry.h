/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PosternMailVerdict:
 * @POSTERN_MAIL_DELIVERED: the next hop has taken it
 * @POSTERN_MAIL_DEFERRED: it is kept and tried again later
 * @POSTERN_MAIL_BOUNCED: its sender is told that it could not be delivered
 * @POSTERN_MAIL_REFUSED: it was not taken
 * @POSTERN_MAIL_REFUSED_FOR_NOW: it was not taken, and its sender is to try again
 * @POSTERN_MAIL_DELETED: it was taken and thrown away; nobody is told
 *
 * What became of a message for one recipient. The nicks are the Gateway API's names.
 */
typedef enum {
    POSTERN_MAIL_DELIVERED,
    POSTERN_MAIL_DEFERRED,
    POSTERN_MAIL_BOUNCED,
    POSTERN_MAIL_REFUSED,
    POSTERN_MAIL_REFUSED_FOR_NOW,
    POSTERN_MAIL_DELETED,
} PosternMailVerdict;

#define POSTERN_TYPE_MAIL_VERDICT (postern_mail_verdict_get_type ())
GType postern_mail_verdict_get_type (void) G_GNUC_CONST;

/** postern_mail_verdict_get_title: Returns: (transfer none): a translated word or two, such as “Delivered” */
const char *postern_mail_verdict_get_title (PosternMailVerdict verdict);

#define POSTERN_TYPE_MAIL_LOG_ENTRY (postern_mail_log_entry_get_type ())

/**
 * PosternMailLogEntry:
 *
 * One line of a gateway's mail log: a refusal, or an attempt to deliver. Immutable; may be shared between threads and
 * stand in a list model.
 *
 * Properties: `time`, `queue-id`, `client`, `from`, `to`, `verdict`, `code`, `reply`, `next-hop`.
 */
G_DECLARE_FINAL_TYPE (PosternMailLogEntry, postern_mail_log_entry, POSTERN, MAIL_LOG_ENTRY, GObject)

/** postern_mail_log_entry_get_time: Returns: (transfer none) (nullable): when, in UTC */
GDateTime *postern_mail_log_entry_get_time (PosternMailLogEntry *self);
/** postern_mail_log_entry_get_queue_id: Returns: (transfer none) (nullable): the mail server's name for the message;
 * %NULL if it was refused before it had one */
const char *postern_mail_log_entry_get_queue_id (PosternMailLogEntry *self);
/** postern_mail_log_entry_get_client: Returns: (transfer none) (nullable): who handed it in, such as
 * "mail.example.net[203.0.113.9]" */
const char *postern_mail_log_entry_get_client (PosternMailLogEntry *self);
/** postern_mail_log_entry_get_from: Returns: (transfer none) (nullable): the envelope sender, "" for the null sender,
 * %NULL if it is not known */
const char *postern_mail_log_entry_get_from (PosternMailLogEntry *self);
/** postern_mail_log_entry_get_to: Returns: (transfer none) (nullable): the envelope recipient */
const char *postern_mail_log_entry_get_to (PosternMailLogEntry *self);
PosternMailVerdict postern_mail_log_entry_get_verdict (PosternMailLogEntry *self);
/** postern_mail_log_entry_get_code: Returns: (transfer none) (nullable): the enhanced status code (RFC 3463) */
const char *postern_mail_log_entry_get_code (PosternMailLogEntry *self);
/** postern_mail_log_entry_get_reply: Returns: (transfer none): what the next hop said, or what the client was told */
const char *postern_mail_log_entry_get_reply (PosternMailLogEntry *self);
/** postern_mail_log_entry_get_next_hop: Returns: (transfer none) (nullable): where it went, such as
 * "mail.example.com[10.0.0.20]:25" */
const char *postern_mail_log_entry_get_next_hop (PosternMailLogEntry *self);

G_END_DECLS
