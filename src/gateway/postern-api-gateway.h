/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "gateway/postern-trust.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_API_GATEWAY (postern_api_gateway_get_type ())

/**
 * PosternApiGateway:
 *
 * A Postern gateway, told over the Gateway API v1 (data/gateway-api.yaml): HTTPS with a bearer token (RFC 6750), the
 * whole configuration at once, guarded by entity tags (RFC 9110, section 13.1.1).
 *
 * Each call makes its own connection in the calling thread and closes it: a SoupSession belongs to one thread, and over
 * a fresh connection libsoup never repeats a request by itself that may have been carried out already.
 *
 * Properties (construct-only, write-only): `address`, `trust`, `token`, `idle-seconds` (the longest silence),
 * `deadline-seconds` (the longest time for one call).
 */
G_DECLARE_FINAL_TYPE (PosternApiGateway, postern_api_gateway, POSTERN, API_GATEWAY, PosternGateway)

/**
 * postern_api_gateway_new:
 * @address: where it is; without a port, 8443
 * @trust: by what its certificate is believed
 * @token: (nullable): the access token, or %NULL if none is known: then the gateway answers
 *   %POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED; white space around it is cut off
 *
 * Does not connect.
 *
 * Returns: (transfer full): a gateway
 */
PosternGateway *postern_api_gateway_new (PosternGatewayAddress *address, PosternTrust *trust, const char *token);

G_END_DECLS
