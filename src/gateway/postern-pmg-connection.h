/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-error.h"
#include "gateway/postern-pmg-answer.h"
#include "gateway/postern-trust.h"

G_BEGIN_DECLS

/*
 * PosternPmgConnection:
 *
 * A kept-alive TLS connection to a Proxmox Mail Gateway, over which one request after the other is sent. It is no
 * SoupSession for two reasons: libsoup sends headers and body in two TLS records, which old Proxmox stacks answer by
 * hanging up, and it repeats a PUT or a DELETE by itself when a kept connection breaks. Here nothing is ever sent
 * twice. Confined to one thread at a time.
 */
typedef struct _PosternPmgConnection PosternPmgConnection;

/*
 * postern_pmg_connection_new:
 * @patience_seconds: the longest time for one request, from its first byte to the end of the answer
 *
 * Does not connect.
 */
PosternPmgConnection *postern_pmg_connection_new (PosternGatewayAddress *address, PosternTrust *trust,
                                                  guint patience_seconds);
void postern_pmg_connection_free (PosternPmgConnection *self);

/*
 * postern_pmg_connection_exchange:
 * @request: a whole request, headers and body; sent in one write
 *
 * Connects if need be: at first, after a hundred requests (the server closes then), and after an answer of 400 or more.
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status, or %NULL with a #PosternGatewayError that knows
 * whether the request may have been carried out
 */
PosternPmgAnswer *postern_pmg_connection_exchange (PosternPmgConnection *self, GString *request,
                                                   GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgConnection, postern_pmg_connection_free)

G_END_DECLS
