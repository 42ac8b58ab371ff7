/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "service/postern-service-error.h"

#define ONE_MINUTE 60

/* Tells errno of now. */
static gboolean
fail (GError **error, const char *path)
{
    int saved = errno;
    g_autofree char *name = g_filename_display_name (path);

    /* Translators: %1$s is a file, %2$s why it cannot be used, such as “Permission denied”. */
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), name,
                 g_strerror (saved));
    return FALSE;
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
    while (length > 0) {
        gssize n = write (fd, data, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FALSE;
        data += n;
        length -= (gsize)n;
    }
    return TRUE;
}

/* Closes in any case; says the first thing that went wrong. */
static gboolean
close_after (int fd, gboolean ok, const char *path, GError **error)
{
    int saved = errno;

    if (close (fd) < 0 && ok)
        return fail (error, path);
    errno = saved;
    return ok || fail (error, path);
}

gboolean
postern_files_write (const char *path, const char *data, gssize length, int mode, GError **error)
{
    int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    gboolean ok;

    if (fd < 0)
        return fail (error, path);
    ok = write_all (fd, data, length < 0 ? strlen (data) : (gsize)length) && fchmod (fd, (mode_t)mode) == 0;
    return close_after (fd, ok, path, error);
}

gboolean
postern_files_sync (const char *path, GError **error)
{
    int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0)
        return fail (error, path);
    return close_after (fd, fsync (fd) == 0, path, error);
}

gboolean
postern_files_sync_tree (const char *path, GError **error)
{
    g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
    const char *name;

    if (directory == NULL)
        return fail (error, path);
    while ((name = g_dir_read_name (directory)) != NULL) {
        g_autofree char *file = g_build_filename (path, name, NULL);

        if (!postern_files_sync (file, error))
            return FALSE;
    }
    return postern_files_sync (path, error);
}

static gboolean
sync_parent (const char *path, GError **error)
{
    g_autofree char *parent = g_path_get_dirname (path);

    return postern_files_sync (parent, error);
}

static gboolean
dress (int fd, const struct stat *like, int mode)
{
    struct timespec times[2] = { { .tv_nsec = UTIME_OMIT },
                                 { .tv_sec = g_get_real_time () / G_USEC_PER_SEC - ONE_MINUTE } };

    if (like != NULL && fchown (fd, like->st_uid, like->st_gid) < 0)
        return FALSE;
    return fchmod (fd, like ? like->st_mode & 07777 : (mode_t)mode) == 0 && futimens (fd, times) == 0;
}

static gboolean
write_beside (const char *temporary, const char *data, gsize length, const struct stat *like, int mode, GError **error)
{
    int fd = open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    gboolean ok;

    if (fd < 0)
        return fail (error, temporary);
    ok = write_all (fd, data, length) && dress (fd, like, mode) && fsync (fd) == 0;
    return close_after (fd, ok, temporary, error);
}

gboolean
postern_files_replace (const char *path, const char *data, gssize length, const struct stat *like, int mode,
                       GError **error)
{
    g_autofree char *resolved = realpath (path, NULL);
    const char *target = resolved ? resolved : path;
    g_autofree char *temporary = g_strconcat (target, ".postern", NULL);
    gsize size = length < 0 ? strlen (data) : (gsize)length;

    if (!write_beside (temporary, data, size, like, mode, error) || !postern_files_rename (temporary, target, error)) {
        g_unlink (temporary);
        return FALSE;
    }
    return TRUE;
}

gboolean
postern_files_make_directory (const char *path, int mode, GError **error)
{
    if (g_mkdir (path, mode) < 0 && errno != EEXIST)
        return fail (error, path);
    return TRUE;
}

gboolean
postern_files_rename (const char *from, const char *to, GError **error)
{
    if (g_rename (from, to) < 0)
        return fail (error, to);
    return sync_parent (to, error);
}

gboolean
postern_files_switch_link (const char *link, const char *target, GError **error)
{
    g_autofree char *temporary = g_strconcat (link, ".part", NULL);

    g_unlink (temporary);
    if (symlink (target, temporary) < 0)
        return fail (error, temporary);
    return postern_files_rename (temporary, link, error);
}

void
postern_files_remove_tree (const char *path)
{
    g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
    const char *name;

    if (directory == NULL)
        return;
    while ((name = g_dir_read_name (directory)) != NULL) {
        g_autofree char *file = g_build_filename (path, name, NULL);

        g_unlink (file);
    }
    g_rmdir (path);
}
