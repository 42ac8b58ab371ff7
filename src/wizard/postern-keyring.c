/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

static const SecretSchema *
get_schema (void)
{
    /* The name is part of what is stored: it never changes, whatever the application's id is in this build. */
    static const SecretSchema schema = {
        "io.github.postern.Postern.Token",
        SECRET_SCHEMA_NONE,
        { { "gateway", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
        0,
    };

    return &schema;
}

static GHashTable *
attributes_of (PosternGatewayAddress *address)
{
    g_autofree char *text = postern_gateway_address_to_string (address);

    return secret_attributes_build (get_schema (), "gateway", text, NULL);
}

void
postern_keyring_store_async (PosternGatewayAddress *address, const char *token, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GHashTable) attributes = attributes_of (address);
    g_autofree char *display = postern_gateway_address_to_display (address);
    /* Translators: the name of an entry in the keyring; %s is a gateway's address. */
    g_autofree char *label = g_strdup_printf (_ ("Access token for the mail gateway %s"), display);

    secret_password_storev (get_schema (), attributes, SECRET_COLLECTION_DEFAULT, label, token, cancellable, callback,
                            user_data);
}

gboolean
postern_keyring_store_finish (GAsyncResult *result, GError **error)
{
    return secret_password_store_finish (result, error);
}

void
postern_keyring_lookup_async (PosternGatewayAddress *address, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
    g_autoptr (GHashTable) attributes = attributes_of (address);

    secret_password_lookupv (get_schema (), attributes, cancellable, callback, user_data);
}

char *
postern_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
    return secret_password_lookup_finish (result, error);
}

void
postern_keyring_free_token (char *token)
{
    secret_password_free (token);
}

void
postern_keyring_clear (PosternGatewayAddress *address)
{
    g_autoptr (GHashTable) attributes = attributes_of (address);

    secret_password_clearv (get_schema (), attributes, NULL, NULL, NULL);
}
