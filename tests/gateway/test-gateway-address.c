/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/postern-gateway-address.h"
#include "gateway/postern-gateway-error.h"

static void
test_reads (void)
{
    const struct {
        const char *text;
        PosternGatewayKind kind;
        const char *host;
        guint16 port;
        const char *string;
        const char *display;
    } cases[] = {
        { "https://gw.example.com", POSTERN_GATEWAY_KIND_POSTERN, "gw.example.com", 0, "https://gw.example.com:8443",
          "gw.example.com" },
        { " https://GW.example.com:443/ ", POSTERN_GATEWAY_KIND_POSTERN, "gw.example.com", 443,
          "https://gw.example.com:443", "gw.example.com:443" },
        { "HTTPS://10.0.0.2:8443", POSTERN_GATEWAY_KIND_POSTERN, "10.0.0.2", 8443, "https://10.0.0.2:8443",
          "10.0.0.2" },
        { "https://[2001:DB8::1]", POSTERN_GATEWAY_KIND_POSTERN, "2001:db8::1", 0, "https://[2001:db8::1]:8443",
          "2001:db8::1" },
        { "pmg://[2001:db8::1]:8007", POSTERN_GATEWAY_KIND_PMG, "2001:db8::1", 8007, "pmg://[2001:db8::1]:8007",
          "[2001:db8::1]:8007" },
        { "pmg://mail.example.com", POSTERN_GATEWAY_KIND_PMG, "mail.example.com", 0, "pmg://mail.example.com:8006",
          "mail.example.com" },
        { "шлюз.пример.рф", POSTERN_GATEWAY_KIND_UNKNOWN, "xn--g1ah2bza.xn--e1afmkfd.xn--p1ai", 0,
          "xn--g1ah2bza.xn--e1afmkfd.xn--p1ai", "шлюз.пример.рф" },
        { "gw.example.com:9000", POSTERN_GATEWAY_KIND_UNKNOWN, "gw.example.com", 9000, "gw.example.com:9000",
          "gw.example.com:9000" },
        { "2001:db8::1", POSTERN_GATEWAY_KIND_UNKNOWN, "2001:db8::1", 0, "2001:db8::1", "2001:db8::1" },
        { "[2001:db8::1]:8443", POSTERN_GATEWAY_KIND_UNKNOWN, "2001:db8::1", 8443, "[2001:db8::1]:8443",
          "[2001:db8::1]:8443" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (cases[i].text, &error);
        g_autoptr (PosternGatewayAddress) again = NULL;
        g_autofree char *string = NULL;
        g_autofree char *display = NULL;

        g_assert_no_error (error);
        string = postern_gateway_address_to_string (address);
        display = postern_gateway_address_to_display (address);
        g_assert_cmpint (postern_gateway_address_get_kind (address), ==, cases[i].kind);
        g_assert_cmpstr (postern_gateway_address_get_host (address), ==, cases[i].host);
        g_assert_cmpuint (postern_gateway_address_get_port (address), ==, cases[i].port);
        g_assert_cmpstr (string, ==, cases[i].string);
        g_assert_cmpstr (display, ==, cases[i].display);
        again = postern_gateway_address_parse (string, NULL);
        g_assert_true (postern_gateway_address_equal (address, again));
    }
}

static void
test_refuses (void)
{
    const char *texts[] = {
        "",
        "https://",
        "http://gw.example.com",
        "ftp://gw.example.com",
        "https://gw.example.com/api",
        "https://user@gw.example.com",
        "https://gw.example.com?x",
        "https://gw.example.com#x",
        "gw.example.com:0",
        "gw.example.com:65536",
        "gw.example.com:+1",
        "gw.example.com:",
        "[gw.example.com]:8443",
        "[2001:db8::1",
        "[2001:db8::1]8443",
        "1:2:3",
        "gw example.com",
        "gw.example.com\nX-Evil: 1",
        "gw_.example.com",
    };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (texts[i], &error);

        g_test_message ("%s", texts[i]);
        g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS);
        g_assert_null (address);
    }
}

static void
test_effective_port (void)
{
    g_autoptr (PosternGatewayAddress) unknown = postern_gateway_address_parse ("gw.example.com", NULL);
    g_autoptr (PosternGatewayAddress) pmg = postern_gateway_address_with_kind (unknown, POSTERN_GATEWAY_KIND_PMG, 0);
    g_autoptr (PosternGatewayAddress) postern =
        postern_gateway_address_with_kind (unknown, POSTERN_GATEWAY_KIND_POSTERN, 443);

    g_assert_cmpuint (postern_gateway_address_get_effective_port (unknown), ==, 8443);
    g_assert_cmpuint (postern_gateway_address_get_effective_port (pmg), ==, 8006);
    g_assert_cmpuint (postern_gateway_address_get_effective_port (postern), ==, 443);
    g_assert_false (postern_gateway_address_equal (pmg, postern));
}

static void
test_fingerprints (void)
{
    const char *good = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const char *forms[] = {
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        " SHA256:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF ",
        "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF",
        "0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567 89AB CDEF",
    };
    const char *bad[] = { "", "sha256:", "sha1:0123", "sha256:0123456789abcdef",
                          "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdex" };

    for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
        g_autofree char *fingerprint = postern_fingerprint_parse (forms[i], NULL);

        g_assert_cmpstr (fingerprint, ==, good);
    }
    for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_fingerprint_parse (bad[i], &error));
        g_assert_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/gateway-address/reads", test_reads);
    g_test_add_func ("/gateway-address/refuses", test_refuses);
    g_test_add_func ("/gateway-address/effective-port", test_effective_port);
    g_test_add_func ("/gateway-address/fingerprints", test_fingerprints);
    return g_test_run ();
}
