/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * postern_file_read:
 * @file: a file
 * @most_megabytes: how large it may be, in MiB
 * @cancellable: (nullable): to stop
 * @error: return location for an error, or %NULL
 *
 * Reads no more than is allowed, so that a device or a pipe that never ends does no harm; a named pipe is refused,
 * because it may have nobody who writes to it.
 *
 * Returns: (transfer full) (nullable): the content, or %NULL, with %POSTERN_PLAN_ERROR_TOO_LARGE if there is more
 */
GBytes *postern_file_read (GFile *file, guint most_megabytes, GCancellable *cancellable, GError **error);

/**
 * postern_file_write:
 * @file: a file, or a symbolic link to one that need not be there
 * @data: (array length=length): what it shall hold
 * @length: how many bytes
 * @cancellable: (nullable): to stop, before it begins
 * @error: return location for an error, or %NULL
 *
 * Writes a file in one step: whatever interrupts it, a full disk or a power cut, there is the old content or the new
 * one. The rights of a file that is there stay; one that may not be written to is not replaced.
 *
 * Returns: whether the new content is on the disk
 */
gboolean postern_file_write (GFile *file, const char *data, gsize length, GCancellable *cancellable, GError **error);

G_END_DECLS
