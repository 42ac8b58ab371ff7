/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "service/postern-rspamd-settings.h"
#include "service/postern-service-error.h"

static PosternRspamdSettings *
parse (const char *json)
{
    g_autoptr (GError) error = NULL;
    PosternRspamdSettings *settings = postern_rspamd_settings_parse (json, &error);

    g_assert_no_error (error);
    return settings;
}

/* As Debian's package has it. */
static void
test_stock (void)
{
    g_autoptr (PosternRspamdSettings) settings = parse (
        "{\"options\": {\"control_socket\": \"/var/lib/rspamd/rspamd.sock mode=0600\", \"local_addrs\": "
        "[\"10.0.0.0/8\", \"127.2.4.7\"]}, \"worker\": [{\"normal\": {\"bind_socket\": \"localhost:11333\"}}, "
        "{\"rspamd_proxy\": {\"bind_socket\": \"localhost:11332\", \"milter\": true, \"discard_on_reject\": false}}], "
        "\"spf\": {}, \"dmarc\": {\"enabled\": false}, \"external_relay\": {\"enabled\": true}}");
    g_autoptr (GSocketConnectable) address = postern_rspamd_settings_get_address (settings);

    g_assert_cmpstr (settings->milter, ==, "inet:127.0.0.1:11332");
    g_assert_cmpstr (settings->control_socket, ==, "/var/lib/rspamd/rspamd.sock");
    g_assert_cmpstr (settings->local_addrs[0], ==, "10.0.0.0/8");
    g_assert_false (settings->deletes);
    g_assert_true (settings->spf);
    g_assert_false (settings->dmarc);
    g_assert_true (settings->external_relay);
    g_assert_cmpint (g_network_address_get_port (G_NETWORK_ADDRESS (address)), ==, 11332);
}

static void
assert_milter (const char *bind_socket, const char *expected)
{
    g_autofree char *json =
        g_strdup_printf ("{\"worker\": {\"rspamd_proxy\": {\"bind_socket\": %s, \"milter\": true}}}", bind_socket);
    g_autoptr (PosternRspamdSettings) settings = parse (json);

    g_assert_cmpstr (settings->milter, ==, expected);
}

static void
test_addresses (void)
{
    assert_milter ("\"*:11332\"", "inet:127.0.0.1:11332");
    assert_milter ("\"[::1]:1\"", "inet:[::1]:1");
    assert_milter ("\"10.0.0.2:11332\"", "inet:10.0.0.2:11332");
    assert_milter ("[\"systemd:0\", \"/run/rspamd/milter.sock mode=0666 owner=nobody\"]",
                   "unix:/run/rspamd/milter.sock");
    assert_milter ("\"systemd:0\"", NULL);
}

static void
test_no_milter (void)
{
    g_autoptr (PosternRspamdSettings) http =
        parse ("{\"worker\": [{\"rspamd_proxy\": {\"bind_socket\": \"localhost:1\", \"milter\": false}}]}");
    g_autoptr (PosternRspamdSettings) nothing = parse ("{}");

    g_assert_null (http->milter);
    g_assert_null (nothing->milter);
    g_assert_null (postern_rspamd_settings_get_address (nothing));
    g_assert_null (nothing->local_addrs[0]);
}

/* A module that somebody has in two files is an array; the last one decides. */
static void
test_repeated (void)
{
    g_autoptr (PosternRspamdSettings) settings =
        parse ("{\"spf\": [{}, {\"enabled\": false}], \"worker\": [{\"rspamd_proxy\": {\"bind_socket\": "
               "\"localhost:1\", \"milter\": true, \"discard_on_reject\": true}}, {\"rspamd_proxy\": {}}]}");

    g_assert_false (settings->spf);
    g_assert_true (settings->deletes);
}

static void
test_garbage (void)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_rspamd_settings_parse ("cannot read", &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND);
    g_clear_error (&error);
    g_assert_null (postern_rspamd_settings_parse ("", &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/rspamd-settings/stock", test_stock);
    g_test_add_func ("/rspamd-settings/addresses", test_addresses);
    g_test_add_func ("/rspamd-settings/no-milter", test_no_milter);
    g_test_add_func ("/rspamd-settings/repeated", test_repeated);
    g_test_add_func ("/rspamd-settings/garbage", test_garbage);
    return g_test_run ();
}
