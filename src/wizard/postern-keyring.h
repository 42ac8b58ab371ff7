/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-address.h"

G_BEGIN_DECLS

/*
 * Access tokens in the person's keyring (libsecret): one for each gateway address.
 */

/** postern_keyring_store_async: keeps @token for @address, over any older one */
void postern_keyring_store_async (PosternGatewayAddress *address, const char *token, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean postern_keyring_store_finish (GAsyncResult *result, GError **error);

/** postern_keyring_lookup_async: looks for the token of @address */
void postern_keyring_lookup_async (PosternGatewayAddress *address, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/** postern_keyring_lookup_finish: Returns: (nullable): the token, to be freed with postern_keyring_free_token(); %NULL
 * without an error if there is none */
char *postern_keyring_lookup_finish (GAsyncResult *result, GError **error);
void postern_keyring_free_token (char *token);

/** postern_keyring_clear: forgets the token of @address; nobody waits for it */
void postern_keyring_clear (PosternGatewayAddress *address);

G_END_DECLS
