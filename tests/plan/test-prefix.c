/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-network.h"
#include "plan/postern-prefix.h"

static void
test_parses (void)
{
    const struct {
        const char *text;
        const char *canonical;
    } cases[] = {
        { "10.0.0.20", "10.0.0.20/32" },
        { "10.77.1.5/24", "10.77.1.0/24" },
        { "255.255.255.255/1", "128.0.0.0/1" },
        { "1.2.3.4/0", "0.0.0.0/0" },
        { "2001:DB8::1", "2001:db8::1/128" },
        { "2001:db8:0:0:1:0:0:1/127", "2001:db8:0:0:1::/127" },
        { "::", "::/128" },
        { "ffff::/1", "8000::/1" },
        { "1:2:3:4:5:6:1.2.3.4/96", "1:2:3:4:5:6::/96" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        PosternPrefix prefix;
        char text[POSTERN_PREFIX_TEXT_SIZE];

        g_assert_true (postern_prefix_parse (&prefix, cases[i].text, strlen (cases[i].text)));
        g_assert_cmpuint (postern_prefix_print (&prefix, text), ==, strlen (cases[i].canonical));
        g_assert_cmpstr (text, ==, cases[i].canonical);
    }
}

/* What is not plain is left to postern_network_new(), which forgives or explains it. */
static void
test_leaves (void)
{
    const char *texts[] = { "",           " 10.0.0.1",      "10.0.0.1 ",   "10.0.0",       "10.0.0.256",   "010.0.0.1",
                            "10.0.0.1/",  "10.0.0.1/33",    "10.0.0.1/08", "10.0.0.1/8/8", "10.0.0.1/+8",  "10.0.0.1.",
                            "[::1]",      "::ffff:1.2.3.4", "::/129",      "::1%lo",       "1::2::3",      "fe80::1/",
                            "10.0.0.1-2", "10.0.0.1,",      "1000.1.1.1",  "::00001",      "10.0.0.1/1000" };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        PosternPrefix prefix;

        g_test_message ("%s", texts[i]);
        g_assert_false (postern_prefix_parse (&prefix, texts[i], strlen (texts[i])));
    }
}

/* The text need not end where the memory ends, and a NUL within it is no end. */
static void
test_length_counts (void)
{
    PosternPrefix prefix;

    g_assert_true (postern_prefix_parse (&prefix, "10.0.0.0/8garbage", 10));
    g_assert_cmpuint (prefix.length, ==, 8);
    g_assert_false (postern_prefix_parse (&prefix, "::1\0/64", 7));
    g_assert_false (postern_prefix_parse (&prefix, "10.0.0.1\0", 9));
}

static void
test_order (void)
{
    const char *texts[] = { "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/9", "10.1.0.0/16", "::/0", "2001:db8::/32" };

    for (guint i = 0; i + 1 < G_N_ELEMENTS (texts); i++) {
        PosternPrefix a;
        PosternPrefix b;

        g_assert_true (postern_prefix_parse (&a, texts[i], strlen (texts[i])));
        g_assert_true (postern_prefix_parse (&b, texts[i + 1], strlen (texts[i + 1])));
        g_assert_cmpint (postern_prefix_compare (&a, &b), <, 0);
        g_assert_cmpint (postern_prefix_compare (&b, &a), >, 0);
        g_assert_cmpint (postern_prefix_compare (&a, &a), ==, 0);
        g_assert_true (postern_prefix_covers (&a, &a));
        g_assert_false (postern_prefix_covers (&b, &a));
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/prefix/parses", test_parses);
    g_test_add_func ("/prefix/leaves", test_leaves);
    g_test_add_func ("/prefix/length-counts", test_length_counts);
    g_test_add_func ("/prefix/order", test_order);
    return g_test_run ();
}
