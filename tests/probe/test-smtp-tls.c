/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue-fixture.h"
#include "test-certificate.h"

#include "probe/postern-probe-certificate.h"

#include <string.h>

#define UP_TO_STARTTLS                                                                                                 \
    { SCRIPT_SAY, "220 mx.test ESMTP\r\n" }, { SCRIPT_HEAR, "EHLO client.test" },                                      \
        { SCRIPT_SAY, "250-mx.test\r\n250-STARTTLS\r\n250 SIZE\r\n" }, { SCRIPT_HEAR, "STARTTLS" }

static PosternSmtpReply *
start_tls (DialogueFixture *f, guint reply_ms, GError **error)
{
    dialogue_fixture_hello (f);
    dialogue_fixture_set_patience (f, reply_ms, FIXTURE_LONG_MS);
    return postern_smtp_dialogue_starttls (f->dialogue, f->cancellable, error);
}

/* Opens up to STARTTLS, which must fail with @code and close the connection. */
static void
assert_starttls_fails (const ScriptStep *steps, GTlsCertificate *certificate, guint reply_ms, PosternProbeError code)
{
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, certificate);
    reply = start_tls (&f, reply_ms, &error);
    dialogue_fixture_assert_error (&f, reply, error, code);
    g_assert_false (postern_smtp_dialogue_is_open (f.dialogue));
    g_assert_null (postern_smtp_dialogue_get_certificate (f.dialogue));
    dialogue_fixture_clear (&f);
}

static void
assert_certificate (DialogueFixture *f, GTlsCertificate *certificate)
{
    GTlsCertificate *seen = postern_smtp_dialogue_get_certificate (f->dialogue);
    g_autofree char *fingerprint = NULL;
    g_autofree char *expected = NULL;
    g_autofree char *subject = NULL;

    g_assert_nonnull (seen);
    g_assert_true (g_tls_certificate_is_same (seen, certificate));
    fingerprint = postern_probe_certificate_fingerprint (seen);
    expected = postern_probe_certificate_fingerprint (certificate);
    g_assert_cmpstr (fingerprint, ==, expected);
    g_assert_true (g_regex_match_simple ("^sha256:[0-9a-f]{64}$", fingerprint, 0, 0));
    subject = postern_probe_certificate_subject (seen);
    g_assert_cmpstr (subject, ==, "CN=mx.test");
    /* Self-signed, and for another name than 127.0.0.1: reported, and the dialogue went on. */
    g_assert_true (postern_smtp_dialogue_get_certificate_errors (f->dialogue) & G_TLS_CERTIFICATE_UNKNOWN_CA);
    g_assert_cmpint (postern_smtp_dialogue_get_tls_version (f->dialogue), >=, G_TLS_PROTOCOL_VERSION_TLS_1_2);
}

static void
test_starttls (void)
{
    static const ScriptStep steps[] = {
        UP_TO_STARTTLS,
        { SCRIPT_SAY, "220 2.0.0 Ready\r\n" },
        { SCRIPT_TLS },
        { SCRIPT_HEAR, "EHLO client.test" },
        { SCRIPT_SAY, "250-mx.test\r\n250-STARTTLS\r\n250 SMTPUTF8\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<>" },
        { SCRIPT_SAY_BYTES, "250 2.1.0 Ok\r\n" },
        { SCRIPT_HEAR, "QUIT" },
        { SCRIPT_SAY, "221 Bye\r\n" },
        { SCRIPT_HEAR_END },
        { SCRIPT_END },
    };
    g_autoptr (GTlsCertificate) certificate = test_certificate_make ();
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    if (certificate == NULL)
        return;
    dialogue_fixture_init (&f, steps, certificate);
    reply = start_tls (&f, FIXTURE_LONG_MS, &error);
    dialogue_fixture_assert_reply (reply, error, "220 2.0.0 Ready");
    assert_certificate (&f, certificate);
    g_assert_false (postern_smtp_capabilities_has (postern_smtp_dialogue_get_capabilities (f.dialogue), "SIZE"));
    reply = postern_smtp_dialogue_hello (f.dialogue, "client.test", f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "250 mx.test STARTTLS SMTPUTF8");
    /* TLS in TLS is not on offer, whatever the server says. */
    reply = postern_smtp_dialogue_starttls (f.dialogue, f.cancellable, &error);
    dialogue_fixture_assert_error (&f, reply, g_steal_pointer (&error), POSTERN_PROBE_ERROR_NOT_OFFERED);
    reply = postern_smtp_dialogue_mail_from (f.dialogue, "", FALSE, f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "250 2.1.0 Ok");
    dialogue_fixture_quit (&f);
    /* The report outlives the connection. */
    assert_certificate (&f, certificate);
    dialogue_fixture_clear (&f);
}

static void
test_close_under_tls (void)
{
    static const ScriptStep steps[] = {
        UP_TO_STARTTLS, { SCRIPT_SAY, "220 Ready\r\n" }, { SCRIPT_TLS }, { SCRIPT_HEAR, "EHLO *" }, { SCRIPT_END }
    };
    g_autoptr (GTlsCertificate) certificate = test_certificate_make ();
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    if (certificate == NULL)
        return;
    dialogue_fixture_init (&f, steps, certificate);
    reply = start_tls (&f, FIXTURE_LONG_MS, &error);
    dialogue_fixture_assert_reply (reply, error, "220 Ready");
    reply = postern_smtp_dialogue_hello (f.dialogue, "client.test", f.cancellable, &error);
    dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_CLOSED);
    dialogue_fixture_clear (&f);
}

static void
test_silence_under_tls (void)
{
    static const ScriptStep steps[] = {
        UP_TO_STARTTLS, { SCRIPT_SAY, "220 Ready\r\n" }, { SCRIPT_TLS }, { SCRIPT_HOLD }, { SCRIPT_END }
    };
    g_autoptr (GTlsCertificate) certificate = test_certificate_make ();
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    if (certificate == NULL)
        return;
    dialogue_fixture_init (&f, steps, certificate);
    reply = start_tls (&f, FIXTURE_LONG_MS, &error);
    dialogue_fixture_assert_reply (reply, error, "220 Ready");
    dialogue_fixture_set_patience (&f, FIXTURE_SHORT_MS, FIXTURE_LONG_MS);
    reply = postern_smtp_dialogue_hello (f.dialogue, "client.test", f.cancellable, &error);
    dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_TIMED_OUT);
    dialogue_fixture_clear (&f);
}

static void
test_refused (void)
{
    static const ScriptStep steps[] = {
        UP_TO_STARTTLS,          { SCRIPT_SAY, "454 4.7.0 TLS not available\r\n" },
        { SCRIPT_HEAR, "QUIT" }, { SCRIPT_SAY, "221 Bye\r\n" },
        { SCRIPT_END },
    };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    reply = start_tls (&f, FIXTURE_LONG_MS, &error);
    dialogue_fixture_assert_reply (reply, error, "454 4.7.0 TLS not available");
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static void
test_not_offered (void)
{
    static const ScriptStep steps[] = {
        { SCRIPT_SAY, "220 mx.test\r\n" }, { SCRIPT_HEAR, "EHLO *" },     { SCRIPT_SAY, "250 mx.test\r\n" },
        { SCRIPT_HEAR, "QUIT" },           { SCRIPT_SAY, "221 Bye\r\n" }, { SCRIPT_END },
    };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    reply = start_tls (&f, FIXTURE_LONG_MS, &error);
    dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_NOT_OFFERED);
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

/* What somebody on the way put behind the reply in plain text is not taken for the server's first words under TLS. */
static void
test_injected_plain_text (void)
{
    static const ScriptStep line[] = {
        UP_TO_STARTTLS, { SCRIPT_SAY, "220 Ready\r\n250 Injected\r\n" }, { SCRIPT_HEAR_END }, { SCRIPT_END }
    };
    static const ScriptStep part[] = {
        UP_TO_STARTTLS, { SCRIPT_SAY, "220 Ready\r\n2" }, { SCRIPT_HEAR_END }, { SCRIPT_END }
    };

    assert_starttls_fails (line, NULL, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_PROTOCOL);
    assert_starttls_fails (part, NULL, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_PROTOCOL);
}

static void
test_handshake_fails (void)
{
    static const ScriptStep close[] = { UP_TO_STARTTLS, { SCRIPT_SAY, "220 Ready\r\n" }, { SCRIPT_END } };
    /* The client speaks first under TLS; what comes back is no TLS. */
    static const ScriptStep flood[] = { UP_TO_STARTTLS,
                                        { SCRIPT_SAY, "220 Ready\r\n" },
                                        { SCRIPT_HEAR_TLS },
                                        { SCRIPT_FLOOD, "250 Ok\r\n" },
                                        { SCRIPT_END } };
    static const ScriptStep silent[] = {
        UP_TO_STARTTLS, { SCRIPT_SAY, "220 Ready\r\n" }, { SCRIPT_HOLD }, { SCRIPT_END }
    };

    assert_starttls_fails (close, NULL, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_TLS);
    assert_starttls_fails (flood, NULL, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_TLS);
    assert_starttls_fails (silent, NULL, FIXTURE_SHORT_MS, POSTERN_PROBE_ERROR_TIMED_OUT);
}

static void
test_cancel (void)
{
    static const ScriptStep before[] = { UP_TO_STARTTLS, { SCRIPT_CANCEL }, { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep in_handshake[] = { UP_TO_STARTTLS,      { SCRIPT_SAY, "220 Ready\r\n" },
                                               { SCRIPT_HEAR_TLS }, { SCRIPT_CANCEL },
                                               { SCRIPT_HOLD },     { SCRIPT_END } };
    static const ScriptStep *const scripts[] = { before, in_handshake };

    for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
        DialogueFixture f;
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternSmtpReply) reply = NULL;

        dialogue_fixture_init (&f, scripts[i], NULL);
        reply = start_tls (&f, FIXTURE_LONG_MS, &error);
        g_assert_null (reply);
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_assert_false (postern_smtp_dialogue_is_open (f.dialogue));
        dialogue_fixture_clear (&f);
    }
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/smtp-tls/starttls", test_starttls);
    g_test_add_func ("/probe/smtp-tls/close-under-tls", test_close_under_tls);
    g_test_add_func ("/probe/smtp-tls/silence-under-tls", test_silence_under_tls);
    g_test_add_func ("/probe/smtp-tls/refused", test_refused);
    g_test_add_func ("/probe/smtp-tls/not-offered", test_not_offered);
    g_test_add_func ("/probe/smtp-tls/injected-plain-text", test_injected_plain_text);
    g_test_add_func ("/probe/smtp-tls/handshake-fails", test_handshake_fails);
    g_test_add_func ("/probe/smtp-tls/cancel", test_cancel);
    return g_test_run ();
}
