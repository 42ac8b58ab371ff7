/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-tokens.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "service/postern-files.h"
#include "service/postern-service-error.h"
#include "service/postern-service-log.h"

struct _PosternTokens {
    char *path;
    GPtrArray *tokens;
    struct stat seen; /* the file that was read */
};

PosternTokens *
postern_tokens_new (const char *directory)
{
    PosternTokens *self = g_new0 (PosternTokens, 1);

    self->path = g_build_filename (directory, "tokens", NULL);
    self->tokens = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_token_free);
    return self;
}

void
postern_tokens_free (PosternTokens *self)
{
    g_free (self->path);
    g_ptr_array_unref (self->tokens);
    g_free (self);
}

static PosternToken *
read_token (GKeyFile *file, const char *name)
{
    PosternToken *token = g_new0 (PosternToken, 1);
    g_autofree char *role = g_key_file_get_string (file, name, "role", NULL);

    token->name = g_strdup (name);
    token->created = g_key_file_get_string (file, name, "created", NULL);
    token->salt = g_key_file_get_string (file, name, "salt", NULL);
    token->hash = g_key_file_get_string (file, name, "hash", NULL);
    if (token->created && token->salt && token->hash && postern_token_role_from_text (role, &token->role))
        return token;
    postern_service_log_trouble ("the token “%s” is damaged and not accepted", name);
    postern_token_free (token);
    return NULL;
}

/* A change replaces the file: another inode, time or size. */
static gboolean
is_seen (PosternTokens *self, const struct stat *now)
{
    return now->st_ino == self->seen.st_ino && now->st_size == self->seen.st_size &&
           now->st_ctim.tv_sec == self->seen.st_ctim.tv_sec && now->st_ctim.tv_nsec == self->seen.st_ctim.tv_nsec;
}

static gboolean
refresh (PosternTokens *self, GError **error)
{
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_auto (GStrv) names = NULL;
    g_autoptr (GError) local = NULL;
    struct stat now = { 0 };

    if (stat (self->path, &now) == 0 && is_seen (self, &now))
        return TRUE;
    g_ptr_array_set_size (self->tokens, 0);
    self->seen = now;
    if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, &local)) {
        if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return TRUE;
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), self->path,
                     local->message);
        return FALSE;
    }
    names = g_key_file_get_groups (file, NULL);
    for (guint i = 0; names[i]; i++) {
        PosternToken *token = read_token (file, names[i]);

        if (token)
            g_ptr_array_add (self->tokens, token);
    }
    return TRUE;
}

static gboolean
save (PosternTokens *self, GError **error)
{
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autofree char *text = NULL;

    for (guint i = 0; i < self->tokens->len; i++) {
        PosternToken *token = g_ptr_array_index (self->tokens, i);

        g_key_file_set_string (file, token->name, "role", postern_token_role_to_text (token->role));
        g_key_file_set_string (file, token->name, "created", token->created);
        g_key_file_set_string (file, token->name, "salt", token->salt);
        g_key_file_set_string (file, token->name, "hash", token->hash);
    }
    text = g_key_file_to_data (file, NULL, NULL);
    return postern_files_replace (self->path, text, -1, NULL, 0600, error);
}

GPtrArray *
postern_tokens_list (PosternTokens *self, GError **error)
{
    return refresh (self, error) ? self->tokens : NULL;
}

PosternToken *
postern_tokens_find (PosternTokens *self, const char *secret)
{
    PosternToken *found = NULL;
    g_autoptr (GError) error = NULL;

    if (!refresh (self, &error))
        postern_service_log_trouble ("%s", error->message);
    for (guint i = 0; i < self->tokens->len; i++) {
        PosternToken *token = g_ptr_array_index (self->tokens, i);

        if (postern_token_matches (token, secret))
            found = token;
    }
    return found;
}

static gboolean
find_name (PosternTokens *self, const char *name, guint *index)
{
    for (guint i = 0; i < self->tokens->len; i++) {
        if (g_str_equal (((PosternToken *)g_ptr_array_index (self->tokens, i))->name, name)) {
            *index = i;
            return TRUE;
        }
    }
    return FALSE;
}

/* Two “posternd token add” at once: the second one waits. Returns a descriptor to close, or -1. */
static int
lock (PosternTokens *self, GError **error)
{
    g_autofree char *path = g_strconcat (self->path, ".lock", NULL);
    int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd >= 0 && flock (fd, LOCK_EX) == 0)
        return fd;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), path,
                 g_strerror (errno));
    if (fd >= 0)
        close (fd);
    return -1;
}

static gboolean
add (PosternTokens *self, const char *name, PosternTokenRole role, char **secret, GError **error)
{
    g_autofree char *fresh = NULL;
    PosternToken *token;
    guint taken;

    if (!refresh (self, error))
        return FALSE;
    if (find_name (self, name, &taken)) {
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE, _ ("There is a token “%s” already."),
                     name);
        return FALSE;
    }
    token = postern_token_new (name, role, &fresh, error);
    if (token == NULL)
        return FALSE;
    g_ptr_array_add (self->tokens, token);
    if (!save (self, error))
        return FALSE;
    *secret = g_steal_pointer (&fresh);
    return TRUE;
}

gboolean
postern_tokens_add (PosternTokens *self, const char *name, PosternTokenRole role, char **secret, GError **error)
{
    int fd = lock (self, error);
    gboolean added = fd >= 0 && add (self, name, role, secret, error);

    if (fd >= 0)
        close (fd);
    return added;
}

static gboolean
take_out (PosternTokens *self, const char *name, GError **error)
{
    guint index;

    if (!refresh (self, error))
        return FALSE;
    if (!find_name (self, name, &index)) {
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_NOT_FOUND, _ ("There is no token “%s”."),
                     name);
        return FALSE;
    }
    g_ptr_array_remove_index (self->tokens, index);
    return save (self, error);
}

gboolean
postern_tokens_remove (PosternTokens *self, const char *name, GError **error)
{
    int fd = lock (self, error);
    gboolean removed = fd >= 0 && take_out (self, name, error);

    if (fd >= 0)
        close (fd);
    return removed;
}
