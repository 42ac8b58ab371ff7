/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-certificate.h"

G_BEGIN_DECLS

/**
 * PosternGatewayError:
 * @POSTERN_GATEWAY_ERROR_UNREACHABLE: no connection, or it broke before the answer was complete
 * @POSTERN_GATEWAY_ERROR_TIMED_OUT: the gateway did not answer in time
 * @POSTERN_GATEWAY_ERROR_UNTRUSTED: the certificate is not trusted; see postern_gateway_error_get_certificate()
 * @POSTERN_GATEWAY_ERROR_CERTIFICATE_CHANGED: the certificate is not the pinned one; the message has both fingerprints
 * @POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED: the gateway wants an access token and none was given
 * @POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN: the gateway does not know the access token
 * @POSTERN_GATEWAY_ERROR_FORBIDDEN: the access token does not allow this (it may only read)
 * @POSTERN_GATEWAY_ERROR_REVISION_CHANGED: someone else changed the configuration since it was read
 * @POSTERN_GATEWAY_ERROR_BUSY: the gateway is carrying out another push, or cannot serve at the moment
 * @POSTERN_GATEWAY_ERROR_INVALID: the gateway does not accept what was sent; see postern_gateway_error_get_problems()
 * @POSTERN_GATEWAY_ERROR_REFUSED_BY_MTA: the gateway's mail server refused the configuration; the old one is live
 * @POSTERN_GATEWAY_ERROR_TOO_LARGE: an answer or a request is larger than the 64 MiB that are allowed
 * @POSTERN_GATEWAY_ERROR_PROTOCOL: the answer is not what a gateway says (not a gateway, or a broken one)
 * @POSTERN_GATEWAY_ERROR_NOT_SUPPORTED: this gateway cannot do that
 * @POSTERN_GATEWAY_ERROR_RATE_LIMITED: too many requests; see postern_gateway_error_get_retry_after()
 * @POSTERN_GATEWAY_ERROR_NOT_FOUND: there is no such revision
 * @POSTERN_GATEWAY_ERROR_CONFLICT: a push was not begun, because the gateway no longer has what the person reviewed
 * @POSTERN_GATEWAY_ERROR_STUCK: after a write or a push the gateway is neither as before nor as planned, or cannot be
 *   asked
 * @POSTERN_GATEWAY_ERROR_ADDRESS: a gateway's address, fingerprint, token or CA file cannot be used
 * @POSTERN_GATEWAY_ERROR_JOURNAL: a push's journal on this computer cannot be written or read
 * @POSTERN_GATEWAY_ERROR_INTERRUPTED: an earlier push to this gateway was interrupted; it has to be finished or undone
 *   first
 *
 * What can go wrong with a gateway. Every message is translated and made to be shown: it says what happened, where, and
 * what to do. No message holds a token or a password. Cancellation is %G_IO_ERROR_CANCELLED, as everywhere.
 */
typedef enum {
    POSTERN_GATEWAY_ERROR_UNREACHABLE,
    POSTERN_GATEWAY_ERROR_TIMED_OUT,
    POSTERN_GATEWAY_ERROR_UNTRUSTED,
    POSTERN_GATEWAY_ERROR_CERTIFICATE_CHANGED,
    POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED,
    POSTERN_GATEWAY_ERROR_TOKEN_UNKNOWN,
    POSTERN_GATEWAY_ERROR_FORBIDDEN,
    POSTERN_GATEWAY_ERROR_REVISION_CHANGED,
    POSTERN_GATEWAY_ERROR_BUSY,
    POSTERN_GATEWAY_ERROR_INVALID,
    POSTERN_GATEWAY_ERROR_REFUSED_BY_MTA,
    POSTERN_GATEWAY_ERROR_TOO_LARGE,
    POSTERN_GATEWAY_ERROR_PROTOCOL,
    POSTERN_GATEWAY_ERROR_NOT_SUPPORTED,
    POSTERN_GATEWAY_ERROR_RATE_LIMITED,
    POSTERN_GATEWAY_ERROR_NOT_FOUND,
    POSTERN_GATEWAY_ERROR_CONFLICT,
    POSTERN_GATEWAY_ERROR_STUCK,
    POSTERN_GATEWAY_ERROR_ADDRESS,
    POSTERN_GATEWAY_ERROR_JOURNAL,
    POSTERN_GATEWAY_ERROR_INTERRUPTED,
} PosternGatewayError;

#define POSTERN_GATEWAY_ERROR (postern_gateway_error_quark ())
GQuark postern_gateway_error_quark (void);

/**
 * PosternGatewayProblem:
 * @pointer: where, a JSON pointer (RFC 6901) such as "/domains/3/name"; may be empty
 * @code: the gateway's stable name for it, such as "invalid-domain"; may be empty
 * @detail: what is wrong, in the gateway's words
 *
 * One entry of the `errors` member of a problem document (RFC 9457, section 3.1).
 */
typedef struct {
    char *pointer;
    char *code;
    char *detail;
} PosternGatewayProblem;

PosternGatewayProblem *postern_gateway_problem_new (const char *pointer, const char *code, const char *detail);
void postern_gateway_problem_free (PosternGatewayProblem *problem);

/** postern_gateway_error_code_name: Returns: (transfer none): the stable name of @code in JSON output, such as
 * "revision-changed" */
const char *postern_gateway_error_code_name (PosternGatewayError code);

/*
 * What an error knows beside its message. Each takes any #GError; one of another domain knows nothing.
 */

/** postern_gateway_error_get_certificate: Returns: (transfer none) (nullable): the certificate that was not accepted */
PosternCertificate *postern_gateway_error_get_certificate (const GError *error);
/** postern_gateway_error_get_problems: Returns: (transfer none) (nullable) (element-type PosternGatewayProblem): each
 * bad member, as the gateway listed them */
GPtrArray *postern_gateway_error_get_problems (const GError *error);
/** postern_gateway_error_get_retry_after: Returns: the seconds that the gateway asks to wait (RFC 9110,
 * section 10.2.3), 0 if it said nothing */
guint postern_gateway_error_get_retry_after (const GError *error);
/** postern_gateway_error_get_status: Returns: the HTTP status, 0 if there was none */
guint postern_gateway_error_get_status (const GError *error);

void postern_gateway_error_set_certificate (GError *error, PosternCertificate *certificate);
/** postern_gateway_error_set_problems: @problems: (transfer full) (element-type PosternGatewayProblem): each bad member
 */
void postern_gateway_error_set_problems (GError *error, GPtrArray *problems);
void postern_gateway_error_set_retry_after (GError *error, guint seconds);
void postern_gateway_error_set_status (GError *error, guint status);
/** postern_gateway_error_set_unanswered: @unanswered: whether the request went out and no answer came that can be
 * relied on
 */
void postern_gateway_error_set_unanswered (GError *error, gboolean unanswered);

/**
 * postern_gateway_error_may_have_been_carried_out:
 * @error: what a write ended with
 *
 * A gateway that refuses says so; whoever says nothing (the connection broke, time ran out, the answer is garbage, the
 * call was cancelled) may have done it all the same. Then only reading tells.
 *
 * Returns: whether it is unknown what the gateway did
 */
gboolean postern_gateway_error_may_have_been_carried_out (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternGatewayProblem, postern_gateway_problem_free)

G_END_DECLS
