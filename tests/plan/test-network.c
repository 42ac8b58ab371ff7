/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-network.h"
#include "plan/postern-plan-error.h"

static void
test_canonical (void)
{
    const struct {
        const char *text;
        const char *canonical;
        const char *size;
    } cases[] = {
        { "10.0.0.20", "10.0.0.20/32", "one host" },
        { " 10.0.0.0/8 ", "10.0.0.0/8", "every private 10.x address" },
        { "10.77.1.5/24", "10.77.1.0/24", "256 hosts" },
        { "10.77.1.5 / 24", "10.77.1.0/24", "256 hosts" },
        { "192.168.255.255/23", "192.168.254.0/23", "512 hosts" },
        { "0.0.0.0/0", "0.0.0.0/0", "every IPv4 address" },
        { "::/0", "::/0", "every IPv6 address" },
        { "2001:DB8:1:0:0:0:0:5/64", "2001:db8:1::/64", "one IPv6 subnet" },
        { "[2001:db8::1]/48", "2001:db8::/48", "65536 IPv6 subnets" },
        { "2607:f0d0:1002:51::4", "2607:f0d0:1002:51::4/128", "one host" },
        { "2001:db8::/127", "2001:db8::/127", "2 hosts" },
        { "::ffff:10.77.1.0/120", "10.77.1.0/24", "256 hosts" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternNetwork) network = postern_network_new (cases[i].text, &error);
        g_autofree char *size = network ? postern_network_get_size_text (network) : NULL;

        g_assert_no_error (error);
        g_assert_cmpstr (postern_network_get_text (network), ==, cases[i].canonical);
        g_assert_cmpstr (size, ==, cases[i].size);
    }
}

/* Each of these either stopped all mail or silently trusted nobody when a real Postfix was given it; each says what was
 * meant. */
static void
test_refuses (void)
{
    const struct {
        const char *text;
        const char *hint;
    } cases[] = {
        { "10.77.1.0/33", "0 to 32" },
        { "10.77.1.0/255.255.255.0", "10.77.1.0/24" },
        { "10.77.1.0/0.0.0.255", "length" },
        { "10.77.1.0/255.255.255.255", "10.77.1.0/32" },
        { "10.77.1.0/0.0.0.0", "10.77.1.0/0" },
        { "10.77.1.*", "asterisk" },
        { "10.77.1.10-10.77.1.20", "range" },
        { "10.77.1", "complete" },
        { "010.077.001.010", "leading zeros" },
        { "!10.77.1.10", "exception" },
        { ".corp.test", "IP address" },
        { "mail.example.com", "IP address" },
        { "fe80::1%eth0", "zone" },
        { "2001:db8::/129", "0 to 128" },
        { "10.0.0.0/", "length" },
        { "10.0.0.0/08", "length" },
        { "10.0.0.0/-1", "length" },
        { "10.0.0.0/8/8", "length" },
        { "10.0.0.0/8, 10.1.0.0/16", "length" },
        { "10.0.0.0/8\n0.0.0.0/0", "length" },
        { "cidr:/etc/passwd", "IP address" },
        { "", "empty" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        PosternNetwork *network = postern_network_new (cases[i].text, &error);

        g_assert_null (network);
        g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_NETWORK);
        g_test_message ("%s", error->message);
        g_assert_nonnull (strstr (error->message, cases[i].hint));
    }
}

static gboolean
contains (const char *network_text, const char *address_text)
{
    g_autoptr (PosternNetwork) network = postern_network_new (network_text, NULL);
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (address_text);

    return postern_network_contains (network, address);
}

static void
test_contains (void)
{
    g_assert_true (contains ("10.0.0.0/8", "10.255.0.1"));
    g_assert_false (contains ("10.0.0.0/8", "11.0.0.1"));
    g_assert_true (contains ("10.0.0.20", "10.0.0.20"));
    g_assert_false (contains ("10.0.0.20", "10.0.0.21"));
    g_assert_true (contains ("10.0.0.128/25", "10.0.0.129"));
    g_assert_false (contains ("10.0.0.128/25", "10.0.0.127"));
    g_assert_true (contains ("0.0.0.0/0", "203.0.113.9"));
    g_assert_false (contains ("0.0.0.0/0", "2001:db8::1"));
    g_assert_true (contains ("10.0.0.0/8", "::ffff:10.0.0.1"));
    g_assert_true (contains ("2001:db8::/33", "2001:db8:7fff::1"));
    g_assert_false (contains ("2001:db8::/33", "2001:db8:8000::1"));
}

static void
test_covers (void)
{
    g_autoptr (PosternNetwork) wide = postern_network_new ("10.0.0.0/8", NULL);
    g_autoptr (PosternNetwork) narrow = postern_network_new ("10.1.0.0/16", NULL);
    g_autoptr (PosternNetwork) other = postern_network_new ("fd00::/8", NULL);
    g_autoptr (PosternNetwork) public = postern_network_new ("8.8.8.0/24", NULL);

    g_assert_true (postern_network_covers (wide, narrow));
    g_assert_true (postern_network_covers (wide, wide));
    g_assert_false (postern_network_covers (narrow, wide));
    g_assert_false (postern_network_covers (other, wide));
    g_assert_true (postern_network_is_private (wide));
    g_assert_true (postern_network_is_private (other));
    g_assert_false (postern_network_is_private (public));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/network/canonical", test_canonical);
    g_test_add_func ("/network/refuses", test_refuses);
    g_test_add_func ("/network/contains", test_contains);
    g_test_add_func ("/network/covers", test_covers);
    return g_test_run ();
}
