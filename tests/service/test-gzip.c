/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/postern-gzip.h"

#define LARGE (3 * 1000 * 1000)

static GBytes *
text_of (gsize length)
{
    char *text = g_malloc (length);

    for (gsize i = 0; i < length; i++)
        text[i] = "{\"name\": \"example.com\"}"[i % 23];
    return g_bytes_new_take (text, length);
}

static void
test_round_trip (void)
{
    const gsize lengths[] = { 0, 1, 1000, 64 * 1024, LARGE };

    for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
        g_autoptr (GBytes) text = text_of (lengths[i]);
        g_autoptr (GBytes) packed = postern_gzip_compress (text);
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) unpacked = postern_gzip_decompress (packed, LARGE, &error);

        g_assert_no_error (error);
        g_assert_true (g_bytes_equal (text, unpacked));
    }
}

static void
test_limit (void)
{
    g_autoptr (GBytes) text = text_of (LARGE);
    g_autoptr (GBytes) packed = postern_gzip_compress (text);
    g_autoptr (GBytes) exact = postern_gzip_decompress (packed, LARGE, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_nonnull (exact);
    g_assert_null (postern_gzip_decompress (packed, LARGE - 1, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_broken (void)
{
    g_autoptr (GBytes) text = text_of (1000);
    g_autoptr (GBytes) packed = postern_gzip_compress (text);
    gsize length = g_bytes_get_size (packed);

    for (gsize cut = 0; cut < length; cut++) {
        g_autoptr (GBytes) part = g_bytes_new_from_bytes (packed, 0, cut);
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_gzip_decompress (part, LARGE, &error));
        g_assert_nonnull (error);
    }
}

static void
test_trailing (void)
{
    g_autoptr (GBytes) text = text_of (1000);
    g_autoptr (GBytes) packed = postern_gzip_compress (text);
    g_autoptr (GByteArray) longer = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;

    g_byte_array_append (longer, g_bytes_get_data (packed, NULL), (guint)g_bytes_get_size (packed));
    g_byte_array_append (longer, (const guint8 *)"x", 1);
    bytes = g_bytes_new (longer->data, longer->len);
    g_assert_null (postern_gzip_decompress (bytes, LARGE, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service/gzip/round-trip", test_round_trip);
    g_test_add_func ("/service/gzip/limit", test_limit);
    g_test_add_func ("/service/gzip/broken", test_broken);
    g_test_add_func ("/service/gzip/trailing", test_trailing);
    return g_test_run ();
}
