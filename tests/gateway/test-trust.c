/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "gateway/postern-gateway-detect.h"
#include "test-certificate.h"
#include "test-gateway.h"

static char *
get_fingerprint (GTlsCertificate *certificate)
{
    g_autoptr (PosternCertificate) shown = postern_certificate_new (certificate, 0);

    return g_strdup (postern_certificate_get_fingerprint (shown));
}

static char *directory;

/* A file of this test run's own. */
static char *
make_path (const char *name)
{
    return g_build_filename (directory, name, NULL);
}

static void
remove_directory (void)
{
    const char *names[] = { "authority.pem", "ca.pem", "bad.pem" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *path = make_path (names[i]);

        g_unlink (path);
    }
    g_assert_cmpint (g_rmdir (directory), ==, 0);
    g_free (directory);
}

/* Asks @server for its configuration under @trust; the error, or NULL. */
static GError *
ask (TestGateway *server, PosternTrust *trust)
{
    g_autoptr (PosternGatewayAddress) address = test_gateway_dup_address (server);
    g_autoptr (PosternGateway) gateway = postern_api_gateway_new (address, trust, TEST_TOKEN);
    GError *error = NULL;
    g_autoptr (PosternPlan) plan = postern_gateway_read (gateway, NULL, NULL, &error);

    g_assert_true ((plan == NULL) == (error != NULL));
    return error;
}

static void
test_system (void)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (TestGateway) server = test_gateway_new (certificate);
    g_autoptr (PosternTrust) trust = postern_trust_new_system ();
    g_autofree char *fingerprint = get_fingerprint (certificate);
    g_autoptr (GError) error = ask (server, trust);
    PosternCertificate *shown = postern_gateway_error_get_certificate (error);

    test_assert_error (error, POSTERN_GATEWAY_ERROR_UNTRUSTED);
    g_assert_nonnull (strstr (error->message, fingerprint));
    g_assert_cmpstr (postern_certificate_get_fingerprint (shown), ==, fingerprint);
    g_assert_nonnull (postern_certificate_get_problems (shown));
    g_assert_false (postern_gateway_error_may_have_been_carried_out (error));
    g_assert_cmpuint (test_gateway_count_tokens (server), ==, 0);
}

static void
test_pin (void)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("another.name.test", NULL);
    g_autoptr (TestGateway) server = test_gateway_new (certificate);
    g_autofree char *fingerprint = get_fingerprint (certificate);
    g_autoptr (PosternTrust) trust = postern_trust_new_pin (fingerprint, NULL);
    g_autoptr (GError) error = ask (server, trust);

    g_assert_no_error (error);
    g_assert_cmpuint (test_gateway_count_tokens (server), ==, 1);
}

/* Who pins has compared; the dates of a self-signed certificate say nothing more. */
static void
test_pin_expired (void)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new_expired ("gw.test");
    g_autoptr (TestGateway) server = test_gateway_new (certificate);
    g_autofree char *fingerprint = get_fingerprint (certificate);
    g_autoptr (PosternTrust) trust = postern_trust_new_pin (fingerprint, NULL);
    g_autoptr (GError) error = ask (server, trust);

    g_assert_no_error (error);
}

static void
assert_changed (GError *error, const char *old, const char *new)
{
    test_assert_error (error, POSTERN_GATEWAY_ERROR_CERTIFICATE_CHANGED);
    g_assert_nonnull (strstr (error->message, old));
    g_assert_nonnull (strstr (error->message, new));
    g_assert_false (postern_gateway_error_may_have_been_carried_out (error));
}

static void
test_changed (void)
{
    g_autoptr (GTlsCertificate) first = test_certificate_new ("gw.test", NULL);
    g_autoptr (GTlsCertificate) second = test_certificate_new ("gw.test", NULL);
    g_autoptr (TestGateway) server = test_gateway_new (first);
    g_autofree char *old = get_fingerprint (first);
    g_autofree char *new = get_fingerprint (second);
    g_autoptr (PosternTrust) trust = postern_trust_new_pin (old, NULL);
    g_autoptr (GError) error = ask (server, trust);

    g_assert_no_error (error);
    test_gateway_set_certificate (server, second);
    error = ask (server, trust);
    assert_changed (error, old, new);
    g_assert_cmpuint (test_gateway_count_tokens (server), ==, 1);
}

/* The other certificate is one that every CA check lets through; the pin does not. */
static void
test_pin_beats_authority (void)
{
    g_autoptr (GTlsCertificate) authority = test_certificate_new ("Authority", NULL);
    g_autoptr (GTlsCertificate) pinned = test_certificate_new ("gw.test", authority);
    g_autoptr (GTlsCertificate) shown = test_certificate_new ("gw.test", authority);
    g_autoptr (TestGateway) server = test_gateway_new (shown);
    GTlsBackend *backend = g_tls_backend_get_default ();
    g_autoptr (GTlsDatabase) system = g_tls_backend_get_default_database (backend);
    g_autofree char *path = make_path ("authority.pem");
    g_autofree char *pem = NULL;
    g_autofree char *old = get_fingerprint (pinned);
    g_autofree char *new = get_fingerprint (shown);
    g_autoptr (PosternTrust) pin = postern_trust_new_pin (old, NULL);
    g_autoptr (PosternTrust) believing = NULL;
    g_autoptr (GTlsDatabase) database = NULL;
    g_autoptr (GError) error = NULL;

    g_object_get (authority, "certificate-pem", &pem, NULL);
    g_assert_true (g_file_set_contents (path, pem, -1, NULL));
    database = g_tls_file_database_new (path, NULL);
    g_tls_backend_set_default_database (backend, database);
    believing = postern_trust_new_system ();
    error = ask (server, believing);
    g_assert_no_error (error);
    error = ask (server, pin);
    g_tls_backend_set_default_database (backend, system);
    assert_changed (error, old, new);
    g_assert_cmpuint (test_gateway_count_tokens (server), ==, 1);
}

static void
test_ca_file (void)
{
    g_autoptr (GTlsCertificate) authority = test_certificate_new ("Authority", NULL);
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", authority);
    g_autoptr (GTlsCertificate) stranger = test_certificate_new ("gw.test", NULL);
    g_autoptr (TestGateway) server = test_gateway_new (certificate);
    g_autofree char *path = make_path ("ca.pem");
    g_autofree char *pem = NULL;
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (PosternTrust) trust = NULL;
    g_autoptr (GError) error = NULL;

    g_object_get (authority, "certificate-pem", &pem, NULL);
    g_assert_true (g_file_set_contents (path, pem, -1, NULL));
    trust = postern_trust_new_ca_file (file, &error);
    g_assert_no_error (error);
    error = ask (server, trust);
    g_assert_no_error (error);
    test_gateway_set_certificate (server, stranger);
    error = ask (server, trust);
    test_assert_error (error, POSTERN_GATEWAY_ERROR_UNTRUSTED);
}

static void
test_bad_ca_files (void)
{
    const char *contents[] = { "", "no certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                               NULL };

    for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
        g_autofree char *path = make_path (contents[i] != NULL ? "bad.pem" : "missing.pem");
        g_autoptr (GFile) file = g_file_new_for_path (path);
        g_autoptr (GError) error = NULL;

        if (contents[i] != NULL)
            g_assert_true (g_file_set_contents (path, contents[i], -1, NULL));
        g_assert_null (postern_trust_new_ca_file (file, &error));
        test_assert_error (error, POSTERN_GATEWAY_ERROR_ADDRESS);
        g_assert_nonnull (strstr (error->message, path));
    }
}

static void
test_fetch (void)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (TestGateway) server = test_gateway_new (certificate);
    g_autoptr (PosternGatewayAddress) address = test_gateway_dup_address (server);
    g_autofree char *fingerprint = get_fingerprint (certificate);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternCertificate) shown = postern_certificate_fetch (address, NULL, &error);
    g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

    g_assert_no_error (error);
    g_assert_cmpstr (postern_certificate_get_fingerprint (shown), ==, fingerprint);
    g_assert_cmpuint (strlen (postern_certificate_get_fingerprint_display (shown)), ==, 64 + 15);
    g_assert_cmpstr (postern_certificate_get_subject (shown), ==, "CN=gw.test");
    g_assert_cmpint (g_date_time_compare (postern_certificate_get_not_before (shown), now), <, 0);
    g_assert_cmpint (g_date_time_compare (postern_certificate_get_not_after (shown), now), >, 0);
    g_assert_nonnull (postern_certificate_get_problems (shown));
    g_assert_cmpuint (test_gateway_count_requests (server, "GET"), ==, 0);
}

static void
test_fetch_nothing (void)
{
    g_autoptr (GSocketListener) listener = g_socket_listener_new ();
    guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
    g_autofree char *text = g_strdup_printf ("https://127.0.0.1:%u", port);
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (text, NULL);
    g_autoptr (GCancellable) cancelled = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_cancellable_cancel (cancelled);
    g_assert_null (postern_certificate_fetch (address, cancelled, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    g_socket_listener_close (listener);
    g_assert_null (postern_certificate_fetch (address, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_UNREACHABLE);
}

static void
test_detect (void)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (TestGateway) server = test_gateway_new (certificate);
    g_autoptr (PosternGatewayAddress) known = test_gateway_dup_address (server);
    g_autoptr (PosternGatewayAddress) unknown =
        postern_gateway_address_with_kind (known, POSTERN_GATEWAY_KIND_UNKNOWN, 0);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayAddress) found = postern_gateway_detect_kind (unknown, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (postern_gateway_address_equal (found, known));
    g_assert_cmpuint (test_gateway_count_tokens (server), ==, 0);
}

static void
test_detect_others (void)
{
    const TestFault website = { .status = 200, .content_type = "text/html", .body = "<html>Hello</html>" };
    const TestFault api = { .status = 200, .content_type = "application/json", .body = "{\"product\":\"something\"}" };
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (TestGateway) server = test_gateway_new (certificate);
    g_autoptr (PosternGatewayAddress) known = test_gateway_dup_address (server);
    g_autoptr (PosternGatewayAddress) unknown =
        postern_gateway_address_with_kind (known, POSTERN_GATEWAY_KIND_UNKNOWN, 0);
    const TestFault *faults[] = { &website, &api };

    for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
        g_autoptr (GError) error = NULL;

        test_gateway_misbehave (server, faults[i]);
        g_assert_null (postern_gateway_detect_kind (unknown, NULL, &error));
        test_assert_error (error, POSTERN_GATEWAY_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    directory = g_dir_make_tmp ("postern-trust-XXXXXX", NULL);
    g_test_add_func ("/trust/system", test_system);
    g_test_add_func ("/trust/pin", test_pin);
    g_test_add_func ("/trust/pin-expired", test_pin_expired);
    g_test_add_func ("/trust/changed", test_changed);
    g_test_add_func ("/trust/pin-beats-authority", test_pin_beats_authority);
    g_test_add_func ("/trust/ca-file", test_ca_file);
    g_test_add_func ("/trust/bad-ca-files", test_bad_ca_files);
    g_test_add_func ("/trust/fetch", test_fetch);
    g_test_add_func ("/trust/fetch-nothing", test_fetch_nothing);
    g_test_add_func ("/trust/detect", test_detect);
    g_test_add_func ("/trust/detect-others", test_detect_others);
    status = g_test_run ();
    remove_directory ();
    return status;
}
