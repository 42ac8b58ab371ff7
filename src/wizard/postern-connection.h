/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "gateway/postern-trust.h"

G_BEGIN_DECLS

/**
 * PosternConnection:
 * @address: where the gateway is, its kind included
 * @gateway: the gateway
 * @info: who it says it is
 * @configuration: what it has
 * @revision: which revision that is
 *
 * What there is once a gateway has let us in.
 */
typedef struct {
    PosternGatewayAddress *address;
    PosternGateway *gateway;
    PosternGatewayInfo *info;
    PosternPlan *configuration;
    char *revision;
} PosternConnection;

/**
 * postern_connection_open:
 * @address: where; of an unknown kind, that is found out first
 * @pin: (nullable): the fingerprint that a person has trusted, %NULL to believe the system's CAs
 * @token: (nullable): the access token
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Blocks. Finds out what kind of gateway it is, asks who it is and reads what it has.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with a #PosternGatewayError
 */
PosternConnection *postern_connection_open (PosternGatewayAddress *address, const char *pin, const char *token,
                                            GCancellable *cancellable, GError **error);

void postern_connection_free (PosternConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternConnection, postern_connection_free)

G_END_DECLS
