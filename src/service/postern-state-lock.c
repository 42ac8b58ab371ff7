/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-state-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

#include "service/postern-service-error.h"

static int
fail (const char *path, GError **error)
{
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), path,
                 g_strerror (errno));
    return -1;
}

int
postern_state_lock (const char *directory, GError **error)
{
    g_autofree char *path = g_build_filename (directory, "lock", NULL);
    int lock;

    if (g_mkdir_with_parents (directory, 0755) < 0)
        return fail (directory, error);
    lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return fail (path, error);
    if (flock (lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE,
                     _ ("Another posternd serves from %s."), directory);
    else
        fail (path, error);
    close (lock);
    return -1;
}

void
postern_state_unlock (int lock)
{
    if (lock >= 0)
        close (lock);
}
