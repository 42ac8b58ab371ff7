/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-connection.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-api-gateway.h"
#include "gateway/postern-gateway-detect.h"

void
postern_connection_free (PosternConnection *self)
{
    g_clear_pointer (&self->address, postern_gateway_address_unref);
    g_clear_object (&self->gateway);
    g_clear_object (&self->info);
    g_clear_object (&self->configuration);
    g_free (self->revision);
    g_free (self);
}

static PosternGateway *
make_gateway (PosternGatewayAddress *address, const char *pin, const char *token, GError **error)
{
    g_autoptr (PosternTrust) trust = NULL;

    if (postern_gateway_address_get_kind (address) != POSTERN_GATEWAY_KIND_POSTERN) {
        g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED,
                     /* Translators: %s is a kind of gateway. */
                     _ ("This version of Postern cannot set up this kind of gateway (%s). A plan can be made without "
                        "a gateway."),
                     postern_gateway_kind_get_title (postern_gateway_address_get_kind (address)));
        return NULL;
    }
    trust = pin == NULL ? postern_trust_new_system () : postern_trust_new_pin (pin, error);
    return trust == NULL ? NULL : postern_api_gateway_new (address, trust, token);
}

PosternConnection *
postern_connection_open (PosternGatewayAddress *address, const char *pin, const char *token, GCancellable *cancellable,
                         GError **error)
{
    g_autoptr (PosternConnection) self = g_new0 (PosternConnection, 1);

    self->address = postern_gateway_detect_kind (address, cancellable, error);
    if (self->address == NULL)
        return NULL;
    self->gateway = make_gateway (self->address, pin, token, error);
    if (self->gateway == NULL)
        return NULL;
    self->info = postern_gateway_connect (self->gateway, cancellable, error);
    if (self->info == NULL)
        return NULL;
    self->configuration = postern_gateway_read (self->gateway, &self->revision, cancellable, error);
    if (self->configuration == NULL)
        return NULL;
    return g_steal_pointer (&self);
}
