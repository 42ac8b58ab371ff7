/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** PosternTokenRole: what a token may do: everything, or only what changes nothing */
typedef enum {
    POSTERN_TOKEN_ROLE_WRITE,
    POSTERN_TOKEN_ROLE_READ,
} PosternTokenRole;

/** postern_token_role_to_text: Returns: (transfer none): "write" or "read" */
const char *postern_token_role_to_text (PosternTokenRole role);
/** postern_token_role_from_text: Returns: whether @text is a role */
gboolean postern_token_role_from_text (const char *text, PosternTokenRole *role);

/**
 * PosternToken:
 * @name: whose it is, such as "wizard"
 * @role: what it may do
 * @created: when it was made, RFC 3339
 *
 * An access token as the service knows it: not the secret, only a salted hash of it (HMAC-SHA-256 with the salt as the
 * key; the secret is 256 random bits, so that nothing slower is needed). Its members are only read.
 */
typedef struct {
    char *name;
    PosternTokenRole role;
    char *created;
    char *salt;
    char *hash;
} PosternToken;

/**
 * postern_token_new:
 * @name: 1 to 64 letters, digits, “.”, “_” and “-”
 * @role: what it may do
 * @secret: (out) (transfer full): the secret, which is shown once and kept nowhere
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): a new token, or %NULL with %POSTERN_SERVICE_ERROR_USAGE
 */
PosternToken *postern_token_new (const char *name, PosternTokenRole role, char **secret, GError **error);
void postern_token_free (PosternToken *self);

/** postern_token_matches: Returns: whether @secret is the token's; takes as long whatever it is */
gboolean postern_token_matches (PosternToken *self, const char *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternToken, postern_token_free)

G_END_DECLS
