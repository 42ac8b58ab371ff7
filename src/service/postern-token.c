/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-token.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "service/postern-service-error.h"

#define SECRET_BYTES 32
#define SALT_BYTES 16
#define HASH_BYTES 32
#define LONGEST_NAME 64

static const char *const role_names[] = {
    [POSTERN_TOKEN_ROLE_WRITE] = "write",
    [POSTERN_TOKEN_ROLE_READ] = "read",
};

const char *
postern_token_role_to_text (PosternTokenRole role)
{
    return role_names[role];
}

gboolean
postern_token_role_from_text (const char *text, PosternTokenRole *role)
{
    for (guint i = 0; i < G_N_ELEMENTS (role_names); i++) {
        if (g_strcmp0 (text, role_names[i]) == 0) {
            *role = (PosternTokenRole)i;
            return TRUE;
        }
    }
    return FALSE;
}

static char *
random_text (gsize bytes)
{
    g_autofree guint8 *random = g_malloc (bytes);
    char *text;

    if (gnutls_rnd (GNUTLS_RND_KEY, random, bytes) < 0)
        g_error ("There are no random numbers");
    text = g_base64_encode (random, bytes);
    gnutls_memset (random, 0, bytes);
    return text;
}

/* RFC 6750, 2.1: the alphabet of a bearer token has room for base64; “=” at the end is not needed to be unique. */
static char *
new_secret (void)
{
    char *secret = g_strdelimit (random_text (SECRET_BYTES), "+", '-');

    g_strdelimit (secret, "/", '_');
    *strchr (secret, '=') = '\0';
    return secret;
}

static char *
hash_of (const char *salt, const char *secret)
{
    guint8 hash[HASH_BYTES];

    if (gnutls_hmac_fast (GNUTLS_MAC_SHA256, salt, strlen (salt), secret, strlen (secret), hash) < 0)
        g_error ("There is no HMAC-SHA-256");
    return g_base64_encode (hash, sizeof hash);
}

static gboolean
check_name (const char *name, GError **error)
{
    gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    if (length > 0 && length <= LONGEST_NAME && name[length] == '\0')
        return TRUE;
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE,
                         _ ("A token's name has 1 to 64 letters, digits, dots, hyphens and underscores."));
    return FALSE;
}

PosternToken *
postern_token_new (const char *name, PosternTokenRole role, char **secret, GError **error)
{
    g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
    PosternToken *self;

    if (!check_name (name, error))
        return NULL;
    self = g_new0 (PosternToken, 1);
    self->name = g_strdup (name);
    self->role = role;
    self->created = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
    self->salt = random_text (SALT_BYTES);
    *secret = new_secret ();
    self->hash = hash_of (self->salt, *secret);
    return self;
}

void
postern_token_free (PosternToken *self)
{
    g_free (self->name);
    g_free (self->created);
    g_free (self->salt);
    g_free (self->hash);
    g_free (self);
}

gboolean
postern_token_matches (PosternToken *self, const char *secret)
{
    g_autofree char *hash = hash_of (self->salt, secret);
    gsize length = strlen (hash);

    return strlen (self->hash) == length && gnutls_memcmp (self->hash, hash, length) == 0;
}
