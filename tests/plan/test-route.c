/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-plan-error.h"
#include "plan/postern-route.h"

static void
test_parse (void)
{
    const struct {
        const char *text;
        const char *host;
        guint port;
    } cases[] = {
        { "mail.example.com", "mail.example.com", 25 },
        { " mail.example.com:25 ", "mail.example.com", 25 },
        { "[mail.example.com]:2525", "mail.example.com", 2525 },
        { "[mail.example.com]", "mail.example.com", 25 },
        { "Mail.Example.COM.", "mail.example.com", 25 },
        { "почта.рф:587", "xn--80a1acny.xn--p1ai", 587 },
        { "10.0.0.20", "10.0.0.20", 25 },
        { "10.0.0.20:2525", "10.0.0.20", 2525 },
        { "[10.0.0.20]:25", "10.0.0.20", 25 },
        { "2607:f0d0:1002:51::4", "2607:f0d0:1002:51::4", 25 },
        { "[2607:F0D0:1002:51::4]:2525", "2607:f0d0:1002:51::4", 2525 },
        { "[2607:f0d0:1002:51::4]", "2607:f0d0:1002:51::4", 25 },
        { "[ipv6:2607:f0d0:1002:51::4]", "2607:f0d0:1002:51::4", 25 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternRoute) route = postern_route_parse (cases[i].text, &error);

        g_assert_no_error (error);
        g_assert_cmpstr (postern_route_get_host (route), ==, cases[i].host);
        g_assert_cmpuint (postern_route_get_port (route), ==, cases[i].port);
        g_assert_false (postern_route_get_mx (route));
    }
}

static void
test_refuses (void)
{
    const char *texts[] = {
        "",
        "mail.example.com:",
        "mail.example.com:0",
        "mail.example.com:65536",
        "mail.example.com:smtp",
        "mail.example.com:+25",
        "mail.example.com:025",
        "[mail.example.com",
        "mail.example.com]",
        "[mail.example.com]2525",
        "[mail.example.com:25]",
        "a:b:c",
        "smtp:[mail.example.com]:25",
        "10.77.2.300",
        "10.77.2",
        "edge_gw.test",
        "[a]:25, [b]:25",
        "a b",
        "fe80::1%lo",
        "2607:f0d0:1002:51::4::25",
        "a\n.b",
        "$relayhost",
        "mail.example.com:25\nmynetworks=0/0",
    };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;
        PosternRoute *route = postern_route_parse (texts[i], &error);

        g_test_message ("“%s”: %s", texts[i], error ? error->message : "accepted");
        g_assert_null (route);
        g_assert_true (error->domain == POSTERN_PLAN_ERROR);
    }
}

/* What a real Postfix was seen to do with each form is why these are the only ones that are ever written. */
static void
test_postfix (void)
{
    const struct {
        const char *host;
        guint port;
        gboolean mx;
        const char *next_hop;
    } cases[] = {
        { "edge.test", 25, FALSE, "[edge.test]:25" },     { "edge.test", 2525, TRUE, "edge.test:2525" },
        { "10.77.2.1", 25, FALSE, "[10.77.2.1]:25" },     { "10.77.2.1", 25, TRUE, "[10.77.2.1]:25" },
        { "fd77:2::1", 2525, FALSE, "[fd77:2::1]:2525" }, { "fd77:2::1", 2525, TRUE, "[fd77:2::1]:2525" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (PosternRoute) route = postern_route_new (cases[i].host, cases[i].port, cases[i].mx, NULL);
        g_autofree char *next_hop = postern_route_to_postfix (route);

        g_assert_cmpstr (next_hop, ==, cases[i].next_hop);
    }
}

static void
test_values (void)
{
    g_autoptr (PosternRoute) name = postern_route_new ("пример.рф", 25, TRUE, NULL);
    g_autoptr (PosternRoute) address = postern_route_new ("::1", 26, FALSE, NULL);
    g_autoptr (PosternRoute) without = postern_route_with_mx (name, FALSE);
    g_autoptr (PosternRoute) still_without = postern_route_with_mx (address, TRUE);
    g_autofree char *shown = postern_route_to_display (name);
    g_autofree char *shown_address = postern_route_to_display (address);

    g_assert_cmpstr (shown, ==, "MX of пример.рф, port 25");
    g_assert_cmpstr (shown_address, ==, "[::1]:26");
    g_assert_false (postern_route_get_mx (without));
    g_assert_false (postern_route_get_mx (still_without));
    g_assert_false (postern_route_equal (name, without));
    g_assert_true (postern_route_equal (address, still_without));
    g_assert_true (postern_route_equal (NULL, NULL));
    g_assert_false (postern_route_equal (name, NULL));
    g_assert_null (postern_route_get_address (name));
    g_assert_nonnull (postern_route_get_address (address));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/route/parse", test_parse);
    g_test_add_func ("/route/refuses", test_refuses);
    g_test_add_func ("/route/postfix", test_postfix);
    g_test_add_func ("/route/values", test_values);
    return g_test_run ();
}
