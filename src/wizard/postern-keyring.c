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
        {
            { "gateway", SECRET_SCHEMA_ATTRIBUTE_STRING },
            { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
            { NULL, 0 },
        },
        0,
    };

    return &schema;
}

/* By these it is looked for: whoever the user is. */
static GHashTable *
attributes_of (PosternGatewayAddress *address)
{
    g_autofree char *text = postern_gateway_address_to_string (address);

    return secret_attributes_build (get_schema (), "gateway", text, NULL);
}

typedef struct {
    GHashTable *attributes;
    char *label;
    SecretValue *secret;
} Entry;

static void
entry_free (gpointer data)
{
    Entry *entry = data;

    g_hash_table_unref (entry->attributes);
    g_free (entry->label);
    secret_value_unref (entry->secret);
    g_free (entry);
}

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;

    if (secret_password_store_finish (result, &error))
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, error);
}

static void
on_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    Entry *entry = g_task_get_task_data (task);

    /* Whether there was an older one does not matter; whether there is a keyring, storing will say. */
    secret_password_clear_finish (result, NULL);
    secret_password_storev_binary (get_schema (), entry->attributes, SECRET_COLLECTION_DEFAULT, entry->label,
                                   entry->secret, g_task_get_cancellable (task), on_stored_cb, task);
}

void
postern_keyring_store_async (PosternGatewayAddress *address, const char *user, const char *secret,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (NULL, cancellable, callback, user_data);
    g_autoptr (GHashTable) any = attributes_of (address);
    g_autofree char *display = postern_gateway_address_to_display (address);
    Entry *entry = g_new0 (Entry, 1);

    entry->attributes = attributes_of (address);
    if (user != NULL)
        g_hash_table_insert (entry->attributes, g_strdup ("user"), g_strdup (user));
    if (user != NULL)
        /* Translators: the name of an entry in the keyring; the first %s is a user, the second a gateway's address. */
        entry->label = g_strdup_printf (_ ("Password of %s for the mail gateway %s"), user, display);
    else
        /* Translators: the name of an entry in the keyring; %s is a gateway's address. */
        entry->label = g_strdup_printf (_ ("Access token for the mail gateway %s"), display);
    entry->secret = secret_value_new (secret, -1, "text/plain");
    g_task_set_task_data (task, entry, entry_free);
    secret_password_clearv (get_schema (), any, cancellable, on_cleared_cb, task);
}

gboolean
postern_keyring_store_finish (GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean (G_TASK (result), error);
}

void
postern_keyring_lookup_async (PosternGatewayAddress *address, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
    g_autoptr (GHashTable) attributes = attributes_of (address);

    secret_password_searchv (get_schema (), attributes, SECRET_SEARCH_LOAD_SECRETS, cancellable, callback, user_data);
}

char *
postern_keyring_lookup_finish (GAsyncResult *result, char **user, GError **error)
{
    g_autolist (GObject) items = secret_password_search_finish (result, error);
    SecretRetrievable *item = items != NULL ? items->data : NULL;
    g_autoptr (GHashTable) attributes = NULL;
    SecretValue *secret;

    *user = NULL;
    if (item == NULL)
        return NULL;
    attributes = secret_retrievable_get_attributes (item);
    *user = g_strdup (g_hash_table_lookup (attributes, "user"));
    /* One in a keyring that is locked is not loaded; asking for it here would ask the person to unlock the keyring. */
    secret = SECRET_IS_ITEM (item) ? secret_item_get_secret (SECRET_ITEM (item))
                                   : secret_retrievable_retrieve_secret_sync (item, NULL, error);
    return secret != NULL ? secret_value_unref_to_password (secret, NULL) : NULL;
}

void
postern_keyring_free_secret (char *secret)
{
    secret_password_free (secret);
}

void
postern_keyring_clear_async (PosternGatewayAddress *address, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GHashTable) attributes = attributes_of (address);

    secret_password_clearv (get_schema (), attributes, NULL, callback, user_data);
}

gboolean
postern_keyring_clear_finish (GAsyncResult *result, GError **error)
{
    g_autoptr (GError) reason = NULL;

    if (secret_password_clear_finish (result, &reason) || reason == NULL)
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&reason));
    return FALSE;
}
