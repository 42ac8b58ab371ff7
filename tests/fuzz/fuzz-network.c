/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "plan/postern-network.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The quick way has to agree with the long one, which white space makes the parser go. */
static void
check_quick_way (const char *text, PosternNetwork *network)
{
    PosternPrefix prefix;
    g_autofree char *padded = g_strconcat (" ", text, NULL);
    g_autoptr (PosternNetwork) long_way = postern_network_new (padded, NULL);

    g_assert_cmpint (network != NULL, ==, long_way != NULL);
    if (network)
        g_assert_cmpstr (postern_network_get_text (network), ==, postern_network_get_text (long_way));
    if (postern_prefix_parse (&prefix, text, strlen (text)))
        g_assert_cmpint (postern_prefix_compare (&prefix, postern_network_get_prefix (network)), ==, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup ((const char *)data, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternNetwork) network = postern_network_new (text, &error);
    g_autoptr (PosternNetwork) again = NULL;
    g_autofree char *size_text = NULL;

    check_quick_way (text, network);
    if (network == NULL) {
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
        return 0;
    }
    again = postern_network_new (postern_network_get_text (network), NULL);
    g_assert_cmpstr (postern_network_get_text (network), ==, postern_network_get_text (again));
    g_assert_true (postern_network_covers (network, again));
    size_text = postern_network_get_size_text (network);
    g_assert_true (g_utf8_validate (size_text, -1, NULL));
    return 0;
}
