/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-gzip.h"

#include <glib/gi18n-lib.h>

#define BUFFER (64 * 1024)
#define FAST 1

/* Appends what @converter makes of @bytes, up to @largest octets. */
static gboolean
convert (GConverter *converter, GBytes *bytes, gsize largest, GByteArray *out, GError **error)
{
    g_autofree guint8 *buffer = g_malloc (BUFFER);
    gsize length;
    const guint8 *data = g_bytes_get_data (bytes, &length);
    GConverterResult result;

    do {
        gsize taken = 0, made = 0;

        result = g_converter_convert (converter, data, length, buffer, BUFFER, G_CONVERTER_INPUT_AT_END, &taken, &made,
                                      error);
        if (result == G_CONVERTER_ERROR)
            return FALSE;
        if (made > largest - out->len) {
            g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("The request is larger than 64 MiB."));
            return FALSE;
        }
        g_byte_array_append (out, buffer, (guint)made);
        data += taken;
        length -= taken;
    } while (result != G_CONVERTER_FINISHED);
    if (length == 0)
        return TRUE;
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         _ ("There is something behind the end of the compressed data."));
    return FALSE;
}

GBytes *
postern_gzip_compress (GBytes *bytes)
{
    g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, FAST);
    GByteArray *out = g_byte_array_new ();

    if (!convert (G_CONVERTER (compressor), bytes, G_MAXUINT, out, NULL))
        g_return_val_if_reached (g_byte_array_free_to_bytes (out));
    return g_byte_array_free_to_bytes (out);
}

GBytes *
postern_gzip_decompress (GBytes *bytes, gsize largest, GError **error)
{
    g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    g_autoptr (GByteArray) out = g_byte_array_new ();

    if (!convert (G_CONVERTER (decompressor), bytes, largest, out, error))
        return NULL;
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
