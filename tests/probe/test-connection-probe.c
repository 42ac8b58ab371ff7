/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script-server.h"
#include "test-certificate.h"

#include "probe/postern-connection-probe.h"
#include "probe/postern-probe-certificate.h"
#include "probe/postern-probe-error.h"

#include <string.h>

#define LONG_MS 20000
#define SHORT_MS 150

/* clang-format off */
#define HELLO(offers) { SCRIPT_SAY, "220 mx.test ESMTP Postfix\r\n" }, { SCRIPT_HEAR, "EHLO ?127.0.0.1?" }, { SCRIPT_SAY, offers }
#define QUIT { SCRIPT_HEAR, "QUIT" }, { SCRIPT_SAY, "221 2.0.0 Bye\r\n" }, { SCRIPT_HEAR_END }, { SCRIPT_END }
/* clang-format on */

static PosternConnectionProbe *
run (const ScriptStep *steps, GTlsCertificate *certificate, guint reply_ms)
{
    ScriptServer *server = script_server_start (steps, certificate, NULL);
    g_autoptr (PosternProbeTarget) target =
        postern_probe_target_new ("127.0.0.1", script_server_get_port (server), FALSE);
    PosternSmtpTimeouts timeouts = { LONG_MS, reply_ms, LONG_MS };
    g_autoptr (GError) error = NULL;
    PosternConnectionProbe *probe;

    postern_probe_target_set_timeouts (target, &timeouts);
    probe = postern_connection_probe_run (target, NULL, &error);
    g_assert_no_error (error);
    script_server_finish (server);
    g_test_message ("%s", postern_connection_probe_get_summary (probe));
    g_assert_nonnull (
        strstr (postern_connection_probe_get_summary (probe), postern_connection_probe_get_server (probe)));
    return probe;
}

static void
test_plain (void)
{
    static const ScriptStep steps[] = { HELLO ("250-mx.test\r\n250 SIZE 10\r\n"), QUIT };
    g_autoptr (PosternConnectionProbe) probe = run (steps, NULL, LONG_MS);

    g_assert_true (postern_connection_probe_get_succeeded (probe));
    g_assert_cmpint (postern_connection_probe_get_stage (probe), ==, POSTERN_SMTP_STAGE_QUIT);
    g_assert_cmpstr (postern_connection_probe_get_banner (probe), ==, "mx.test ESMTP Postfix");
    g_assert_true (postern_smtp_capabilities_has (postern_connection_probe_get_capabilities (probe), "SIZE"));
    g_assert_false (postern_connection_probe_get_offers_starttls (probe));
    g_assert_null (postern_connection_probe_get_certificate (probe));
    g_assert_null (postern_connection_probe_get_failure (probe));
    g_assert_null (postern_connection_probe_get_passed_over (probe)[0]);
    g_assert_true (g_str_has_prefix (postern_connection_probe_get_transcript (probe), "S: 220 mx.test"));
}

static void
test_tls (void)
{
    static const ScriptStep steps[] = { HELLO ("250-mx.test\r\n250 STARTTLS\r\n"),
                                        { SCRIPT_HEAR, "STARTTLS" },
                                        { SCRIPT_SAY, "220 Ready\r\n" },
                                        { SCRIPT_TLS },
                                        QUIT };
    g_autoptr (GTlsCertificate) certificate = test_certificate_make ();
    g_autoptr (PosternConnectionProbe) probe = NULL;
    g_autofree char *fingerprint = NULL;
    g_autofree char *expected = NULL;

    if (certificate == NULL)
        return;
    probe = run (steps, certificate, LONG_MS);
    g_assert_true (postern_connection_probe_get_succeeded (probe));
    g_assert_true (postern_connection_probe_get_offers_starttls (probe));
    g_assert_null (postern_connection_probe_get_tls_failure (probe));
    fingerprint = postern_probe_certificate_fingerprint (postern_connection_probe_get_certificate (probe));
    expected = postern_probe_certificate_fingerprint (certificate);
    g_assert_cmpstr (fingerprint, ==, expected);
    g_assert_cmpuint (postern_connection_probe_get_certificate_errors (probe), !=, 0);
    g_assert_cmpint (postern_connection_probe_get_tls_version (probe), !=, G_TLS_PROTOCOL_VERSION_UNKNOWN);
}

/* A server that takes connections but whose STARTTLS is broken still takes connections. */
static void
test_broken_tls (void)
{
    static const ScriptStep refuses[] = { HELLO ("250-mx.test\r\n250 STARTTLS\r\n"),
                                          { SCRIPT_HEAR, "STARTTLS" },
                                          { SCRIPT_SAY, "454 4.7.0 No key\r\n" },
                                          QUIT };
    static const ScriptStep closes[] = { HELLO ("250-mx.test\r\n250 STARTTLS\r\n"),
                                         { SCRIPT_HEAR, "STARTTLS" },
                                         { SCRIPT_SAY, "220 Ready\r\n" },
                                         { SCRIPT_HEAR_TLS },
                                         { SCRIPT_END } };
    static const ScriptStep *const scripts[] = { refuses, closes };

    for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
        g_autoptr (PosternConnectionProbe) probe = run (scripts[i], NULL, LONG_MS);

        g_assert_true (postern_connection_probe_get_succeeded (probe));
        g_assert_nonnull (postern_connection_probe_get_tls_failure (probe));
        g_assert_nonnull (
            strstr (postern_connection_probe_get_summary (probe), postern_connection_probe_get_tls_failure (probe)));
    }
}

static void
test_refused (void)
{
    static const ScriptStep at_greeting[] = { { SCRIPT_SAY, "554 5.7.1 Listed\r\n" }, QUIT };
    static const ScriptStep busy[] = { { SCRIPT_SAY, "421 4.3.2 Busy\r\n" }, { SCRIPT_END } };
    static const ScriptStep at_hello[] = {
        HELLO ("550 5.7.1 Bad name\r\n"), { SCRIPT_HEAR, "HELO *" }, { SCRIPT_SAY, "550 5.7.1 Bad name\r\n" }, QUIT
    };
    static const struct {
        const ScriptStep *steps;
        PosternSmtpStage stage;
        const char *reply;
    } cases[] = {
        { at_greeting, POSTERN_SMTP_STAGE_CONNECT, "554 5.7.1 Listed" },
        { busy, POSTERN_SMTP_STAGE_CONNECT, "421 4.3.2 Busy" },
        { at_hello, POSTERN_SMTP_STAGE_HELO, "550 5.7.1 Bad name" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (PosternConnectionProbe) probe = run (cases[i].steps, NULL, LONG_MS);

        g_assert_false (postern_connection_probe_get_succeeded (probe));
        g_assert_cmpint (postern_connection_probe_get_stage (probe), ==, cases[i].stage);
        g_assert_null (postern_connection_probe_get_failure (probe));
        g_assert_cmpstr (postern_smtp_reply_get_display (postern_connection_probe_get_reply (probe)), ==,
                         cases[i].reply);
        g_assert_nonnull (strstr (postern_connection_probe_get_summary (probe), cases[i].reply));
    }
}

static void
test_failed (void)
{
    static const ScriptStep closes[] = { { SCRIPT_END } };
    static const ScriptStep silent[] = { { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep at_hello[] = { { SCRIPT_SAY, "220 mx.test\r\n" },
                                           { SCRIPT_HEAR, "EHLO *" },
                                           { SCRIPT_END } };
    static const struct {
        const ScriptStep *steps;
        PosternSmtpStage stage;
        PosternProbeError code;
    } cases[] = {
        { closes, POSTERN_SMTP_STAGE_CONNECT, POSTERN_PROBE_ERROR_CLOSED },
        { silent, POSTERN_SMTP_STAGE_CONNECT, POSTERN_PROBE_ERROR_TIMED_OUT },
        { at_hello, POSTERN_SMTP_STAGE_HELO, POSTERN_PROBE_ERROR_CLOSED },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (PosternConnectionProbe) probe = run (cases[i].steps, NULL, i == 1 ? SHORT_MS : LONG_MS);

        g_assert_false (postern_connection_probe_get_succeeded (probe));
        g_assert_cmpint (postern_connection_probe_get_stage (probe), ==, cases[i].stage);
        g_assert_error (postern_connection_probe_get_failure (probe), POSTERN_PROBE_ERROR, (int)cases[i].code);
    }
}

static void
test_callers_errors (void)
{
    g_autoptr (PosternProbeTarget) target = postern_probe_target_new ("127.0.0.1", 25, TRUE);
    g_autoptr (GCancellable) cancelled = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_connection_probe_run (target, NULL, &error));
    g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    g_clear_error (&error);
    g_cancellable_cancel (cancelled);
    g_clear_object (&target);
    target = postern_probe_target_new ("127.0.0.1", 25, FALSE);
    g_assert_null (postern_connection_probe_run (target, cancelled, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/connection-probe/plain", test_plain);
    g_test_add_func ("/probe/connection-probe/tls", test_tls);
    g_test_add_func ("/probe/connection-probe/broken-tls", test_broken_tls);
    g_test_add_func ("/probe/connection-probe/refused", test_refused);
    g_test_add_func ("/probe/connection-probe/failed", test_failed);
    g_test_add_func ("/probe/connection-probe/callers-errors", test_callers_errors);
    return g_test_run ();
}
