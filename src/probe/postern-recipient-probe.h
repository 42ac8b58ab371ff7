/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-probe-target.h"
#include "probe/postern-recipient-class.h"

G_BEGIN_DECLS

/*
 * How long a gateway waits for a verdict before it tells its own client to come back: Postfix polls three times with
 * three seconds in between (address_verify_poll_count and address_verify_poll_delay in postconf(5)).
 */
#define POSTERN_RECIPIENT_PROBE_SLOW_MS 6000

/**
 * PosternRecipientProbe:
 *
 * What came of asking one server about recipients: what it answers to RCPT for a given recipient and for one that has
 * just been invented in the same domain, and what that means for recipient verification. It tells before verification
 * is switched on what it will do with an internal server, and whether an edge gateway verifies recipients. No mail is
 * ever sent. Complete and immutable once it exists; may be shared between threads.
 */
#define POSTERN_TYPE_RECIPIENT_PROBE (postern_recipient_probe_get_type ())
G_DECLARE_FINAL_TYPE (PosternRecipientProbe, postern_recipient_probe, POSTERN, RECIPIENT_PROBE, GObject)

/**
 * postern_recipient_probe_run:
 * @target: whom to ask
 * @sender: whom to ask as: what the gateway will say, such as "double-bounce@gw.example.com", or "" for the null sender
 * @recipient: a recipient that exists, or "@domain" if none is known
 * @slow_ms: beyond how many milliseconds an answer is slow, or 0 for %POSTERN_RECIPIENT_PROBE_SLOW_MS
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Says EHLO, MAIL FROM, RCPT TO for @recipient (unless only a domain is given), RCPT TO for an invented local part in
 * its domain, RSET, QUIT, which is what a gateway that verifies says. If the sender or both recipients are refused,
 * @recipient is asked once more from the null sender, which tells whether it was the sender's fault.
 *
 * Returns: (transfer full) (nullable): what came of it, whatever that is; or %NULL with %G_IO_ERROR_CANCELLED,
 *   %POSTERN_PROBE_ERROR_INVALID_ARGUMENT or, if the addresses need SMTPUTF8, %POSTERN_PROBE_ERROR_NOT_OFFERED
 */
PosternRecipientProbe *postern_recipient_probe_run (PosternProbeTarget *target, const char *sender,
                                                    const char *recipient, guint slow_ms, GCancellable *cancellable,
                                                    GError **error);

/** postern_recipient_probe_get_class: Returns: what the answers mean */
PosternRecipientClass postern_recipient_probe_get_class (PosternRecipientProbe *self);

/** postern_recipient_probe_get_verifies: see postern_recipient_class_get_verifies() */
gboolean postern_recipient_probe_get_verifies (PosternRecipientProbe *self, gboolean *verifies);

/** postern_recipient_probe_get_server: Returns: (transfer none): who answered, such as "mail.example.com[10.0.0.20]:25"
 */
const char *postern_recipient_probe_get_server (PosternRecipientProbe *self);

/** postern_recipient_probe_get_stage: Returns: what was asked last */
PosternSmtpStage postern_recipient_probe_get_stage (PosternRecipientProbe *self);

/** postern_recipient_probe_get_failure: Returns: (transfer none) (nullable): why the dialogue broke off, or %NULL if it
 * did not */
const GError *postern_recipient_probe_get_failure (PosternRecipientProbe *self);

/** postern_recipient_probe_get_refusal: Returns: (transfer none) (nullable): the reply that ended it before all
 * recipients were asked */
PosternSmtpReply *postern_recipient_probe_get_refusal (PosternRecipientProbe *self);

/** postern_recipient_probe_get_given_reply: Returns: (transfer none) (nullable): the reply to the given recipient */
PosternSmtpReply *postern_recipient_probe_get_given_reply (PosternRecipientProbe *self);

/** postern_recipient_probe_get_invented_reply: Returns: (transfer none) (nullable): the reply to the invented recipient
 */
PosternSmtpReply *postern_recipient_probe_get_invented_reply (PosternRecipientProbe *self);

/** postern_recipient_probe_get_null_sender_reply: Returns: (transfer none) (nullable): the reply to the given recipient
 * from the null sender, or the refusal of the null sender; %NULL if that was not tried */
PosternSmtpReply *postern_recipient_probe_get_null_sender_reply (PosternRecipientProbe *self);

/** postern_recipient_probe_get_invented: Returns: (transfer none): the recipient that was invented */
const char *postern_recipient_probe_get_invented (PosternRecipientProbe *self);

/** postern_recipient_probe_get_slowest_ms: Returns: how long the slowest answer to RCPT took */
guint postern_recipient_probe_get_slowest_ms (PosternRecipientProbe *self);

/** postern_recipient_probe_get_transcript: Returns: (transfer none): the dialogue, line by line; the empty string if
 * there was none */
const char *postern_recipient_probe_get_transcript (PosternRecipientProbe *self);

/** postern_recipient_probe_get_summary: Returns: (transfer none): what it means, in a translated sentence or two */
const char *postern_recipient_probe_get_summary (PosternRecipientProbe *self);

G_END_DECLS
