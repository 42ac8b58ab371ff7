/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-error.h"

G_BEGIN_DECLS

/*
 * postern_transport_error_take:
 * @error: where the error for the person goes
 * @reason: (transfer full): what GIO or libsoup said
 * @address: who was asked
 * @timed_out: whether @reason is a cancellation that a deadline of ours caused
 *
 * Says a failed connection in a mail administrator's words, once for the whole library. A cancellation by the caller
 * stays what it is.
 */
void postern_transport_error_take (GError **error, GError *reason, PosternGatewayAddress *address, gboolean timed_out);

/* postern_transport_error_untrusted: an error about a certificate: with @pin it is another one than the pinned, else
 * nobody vouches for it. */
GError *postern_transport_error_untrusted (PosternGatewayAddress *address, PosternCertificate *certificate,
                                           const char *pin);

/* postern_transport_error_place: Returns: (transfer full): host and port for a person: “gw.example.com, port 8443” */
char *postern_transport_error_place (PosternGatewayAddress *address);

G_END_DECLS
