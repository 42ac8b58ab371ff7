/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dns-world.h"
#include "script-server.h"

#include "probe/postern-connection-probe.h"
#include "probe/postern-dns.h"
#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-dialogue.h"

#include <string.h>

#define LONG_MS 20000
#define SHORT_MS 300

static const char *const records[] = {
    "--host-record=mx1.test,192.0.2.1,2001:db8::1",
    "--host-record=mx2.test,192.0.2.2",
    "--host-record=mx3.test,192.0.2.3",
    "--host-record=plain.test,192.0.2.9,2001:db8::9",
    "--mx-host=company.test,mx2.test,20",
    "--mx-host=company.test,mx3.test,10",
    "--mx-host=company.test,mx1.test,10",
    "--mx-host=half.test,gone.test,5",
    "--mx-host=half.test,mx2.test,10",
    "--host-record=half.test,192.0.2.77",
    "--mx-host=dead.test,gone.test,10",
    "--host-record=dead.test,192.0.2.78",
    "--mx-host=null.test,.,0",
    "--host-record=null.test,192.0.2.79",
    "--mx-host=xn--e1afmkfd.test,mx2.test,10",
    "--host-record=local-dead.test,127.0.0.5",
    "--host-record=local-live.test,127.0.0.1",
    "--mx-host=local.test,local-dead.test,10",
    "--mx-host=local.test,local-live.test,20",
    NULL,
};

static gboolean has_dns;

static gboolean
need_dns (void)
{
    if (!has_dns)
        has_dns = dns_world_start (records);
    if (has_dns)
        dns_world_ask ("127.0.0.1");
    return has_dns;
}

/* The hops in one line: host[address]:port/preference. */
static char *
describe (GPtrArray *hops)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) texts = NULL;

    for (guint i = 0; i < hops->len; i++) {
        g_autofree char *text = postern_next_hop_to_display (hops->pdata[i]);

        g_strv_builder_take (builder,
                             g_strdup_printf ("%s/%u", text, postern_next_hop_get_preference (hops->pdata[i])));
    }
    texts = g_strv_builder_end (builder);
    return g_strjoinv (" ", texts);
}

static void
assert_hops (const char *host, gboolean mx, const char *expected)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hops = postern_dns_next_hops (host, 25, mx, LONG_MS, NULL, &error);
    g_autofree char *text = NULL;

    g_assert_no_error (error);
    text = describe (hops);
    g_assert_cmpstr (text, ==, expected);
}

/* @expected or @other: the two families may come in either order. */
static void
assert_either_hops (const char *host, gboolean mx, const char *expected, const char *other)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hops = postern_dns_next_hops (host, 25, mx, LONG_MS, NULL, &error);
    g_autofree char *text = NULL;

    g_assert_no_error (error);
    text = describe (hops);
    if (strcmp (text, other) != 0)
        g_assert_cmpstr (text, ==, expected);
}

static void
assert_no_hops (const char *host, gboolean mx, guint timeout_ms, PosternProbeError code)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hops = postern_dns_next_hops (host, 25, mx, timeout_ms, NULL, &error);

    g_assert_null (hops);
    g_assert_error (error, POSTERN_PROBE_ERROR, (int)code);
    g_test_message ("%s", error->message);
}

static void
test_addresses_as_they_are (void)
{
    assert_hops ("192.0.2.5", FALSE, "192.0.2.5:25/0");
    assert_hops ("2001:db8::5", FALSE, "[2001:db8::5]:25/0");
    assert_no_hops ("192.0.2.5", TRUE, LONG_MS, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    assert_no_hops ("2001:db8::5", TRUE, LONG_MS, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
}

static void
test_no_names (void)
{
    static const char *const bad[] = { "mx.test\n", "mx test", "mx.test;x", "<mx.test>", "", "mx\x01.test", "\xff" };

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        assert_no_hops (bad[i], FALSE, LONG_MS, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
        assert_no_hops (bad[i], TRUE, LONG_MS, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_mx (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) mx = NULL;

    if (!need_dns ())
        return;
    mx = postern_dns_lookup_mx ("company.test", LONG_MS, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (mx->len, ==, 3);
    g_assert_cmpstr (postern_mx_record_get_host (mx->pdata[0]), ==, "mx1.test");
    g_assert_cmpstr (postern_mx_record_get_host (mx->pdata[1]), ==, "mx3.test");
    g_assert_cmpstr (postern_mx_record_get_host (mx->pdata[2]), ==, "mx2.test");
    g_assert_cmpuint (postern_mx_record_get_preference (mx->pdata[2]), ==, 20);

    assert_either_hops (
        "company.test", TRUE,
        "mx1.test[192.0.2.1]:25/10 mx1.test[2001:db8::1]:25/10 mx3.test[192.0.2.3]:25/10 mx2.test[192.0.2.2]:25/20",
        "mx1.test[2001:db8::1]:25/10 mx1.test[192.0.2.1]:25/10 mx3.test[192.0.2.3]:25/10 mx2.test[192.0.2.2]:25/20");
    /* U-labels are asked for as A-labels. */
    assert_hops ("пример.test", TRUE, "mx2.test[192.0.2.2]:25/10");
}

static void
test_addresses (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) addresses = NULL;

    if (!need_dns ())
        return;
    addresses = postern_dns_lookup_addresses ("plain.test", LONG_MS, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (addresses->len, ==, 2);
    assert_either_hops ("plain.test", FALSE, "plain.test[192.0.2.9]:25/0 plain.test[2001:db8::9]:25/0",
                        "plain.test[2001:db8::9]:25/0 plain.test[192.0.2.9]:25/0");
    /* Without MX look-up the MX records do not count. */
    assert_hops ("half.test", FALSE, "half.test[192.0.2.77]:25/0");
}

static void
test_implicit_mx (void)
{
    if (!need_dns ())
        return;
    assert_hops ("mx2.test", TRUE, "mx2.test[192.0.2.2]:25/0");
    /* An MX host without an address is passed over; the domain's own address is no substitute for its MX hosts. */
    assert_hops ("half.test", TRUE, "mx2.test[192.0.2.2]:25/10");
    assert_no_hops ("dead.test", TRUE, LONG_MS, POSTERN_PROBE_ERROR_NOT_FOUND);
}

static void
test_null_mx (void)
{
    if (!need_dns ())
        return;
    assert_no_hops ("null.test", TRUE, LONG_MS, POSTERN_PROBE_ERROR_NULL_MX);
    assert_hops ("null.test", FALSE, "null.test[192.0.2.79]:25/0");
}

static void
test_not_found (void)
{
    if (!need_dns ())
        return;
    assert_no_hops ("nosuch.test", FALSE, LONG_MS, POSTERN_PROBE_ERROR_NOT_FOUND);
    assert_no_hops ("nosuch.test", TRUE, LONG_MS, POSTERN_PROBE_ERROR_NOT_FOUND);
}

/* dnsmasq refuses what it is not responsible for and has nobody to ask about. */
static void
test_resolver_refuses (void)
{
    if (!need_dns ())
        return;
    assert_no_hops ("example.com", TRUE, LONG_MS, POSTERN_PROBE_ERROR_RESOLVER);
}

/* A DNS server that says nothing. */
static GSocket *
bind_silent_server (void)
{
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string ("127.0.0.2");
    g_autoptr (GSocketAddress) port = g_inet_socket_address_new (address, 53);
    g_autoptr (GError) error = NULL;
    GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);

    g_assert_no_error (error);
    g_socket_bind (socket, port, FALSE, &error);
    g_assert_no_error (error);
    g_socket_set_timeout (socket, LONG_MS / 1000);
    dns_world_ask ("127.0.0.2");
    return socket;
}

static void
test_silence (void)
{
    g_autoptr (GSocket) silent = NULL;

    if (!need_dns ())
        return;
    silent = bind_silent_server ();
    assert_no_hops ("company.test", TRUE, SHORT_MS, POSTERN_PROBE_ERROR_TIMED_OUT);
    assert_no_hops ("plain.test", FALSE, SHORT_MS, POSTERN_PROBE_ERROR_TIMED_OUT);
}

static void
test_answers (void)
{
    g_autoptr (GSocket) silent = NULL;

    if (!need_dns ())
        return;
    g_assert_true (postern_dns_answers ("company.test", LONG_MS, NULL));
    g_assert_true (postern_dns_answers ("nosuch.test", LONG_MS, NULL));
    g_assert_true (postern_dns_answers ("null.test", LONG_MS, NULL));
    g_assert_false (postern_dns_answers ("example.com", LONG_MS, NULL));
    silent = bind_silent_server ();
    g_assert_false (postern_dns_answers ("company.test", SHORT_MS, NULL));
}

typedef struct {
    GSocket *silent;
    GCancellable *cancellable;
} Canceller;

static gpointer
cancel_when_asked (gpointer data)
{
    Canceller *canceller = data;
    char query[512];

    g_assert_cmpint (g_socket_receive (canceller->silent, query, sizeof query, NULL, NULL), >, 0);
    g_cancellable_cancel (canceller->cancellable);
    return NULL;
}

static void
test_cancel (void)
{
    static const gboolean mx[] = { TRUE, FALSE };

    for (gsize i = 0; i < G_N_ELEMENTS (mx); i++) {
        g_autoptr (GSocket) silent = NULL;
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        g_autoptr (GError) error = NULL;
        g_autoptr (GPtrArray) hops = NULL;
        Canceller canceller;
        GThread *thread;

        if (!need_dns ())
            return;
        silent = bind_silent_server ();
        canceller = (Canceller){ silent, cancellable };
        thread = g_thread_new ("canceller", cancel_when_asked, &canceller);
        hops = postern_dns_next_hops ("company.test", 25, mx[i], LONG_MS, cancellable, &error);
        g_thread_join (thread);
        g_assert_null (hops);
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* The first MX host does not answer, the second does: mail arrives, and the probe says what it costs. */
static void
test_probe_passes_over (void)
{
    static const ScriptStep steps[] = {
        { SCRIPT_SAY, "220 live ESMTP\r\n" }, { SCRIPT_HEAR, "EHLO *" },
        { SCRIPT_SAY, "250 live\r\n" },       { SCRIPT_HEAR, "QUIT" },
        { SCRIPT_SAY, "221 2.0.0 Bye\r\n" },  { SCRIPT_END },
    };
    ScriptServer *server;
    g_autoptr (PosternProbeTarget) target = NULL;
    g_autoptr (PosternConnectionProbe) probe = NULL;
    g_autoptr (GError) error = NULL;
    const char *const *passed_over;

    if (!need_dns ())
        return;
    server = script_server_start (steps, NULL, NULL);
    target = postern_probe_target_new ("local.test", script_server_get_port (server), TRUE);
    probe = postern_connection_probe_run (target, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (postern_connection_probe_get_succeeded (probe));
    g_assert_true (g_str_has_prefix (postern_connection_probe_get_server (probe), "local-live.test[127.0.0.1]:"));
    passed_over = postern_connection_probe_get_passed_over (probe);
    g_assert_cmpuint (g_strv_length ((GStrv)passed_over), ==, 1);
    g_assert_true (g_str_has_prefix (passed_over[0], "local-dead.test[127.0.0.5]:"));
    script_server_finish (server);
}

static void
test_probe_of_unknown_name (void)
{
    g_autoptr (PosternProbeTarget) target = NULL;
    g_autoptr (PosternConnectionProbe) probe = NULL;
    g_autoptr (PosternSmtpDialogue) dialogue = NULL;
    g_autoptr (PosternSmtpReply) reply = NULL;
    g_autoptr (GError) error = NULL;

    if (!need_dns ())
        return;
    target = postern_probe_target_new ("nosuch.test", 25, FALSE);
    probe = postern_connection_probe_run (target, NULL, &error);
    g_assert_no_error (error);
    g_assert_false (postern_connection_probe_get_succeeded (probe));
    g_assert_cmpint (postern_connection_probe_get_stage (probe), ==, POSTERN_SMTP_STAGE_RESOLVE);
    g_assert_error (postern_connection_probe_get_failure (probe), POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_FOUND);

    /* A dialogue that looks its host up itself says the same. */
    dialogue = postern_smtp_dialogue_new ("nosuch.test", 25);
    reply = postern_smtp_dialogue_open (dialogue, NULL, &error);
    g_assert_null (reply);
    g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_FOUND);
    g_assert_cmpint (postern_smtp_dialogue_get_stage (dialogue), ==, POSTERN_SMTP_STAGE_RESOLVE);
}

int
main (int argc, char *argv[])
{
    int result;

    dns_world_enter ();
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/dns/addresses-as-they-are", test_addresses_as_they_are);
    g_test_add_func ("/probe/dns/no-names", test_no_names);
    g_test_add_func ("/probe/dns/mx", test_mx);
    g_test_add_func ("/probe/dns/addresses", test_addresses);
    g_test_add_func ("/probe/dns/implicit-mx", test_implicit_mx);
    g_test_add_func ("/probe/dns/null-mx", test_null_mx);
    g_test_add_func ("/probe/dns/not-found", test_not_found);
    g_test_add_func ("/probe/dns/resolver-refuses", test_resolver_refuses);
    g_test_add_func ("/probe/dns/silence", test_silence);
    g_test_add_func ("/probe/dns/answers", test_answers);
    g_test_add_func ("/probe/dns/cancel", test_cancel);
    g_test_add_func ("/probe/dns/probe-passes-over", test_probe_passes_over);
    g_test_add_func ("/probe/dns/probe-of-unknown-name", test_probe_of_unknown_name);
    result = g_test_run ();
    dns_world_stop ();
    return result;
}
