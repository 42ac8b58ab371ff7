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
 * Reads no more than is allowed, so that a device or a pipe that never ends does no harm.
 *
 * Returns: (transfer full) (nullable): the content, or %NULL, with %POSTERN_PLAN_ERROR_TOO_LARGE if there is more
 */
GBytes *postern_file_read (GFile *file, guint most_megabytes, GCancellable *cancellable, GError **error);

G_END_DECLS
