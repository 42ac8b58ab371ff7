/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-dialogue.h"
#include "service/postern-postfix-host.h"

G_BEGIN_DECLS

/**
 * postern_smtp_question_ask:
 * @host: the instance
 * @client: the address of the client that is played
 * @sender: an e-mail address, or "" for the null sender
 * @recipient: an e-mail address, U- or A-labels
 * @stage: (out): how far the dialogue came: connect, helo, mail or rcpt
 * @error: return location for an error, or %NULL
 *
 * Asks the live Postfix, on its private listener, what it answers when @client writes from @sender to @recipient. The
 * dialogue ends before DATA: no mail is sent.
 *
 * Returns: (transfer full) (nullable): the reply that decides: to RCPT, or the first refusal before it; %NULL with
 *   %POSTERN_PROBE_ERROR if there is no answer
 */
PosternSmtpReply *postern_smtp_question_ask (PosternPostfixHost *host, GInetAddress *client, const char *sender,
                                             const char *recipient, PosternSmtpStage *stage, GError **error);

/**
 * postern_smtp_question_show:
 * @host: the instance
 * @client: the address of the client that is played
 * @recipient: an e-mail address
 * @lines: (array zero-terminated=1): a message, without line ends
 * @stage: (out): how far the dialogue came: also data
 * @error: return location for an error, or %NULL
 *
 * Asks the live Postfix what it answers to a whole message from the null sender. What the private listener accepts, it
 * gives to nobody.
 *
 * Returns: (transfer full) (nullable): the reply that decides, or %NULL with %POSTERN_PROBE_ERROR
 */
PosternSmtpReply *postern_smtp_question_show (PosternPostfixHost *host, GInetAddress *client, const char *recipient,
                                              const char *const *lines, PosternSmtpStage *stage, GError **error);

G_END_DECLS
