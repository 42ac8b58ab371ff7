/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternProbeError:
 * @POSTERN_PROBE_ERROR_UNREACHABLE: no packet reaches the server (no route, host down, local address not usable)
 * @POSTERN_PROBE_ERROR_REFUSED: the server, or a firewall before it, refuses the TCP connection
 * @POSTERN_PROBE_ERROR_TIMED_OUT: nothing was said for too long, or the whole took too long
 * @POSTERN_PROBE_ERROR_CLOSED: the server closed the connection where an answer was due, or it has been closed before
 * @POSTERN_PROBE_ERROR_PROTOCOL: what the server says is not SMTP (RFC 5321)
 * @POSTERN_PROBE_ERROR_TOO_MUCH: the server says more than any honest server does; reading was stopped
 * @POSTERN_PROBE_ERROR_TLS: TLS could not be established
 * @POSTERN_PROBE_ERROR_NOT_OFFERED: the server does not offer the extension that is needed (STARTTLS, XCLIENT,
 * SMTPUTF8)
 * @POSTERN_PROBE_ERROR_INVALID_ARGUMENT: an argument must not be sent, or makes no sense; nothing was sent
 * @POSTERN_PROBE_ERROR_NOT_FOUND: DNS says that there is no such name, or nothing under it that mail can be sent to
 * @POSTERN_PROBE_ERROR_RESOLVER: DNS could not be asked, so nothing is known about the name
 * @POSTERN_PROBE_ERROR_NULL_MX: the domain says that it accepts no mail (null MX, RFC 7505)
 * @POSTERN_PROBE_ERROR_NOT_ALLOWED: the target does not let that address be asked; nothing was sent
 *
 * What can go wrong when the world is asked. A negative SMTP reply is not an error: it is what was asked for and comes
 * as a #PosternSmtpReply. Cancellation is always %G_IO_ERROR_CANCELLED. Every message is translated and made to be
 * shown; it names the server.
 */
typedef enum {
    POSTERN_PROBE_ERROR_UNREACHABLE,
    POSTERN_PROBE_ERROR_REFUSED,
    POSTERN_PROBE_ERROR_TIMED_OUT,
    POSTERN_PROBE_ERROR_CLOSED,
    POSTERN_PROBE_ERROR_PROTOCOL,
    POSTERN_PROBE_ERROR_TOO_MUCH,
    POSTERN_PROBE_ERROR_TLS,
    POSTERN_PROBE_ERROR_NOT_OFFERED,
    POSTERN_PROBE_ERROR_INVALID_ARGUMENT,
    POSTERN_PROBE_ERROR_NOT_FOUND,
    POSTERN_PROBE_ERROR_RESOLVER,
    POSTERN_PROBE_ERROR_NULL_MX,
    POSTERN_PROBE_ERROR_NOT_ALLOWED,
} PosternProbeError;

#define POSTERN_PROBE_ERROR (postern_probe_error_quark ())
GQuark postern_probe_error_quark (void);

/**
 * postern_probe_error_code_name:
 * @code: an error code of this domain
 *
 * Returns: (transfer none): the stable name of @code in the Gateway API and in JSON output, such as "timed-out"
 */
const char *postern_probe_error_code_name (PosternProbeError code);

G_END_DECLS
