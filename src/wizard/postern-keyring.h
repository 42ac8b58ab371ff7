/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-address.h"

G_BEGIN_DECLS

/*
 * Access tokens and passwords in the person's keyring (libsecret): one for each gateway address. Nothing here waits: a
 * keyring that is locked asks its person, and one that is not there says so.
 */

/** postern_keyring_store_async: keeps @secret for @address, over any older one; @user: (nullable): whose password it
 * is */
void postern_keyring_store_async (PosternGatewayAddress *address, const char *user, const char *secret,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean postern_keyring_store_finish (GAsyncResult *result, GError **error);

/** postern_keyring_lookup_async: looks for the secret of @address. A keyring that is locked is left locked: nobody who
 * opens a page wants to be asked for another password */
void postern_keyring_lookup_async (PosternGatewayAddress *address, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/** postern_keyring_lookup_finish: @user: (out) (transfer full) (nullable): whose password it is; Returns: (nullable):
 * the secret, to be freed with postern_keyring_free_secret(); %NULL without an error if there is none */
char *postern_keyring_lookup_finish (GAsyncResult *result, char **user, GError **error);
void postern_keyring_free_secret (char *secret);

/** postern_keyring_clear_async: forgets the secret of @address */
void postern_keyring_clear_async (PosternGatewayAddress *address, GAsyncReadyCallback callback, gpointer user_data);
gboolean postern_keyring_clear_finish (GAsyncResult *result, GError **error);

G_END_DECLS
