/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-address.h"

G_BEGIN_DECLS

/**
 * postern_gateway_detect_kind:
 * @address: an address, as a rule of an unknown kind
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Blocks. Finds out what answers there: a Postern gateway (asked on the given port, else on 8443 and 443) or a Proxmox
 * Mail Gateway (on the given port, else on 8006). Everything is asked at once and takes 10 seconds at most. No
 * certificate is judged, as nothing secret is sent and nothing but the kind is believed.
 *
 * Returns: (transfer full) (nullable): @address with its kind and port; one whose kind is known already is returned as
 * it is; %NULL with %POSTERN_GATEWAY_ERROR_PROTOCOL if something else answers, or _UNREACHABLE or _TIMED_OUT if nothing
 * does
 */
PosternGatewayAddress *postern_gateway_detect_kind (PosternGatewayAddress *address, GCancellable *cancellable,
                                                    GError **error);

G_END_DECLS
