/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternSmtpTimeouts:
 * @connect_ms: how long a DNS look-up or a TCP connection to one address may take
 * @reply_ms: how long the server may take for one whole reply, or for the TLS handshake
 * @overall_ms: how long everything may take, from the start of opening to the last reply
 *
 * How patient a dialogue is, in milliseconds. A member that is 0 stands for its default. The defaults are far below
 * those that RFC 5321 section 4.5.3.2 asks of a server that delivers mail, because a person waits; they leave room for
 * the 6 to 9 seconds that a gateway takes when it verifies a recipient for the first time.
 */
typedef struct {
    guint connect_ms;
    guint reply_ms;
    guint overall_ms;
} PosternSmtpTimeouts;

#define POSTERN_SMTP_TIMEOUT_CONNECT_MS 10000
#define POSTERN_SMTP_TIMEOUT_REPLY_MS 20000
#define POSTERN_SMTP_TIMEOUT_OVERALL_MS 60000

/**
 * postern_smtp_timeouts_complete:
 * @timeouts: (nullable): what the caller asks for
 *
 * Returns: @timeouts with the default in place of every 0
 */
static inline PosternSmtpTimeouts
postern_smtp_timeouts_complete (const PosternSmtpTimeouts *timeouts)
{
    PosternSmtpTimeouts complete = {
        .connect_ms =
            timeouts != NULL && timeouts->connect_ms != 0 ? timeouts->connect_ms : POSTERN_SMTP_TIMEOUT_CONNECT_MS,
        .reply_ms = timeouts != NULL && timeouts->reply_ms != 0 ? timeouts->reply_ms : POSTERN_SMTP_TIMEOUT_REPLY_MS,
        .overall_ms =
            timeouts != NULL && timeouts->overall_ms != 0 ? timeouts->overall_ms : POSTERN_SMTP_TIMEOUT_OVERALL_MS,
    };

    return complete;
}

G_END_DECLS
