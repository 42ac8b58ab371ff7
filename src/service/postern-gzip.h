/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** postern_gzip_compress: Returns: (transfer full): @bytes in gzip (RFC 1952), quickly rather than well */
GBytes *postern_gzip_compress (GBytes *bytes);

/**
 * postern_gzip_decompress:
 * @bytes: gzip
 * @largest: how large the result may be; no more memory than that is used
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): what is in it, or %NULL with %G_IO_ERROR_INVALID_DATA, _PARTIAL_INPUT or, if it
 * is too large, _NO_SPACE
 */
GBytes *postern_gzip_decompress (GBytes *bytes, gsize largest, GError **error);

G_END_DECLS
