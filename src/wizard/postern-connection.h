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
 * @error: %NULL once it has let us in; else a #PosternGatewayError that says why not, and of the rest there is only
 * @address, with whatever kind was found out
 *
 * What there is once a gateway was asked.
 */
typedef struct {
    PosternGatewayAddress *address;
    PosternGateway *gateway;
    PosternGatewayInfo *info;
    PosternPlan *configuration;
    char *revision;
    GError *error;
} PosternConnection;

/**
 * postern_connection_open:
 * @address: where; of an unknown kind, that is found out first
 * @pin: (nullable): the fingerprint that a person has trusted, %NULL to believe the system's CAs
 * @user: (nullable): the user at a Proxmox Mail Gateway
 * @secret: (nullable): the access token, or the user's password
 * @cancellable: (nullable): to stop it
 *
 * Blocks. Finds out what kind of gateway it is, asks who it is and reads what it has.
 *
 * Returns: (transfer full): the connection, or why there is none
 */
PosternConnection *postern_connection_open (PosternGatewayAddress *address, const char *pin, const char *user,
                                            const char *secret, GCancellable *cancellable);

/** postern_connection_make_gateway: Returns: (transfer full) (nullable): the gateway at @address, whose kind is known;
 * nobody is asked yet */
PosternGateway *postern_connection_make_gateway (PosternGatewayAddress *address, const char *pin, const char *user,
                                                 const char *secret, GError **error);

void postern_connection_free (PosternConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternConnection, postern_connection_free)

G_END_DECLS
