/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-connection.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-api-gateway.h"
#include "gateway/postern-gateway-detect.h"
#include "gateway/postern-pmg-gateway.h"

void
postern_connection_free (PosternConnection *self)
{
    g_clear_pointer (&self->address, postern_gateway_address_unref);
    g_clear_object (&self->gateway);
    g_clear_object (&self->info);
    g_clear_object (&self->configuration);
    g_free (self->revision);
    g_clear_error (&self->error);
    g_free (self);
}

static PosternGateway *
make_pmg (PosternGatewayAddress *address, PosternTrust *trust, const char *user, const char *secret, GError **error)
{
    if (user != NULL && *user != '\0' && secret != NULL && *secret != '\0')
        return postern_pmg_gateway_new (address, trust, user, secret);
    g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TOKEN_REQUIRED,
                         _ ("This is a Proxmox Mail Gateway. Enter the name of a user with its realm, as “admin@pmg”, "
                            "and the password."));
    return NULL;
}

PosternGateway *
postern_connection_make_gateway (PosternGatewayAddress *address, const char *pin, const char *user, const char *secret,
                                 GError **error)
{
    g_autoptr (PosternTrust) trust = pin == NULL ? postern_trust_new_system () : postern_trust_new_pin (pin, error);

    if (trust == NULL)
        return NULL;
    if (postern_gateway_address_get_kind (address) == POSTERN_GATEWAY_KIND_PMG)
        return make_pmg (address, trust, user, secret, error);
    return postern_api_gateway_new (address, trust, secret);
}

static gboolean
open_gateway (PosternConnection *self, const char *pin, const char *user, const char *secret, GCancellable *cancellable,
              GError **error)
{
    PosternGatewayAddress *found = postern_gateway_detect_kind (self->address, cancellable, error);

    if (found == NULL)
        return FALSE;
    postern_gateway_address_unref (self->address);
    self->address = found;
    self->gateway = postern_connection_make_gateway (found, pin, user, secret, error);
    if (self->gateway == NULL)
        return FALSE;
    self->info = postern_gateway_connect (self->gateway, cancellable, error);
    if (self->info == NULL)
        return FALSE;
    self->configuration = postern_gateway_read (self->gateway, &self->revision, cancellable, error);
    return self->configuration != NULL;
}

PosternConnection *
postern_connection_open (PosternGatewayAddress *address, const char *pin, const char *user, const char *secret,
                         GCancellable *cancellable)
{
    PosternConnection *self = g_new0 (PosternConnection, 1);

    self->address = postern_gateway_address_ref (address);
    open_gateway (self, pin, user, secret, cancellable, &self->error);
    return self;
}
