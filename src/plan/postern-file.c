/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-file.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-plan-error.h"

#define PORTION (1 << 20)

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

GBytes *
postern_file_read (GFile *file, guint most_megabytes, GCancellable *cancellable, GError **error)
{
    const gsize most = (gsize)most_megabytes << 20;
    g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
    g_autoptr (GByteArray) data = NULL;

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
