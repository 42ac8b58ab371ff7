/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script-server.h"

#include "probe/postern-probe-error.h"
#include "probe/postern-recipient-probe.h"

#include <string.h>

#define LONG_MS 20000
/* Long enough for a server that answers, on a machine that has other things to do. */
#define SHORT_MS 2000
#define SENDER "double-bounce@gw.test"

/* clang-format off */
#define HELLO { SCRIPT_SAY, "220 mx.test ESMTP\r\n" }, { SCRIPT_HEAR, "EHLO gw.test" }, { SCRIPT_SAY, "250 mx.test\r\n" }
#define MAIL { SCRIPT_HEAR, "MAIL FROM:<double-bounce@gw.test>" }, { SCRIPT_SAY, "250 2.1.0 Ok\r\n" }
#define GIVEN { SCRIPT_HEAR, "RCPT TO:<alice@example.com>" }
#define INVENTED { SCRIPT_HEAR, "RCPT TO:<postern-probe-????????????????@example.com>" }
#define OK { SCRIPT_SAY, "250 2.1.5 Ok\r\n" }
#define NO { SCRIPT_SAY, "550 5.1.1 User unknown\r\n" }
#define RSET { SCRIPT_HEAR, "RSET" }, { SCRIPT_SAY, "250 Ok\r\n" }
#define NULL_SENDER { SCRIPT_HEAR, "MAIL FROM:<>" }, { SCRIPT_SAY, "250 2.1.0 Ok\r\n" }
#define QUIT { SCRIPT_HEAR, "QUIT" }, { SCRIPT_SAY, "221 2.0.0 Bye\r\n" }, { SCRIPT_END }
/* clang-format on */

typedef struct {
    ScriptServer *server;
    PosternProbeTarget *target;
    GCancellable *cancellable;
} Fixture;

static void
fixture_init (Fixture *f, const ScriptStep *steps, guint reply_ms)
{
    PosternSmtpTimeouts timeouts = { LONG_MS, reply_ms, LONG_MS };

    f->cancellable = g_cancellable_new ();
    f->server = script_server_start (steps, NULL, f->cancellable);
    f->target = postern_probe_target_new ("127.0.0.1", script_server_get_port (f->server), FALSE);
    postern_probe_target_set_hello_name (f->target, "gw.test");
    postern_probe_target_set_timeouts (f->target, &timeouts);
}

static void
fixture_clear (Fixture *f)
{
    script_server_finish (f->server);
    g_object_unref (f->target);
    g_object_unref (f->cancellable);
}

/* Runs a probe against the script; the caller looks at what it says. */
static PosternRecipientProbe *
run (const ScriptStep *steps, const char *sender, const char *recipient, guint reply_ms, guint slow_ms)
{
    Fixture f;
    g_autoptr (GError) error = NULL;
    PosternRecipientProbe *probe;

    fixture_init (&f, steps, reply_ms);
    probe = postern_recipient_probe_run (f.target, sender, recipient, slow_ms, f.cancellable, &error);
    g_assert_no_error (error);
    fixture_clear (&f);
    g_test_message ("%s", postern_recipient_probe_get_summary (probe));
    g_assert_nonnull (strstr (postern_recipient_probe_get_summary (probe), postern_recipient_probe_get_server (probe)));
    return probe;
}

static void
assert_class (const ScriptStep *steps, const char *sender, const char *recipient, PosternRecipientClass class)
{
    g_autoptr (PosternRecipientProbe) probe = run (steps, sender, recipient, LONG_MS, 0);

    g_assert_cmpstr (postern_recipient_class_name (postern_recipient_probe_get_class (probe)), ==,
                     postern_recipient_class_name (class));
}

static void
test_verifies (void)
{
    static const ScriptStep steps[] = { HELLO, MAIL, GIVEN, OK, INVENTED, NO, QUIT };
    g_autoptr (PosternRecipientProbe) probe = run (steps, SENDER, "alice@example.com", LONG_MS, 0);
    gboolean verifies;

    g_assert_cmpint (postern_recipient_probe_get_class (probe), ==, POSTERN_RECIPIENT_CLASS_VERIFIES);
    g_assert_true (postern_recipient_probe_get_verifies (probe, &verifies) && verifies);
    g_assert_cmpstr (postern_smtp_reply_get_display (postern_recipient_probe_get_given_reply (probe)), ==,
                     "250 2.1.5 Ok");
    g_assert_cmpstr (postern_smtp_reply_get_display (postern_recipient_probe_get_invented_reply (probe)), ==,
                     "550 5.1.1 User unknown");
    g_assert_null (postern_recipient_probe_get_null_sender_reply (probe));
    g_assert_null (postern_recipient_probe_get_failure (probe));
    g_assert_null (postern_recipient_probe_get_refusal (probe));
    g_assert_nonnull (
        strstr (postern_recipient_probe_get_transcript (probe), postern_recipient_probe_get_invented (probe)));
}

/* The edge gateway: only the domain is known. */
static void
test_domain_only (void)
{
    static const ScriptStep verifies[] = { HELLO, MAIL, INVENTED, NO, QUIT };
    static const ScriptStep catch_all[] = { HELLO, MAIL, INVENTED, OK, QUIT };
    static const ScriptStep later[] = { HELLO, MAIL, INVENTED, { SCRIPT_SAY, "450 4.1.1 In progress\r\n" }, QUIT };
    static const ScriptStep from_null[] = { HELLO, NULL_SENDER, INVENTED, NO, QUIT };

    assert_class (verifies, SENDER, "@example.com", POSTERN_RECIPIENT_CLASS_VERIFIES);
    assert_class (catch_all, SENDER, "@example.com", POSTERN_RECIPIENT_CLASS_CATCH_ALL);
    assert_class (later, SENDER, "@example.com", POSTERN_RECIPIENT_CLASS_TEMPFAILS);
    assert_class (from_null, "", "@example.com", POSTERN_RECIPIENT_CLASS_VERIFIES);
}

static void
test_catch_all (void)
{
    static const ScriptStep steps[] = { HELLO, MAIL, GIVEN, OK, INVENTED, OK, QUIT };

    assert_class (steps, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_CATCH_ALL);
}

static void
test_refuses_sender (void)
{
    static const ScriptStep at_mail[] = { HELLO,
                                          { SCRIPT_HEAR, "MAIL FROM:<double-bounce@gw.test>" },
                                          { SCRIPT_SAY, "550 5.7.1 External mail with our own domain\r\n" },
                                          RSET,
                                          NULL_SENDER,
                                          GIVEN,
                                          OK,
                                          QUIT };
    static const ScriptStep at_rcpt[] = { HELLO, MAIL, GIVEN, NO, INVENTED, NO, RSET, NULL_SENDER, GIVEN, OK, QUIT };
    static const ScriptStep null_at_mail[] = {
        HELLO, { SCRIPT_HEAR, "MAIL FROM:<>" }, { SCRIPT_SAY, "550 5.7.1 No bounces\r\n" }, QUIT
    };
    g_autoptr (PosternRecipientProbe) probe = run (at_mail, SENDER, "alice@example.com", LONG_MS, 0);

    g_assert_cmpint (postern_recipient_probe_get_class (probe), ==, POSTERN_RECIPIENT_CLASS_REFUSES_SENDER);
    g_assert_cmpint (postern_recipient_probe_get_stage (probe), ==, POSTERN_SMTP_STAGE_MAIL);
    g_assert_nonnull (strstr (postern_recipient_probe_get_summary (probe), SENDER));
    g_assert_true (postern_smtp_reply_is_positive (postern_recipient_probe_get_null_sender_reply (probe)));
    assert_class (at_rcpt, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_REFUSES_SENDER);
    assert_class (null_at_mail, "", "alice@example.com", POSTERN_RECIPIENT_CLASS_REFUSES_SENDER);
}

static void
test_refuses_all (void)
{
    static const ScriptStep steps[] = { HELLO, MAIL, GIVEN, NO, INVENTED, NO, RSET, NULL_SENDER, GIVEN, NO, QUIT };
    /* What goes wrong in the second attempt takes nothing from the first. */
    static const ScriptStep closes[] = {
        HELLO, MAIL, GIVEN, NO, INVENTED, NO, { SCRIPT_HEAR, "RSET" }, { SCRIPT_END }
    };

    assert_class (steps, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_REFUSES_ALL);
    assert_class (closes, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_REFUSES_ALL);
}

#define DENIED { SCRIPT_SAY, "554 5.7.1 Client host rejected: Access denied\r\n" }

static void
test_refuses_client (void)
{
    static const ScriptStep at_greeting[] = { { SCRIPT_SAY, "554 5.7.1 Listed\r\n" }, QUIT };
    static const ScriptStep at_hello[] = {
        { SCRIPT_SAY, "220 mx.test\r\n" }, { SCRIPT_HEAR, "EHLO *" },    { SCRIPT_SAY, "550 No\r\n" },
        { SCRIPT_HEAR, "HELO *" },         { SCRIPT_SAY, "550 No\r\n" }, QUIT,
    };
    static const ScriptStep at_rcpt[] = { HELLO, MAIL,        GIVEN, DENIED, INVENTED, DENIED,
                                          RSET,  NULL_SENDER, GIVEN, DENIED, QUIT };

    assert_class (at_greeting, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT);
    assert_class (at_hello, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT);
    assert_class (at_rcpt, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT);
}

#define GREY { SCRIPT_SAY, "451 4.7.1 Greylisted, try again later\r\n" }

static void
test_later (void)
{
    static const ScriptStep greylists[] = { HELLO, MAIL, GIVEN, GREY, INVENTED, GREY, QUIT };
    static const ScriptStep busy[] = { { SCRIPT_SAY, "421 4.3.2 Busy\r\n" }, { SCRIPT_END } };
    static const ScriptStep hangs_up[] = { HELLO, MAIL, GIVEN, { SCRIPT_SAY, "421 4.7.0 Enough\r\n" }, { SCRIPT_END } };

    assert_class (greylists, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_GREYLISTS);
    assert_class (busy, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_TEMPFAILS);
    assert_class (hangs_up, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_TEMPFAILS);
}

static void
test_slow (void)
{
    static const ScriptStep hangs[] = { HELLO, MAIL, GIVEN, { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep pauses[] = { HELLO, MAIL, GIVEN, { SCRIPT_PAUSE }, OK, INVENTED, NO, QUIT };
    g_autoptr (PosternRecipientProbe) hanging = run (hangs, SENDER, "alice@example.com", SHORT_MS, 0);
    g_autoptr (PosternRecipientProbe) slow = run (pauses, SENDER, "alice@example.com", LONG_MS, SCRIPT_PAUSE_MS / 2);

    g_assert_cmpint (postern_recipient_probe_get_class (hanging), ==, POSTERN_RECIPIENT_CLASS_SLOW);
    g_assert_error (postern_recipient_probe_get_failure (hanging), POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT);
    g_assert_cmpint (postern_recipient_probe_get_class (slow), ==, POSTERN_RECIPIENT_CLASS_SLOW);
    g_assert_cmpuint (postern_recipient_probe_get_slowest_ms (slow), >=, SCRIPT_PAUSE_MS / 2);
}

static void
test_unreachable (void)
{
    static const ScriptStep closes[] = { { SCRIPT_END } };
    static const ScriptStep not_smtp[] = { { SCRIPT_SAY, "HTTP/1.1 400\r\n" }, { SCRIPT_HEAR_END }, { SCRIPT_END } };
    static const ScriptStep at_rcpt[] = { HELLO, MAIL, GIVEN, { SCRIPT_END } };

    assert_class (closes, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_UNREACHABLE);
    assert_class (not_smtp, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_UNREACHABLE);
    assert_class (at_rcpt, SENDER, "alice@example.com", POSTERN_RECIPIENT_CLASS_UNREACHABLE);
}

static void
test_smtputf8 (void)
{
    static const ScriptStep offered[] = {
        { SCRIPT_SAY, "220 mx.test\r\n" },
        { SCRIPT_HEAR, "EHLO *" },
        { SCRIPT_SAY, "250-mx.test\r\n250 SMTPUTF8\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<double-bounce@gw.test> SMTPUTF8" },
        { SCRIPT_SAY, "250 Ok\r\n" },
        { SCRIPT_HEAR, "RCPT TO:<оля@пример.рф>" },
        OK,
        { SCRIPT_HEAR, "RCPT TO:<postern-probe-????????????????@пример.рф>" },
        NO,
        QUIT,
    };
    static const ScriptStep not_offered[] = { HELLO, { SCRIPT_HEAR_END }, { SCRIPT_END } };
    Fixture f;
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternRecipientProbe) probe = NULL;

    assert_class (offered, SENDER, "оля@пример.рф", POSTERN_RECIPIENT_CLASS_VERIFIES);
    fixture_init (&f, not_offered, LONG_MS);
    probe = postern_recipient_probe_run (f.target, SENDER, "оля@пример.рф", 0, NULL, &error);
    g_assert_null (probe);
    g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_OFFERED);
    fixture_clear (&f);
}

/* Refused before anybody is asked. */
static void
test_bad_arguments (void)
{
    static const char *const bad[] = { "", "alice", "alice@", "@", "a@b\r\nDATA", "a b@c", "a@b>", "@b c" };
    g_autoptr (PosternProbeTarget) target = postern_probe_target_new ("203.0.113.9", 25, FALSE);

    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_recipient_probe_run (target, "", bad[i], 0, NULL, &error));
        g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    }
    for (gsize i = 4; i < G_N_ELEMENTS (bad); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_recipient_probe_run (target, bad[i], "a@b", 0, NULL, &error));
        g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_cancel (void)
{
    static const ScriptStep at_greeting[] = { { SCRIPT_CANCEL }, { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep at_rcpt[] = { HELLO,           MAIL,          GIVEN, OK, INVENTED, { SCRIPT_CANCEL },
                                          { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep in_second[] = {
        HELLO, MAIL, GIVEN, NO, INVENTED, NO, RSET, { SCRIPT_CANCEL }, { SCRIPT_HOLD }, { SCRIPT_END }
    };
    static const ScriptStep *const scripts[] = { at_greeting, at_rcpt, in_second };

    for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
        Fixture f;
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternRecipientProbe) probe = NULL;

        fixture_init (&f, scripts[i], LONG_MS);
        probe = postern_recipient_probe_run (f.target, SENDER, "alice@example.com", 0, f.cancellable, &error);
        g_assert_null (probe);
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        fixture_clear (&f);
    }
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/recipient-probe/verifies", test_verifies);
    g_test_add_func ("/probe/recipient-probe/domain-only", test_domain_only);
    g_test_add_func ("/probe/recipient-probe/catch-all", test_catch_all);
    g_test_add_func ("/probe/recipient-probe/refuses-sender", test_refuses_sender);
    g_test_add_func ("/probe/recipient-probe/refuses-all", test_refuses_all);
    g_test_add_func ("/probe/recipient-probe/refuses-client", test_refuses_client);
    g_test_add_func ("/probe/recipient-probe/later", test_later);
    g_test_add_func ("/probe/recipient-probe/slow", test_slow);
    g_test_add_func ("/probe/recipient-probe/unreachable", test_unreachable);
    g_test_add_func ("/probe/recipient-probe/smtputf8", test_smtputf8);
    g_test_add_func ("/probe/recipient-probe/bad-arguments", test_bad_arguments);
    g_test_add_func ("/probe/recipient-probe/cancel", test_cancel);
    return g_test_run ();
}
