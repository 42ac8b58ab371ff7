/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan/postern-plan-error.h"

#define PORTION (1 << 20)
#define MOST_LINKS 40 /* as the kernel follows */

/* A file that says how large it is needs no growing buffer. The size is only a hint: it may be wrong, or 0. */
static gsize
guess_size (GFileInputStream *stream, gsize most, GCancellable *cancellable)
{
    g_autoptr (GFileInfo) info =
        g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, NULL);
    goffset size = info ? g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_STANDARD_SIZE) : 0;

    return CLAMP (size, 0, (goffset)most);
}

static gboolean
read_all (GInputStream *stream, GByteArray *data, gsize most, GCancellable *cancellable, GError **error)
{
    gssize n;

    do {
        guint length = data->len;

        g_byte_array_set_size (data, length + PORTION);
        n = g_input_stream_read (stream, data->data + length, PORTION, cancellable, error);
        g_byte_array_set_size (data, length + (guint)MAX (n, 0));
    } while (n > 0 && data->len <= most);
    return n >= 0;
}

/* A named pipe that nobody writes to would be waited for without end; those that a shell hands over have a writer. */
static gboolean
is_lonely_pipe (GFile *file)
{
    const char *path = g_file_peek_path (file);
    struct stat info;

    return path && stat (path, &info) == 0 && S_ISFIFO (info.st_mode) && !g_str_has_prefix (path, "/dev/") &&
           !g_str_has_prefix (path, "/proc/");
}

GBytes *
postern_file_read (GFile *file, guint most_megabytes, GCancellable *cancellable, GError **error)
{
    const gsize most = (gsize)most_megabytes << 20;
    g_autoptr (GFileInputStream) stream = NULL;
    g_autoptr (GByteArray) data = NULL;

    if (is_lonely_pipe (file)) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("This is a pipe, not a file."));
        return NULL;
    }
    stream = g_file_read (file, cancellable, error);
    if (stream == NULL)
        return NULL;
    data = g_byte_array_sized_new ((guint)guess_size (stream, most, cancellable) + PORTION);
    if (!read_all (G_INPUT_STREAM (stream), data, most, cancellable, error))
        return NULL;
    if (data->len > most) {
        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE, _ ("The file is larger than %u MiB."),
                     most_megabytes);
        return NULL;
    }
    return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

/* Where a chain of symbolic links leads to, be anything there or not. */
static char *
follow_links (const char *path)
{
    char *end = g_strdup (path);

    for (guint i = 0; i < MOST_LINKS; i++) {
        g_autofree char *target = g_file_read_link (end, NULL);
        g_autofree char *directory = g_path_get_dirname (end);

        if (target == NULL)
            break;
        g_free (end);
        end = g_path_is_absolute (target) ? g_steal_pointer (&target) : g_build_filename (directory, target, NULL);
    }
    return end;
}

static gboolean
fail (const char *path, int number, GError **error)
{
    g_autofree char *name = g_filename_display_name (path);

    /* Translators: %1$s is a file, %2$s what the system says is wrong. */
    g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (number), _ ("%1$s: %2$s"), name, g_strerror (number));
    return FALSE;
}

/* Puts a new file in the place of the one that @before tells of, with its rights; its owner only root can keep. */
static gboolean
replace (const char *path, const struct stat *before, const char *data, gsize length, GError **error)
{
    int mode = before ? (int)(before->st_mode & 07777) : 0666;

    if (!g_file_set_contents_full (path, data, (gssize)length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode, error))
        return FALSE;
    if (before && geteuid () == 0 && chown (path, before->st_uid, before->st_gid) != 0)
        g_debug ("%s has another owner now", path);
    if (before)
        g_chmod (path, mode); /* the process's umask has taken its part */
    return TRUE;
}

gboolean
postern_file_write (GFile *file, const char *data, gsize length, GCancellable *cancellable, GError **error)
{
    g_autofree char *path = g_file_peek_path (file) ? follow_links (g_file_peek_path (file)) : NULL;
    struct stat before;
    gboolean exists = path && stat (path, &before) == 0;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    /* Not on this machine, or a device: GIO knows what can be done there. */
    if (path == NULL || (exists && !S_ISREG (before.st_mode)))
        return g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error);
    /* A file that must not be written to is not replaced either, even where its directory would allow it. */
    if (exists && access (path, W_OK) != 0)
        return fail (path, errno, error);
    return replace (path, exists ? &before : NULL, data, length, error);
}
