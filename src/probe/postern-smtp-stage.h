/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternSmtpStage:
 * @POSTERN_SMTP_STAGE_RESOLVE: the name is looked up
 * @POSTERN_SMTP_STAGE_CONNECT: the TCP connection and the server's greeting
 * @POSTERN_SMTP_STAGE_HELO: EHLO, or HELO after it
 * @POSTERN_SMTP_STAGE_STARTTLS: STARTTLS and the TLS handshake
 * @POSTERN_SMTP_STAGE_XCLIENT: XCLIENT and the server's second greeting
 * @POSTERN_SMTP_STAGE_MAIL: MAIL FROM
 * @POSTERN_SMTP_STAGE_RCPT: RCPT TO
 * @POSTERN_SMTP_STAGE_DATA: DATA and the message
 * @POSTERN_SMTP_STAGE_RSET: RSET
 * @POSTERN_SMTP_STAGE_QUIT: QUIT
 *
 * How far a dialogue has come: what was asked last.
 */
typedef enum {
    POSTERN_SMTP_STAGE_RESOLVE,
    POSTERN_SMTP_STAGE_CONNECT,
    POSTERN_SMTP_STAGE_HELO,
    POSTERN_SMTP_STAGE_STARTTLS,
    POSTERN_SMTP_STAGE_XCLIENT,
    POSTERN_SMTP_STAGE_MAIL,
    POSTERN_SMTP_STAGE_RCPT,
    POSTERN_SMTP_STAGE_DATA,
    POSTERN_SMTP_STAGE_RSET,
    POSTERN_SMTP_STAGE_QUIT,
} PosternSmtpStage;

/**
 * postern_smtp_stage_name:
 * @stage: a stage
 *
 * Returns: (transfer none): the stable name of @stage in the Gateway API and in JSON output: "resolve", "connect",
 * "helo", "starttls", "xclient", "mail", "rcpt", "data", "rset" or "quit"
 */
const char *postern_smtp_stage_name (PosternSmtpStage stage);

G_END_DECLS
