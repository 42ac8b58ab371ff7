/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue-fixture.h"

#include <string.h>

#define GREETING { SCRIPT_SAY, "220 mx.test ESMTP\r\n" }
#define HEAR_EHLO { SCRIPT_HEAR, "EHLO client.test" }
#define QUIT                                                                                                           \
    { SCRIPT_HEAR, "QUIT" }, { SCRIPT_SAY, "221 2.0.0 Bye\r\n" }, { SCRIPT_HEAR_END },                                 \
    {                                                                                                                  \
        SCRIPT_END                                                                                                     \
    }

/* Calls for the tests that go on after the hello; the error is the caller's. */
static PosternSmtpReply *
mail (DialogueFixture *f, const char *sender, gboolean smtputf8, GError **error)
{
    return postern_smtp_dialogue_mail_from (f->dialogue, sender, smtputf8, f->cancellable, error);
}

static PosternSmtpReply *
rcpt (DialogueFixture *f, const char *recipient, GError **error)
{
    return postern_smtp_dialogue_rcpt_to (f->dialogue, recipient, f->cancellable, error);
}

static void
assert_mail (DialogueFixture *f, const char *sender, gboolean smtputf8, const char *display)
{
    GError *error = NULL;
    PosternSmtpReply *reply = mail (f, sender, smtputf8, &error);

    dialogue_fixture_assert_reply (reply, error, display);
}

static void
assert_rcpt (DialogueFixture *f, const char *recipient, const char *display)
{
    GError *error = NULL;
    PosternSmtpReply *reply = rcpt (f, recipient, &error);

    dialogue_fixture_assert_reply (reply, error, display);
}

static void
assert_mail_fails (DialogueFixture *f, const char *sender, gboolean smtputf8, PosternProbeError code)
{
    GError *error = NULL;
    PosternSmtpReply *reply = mail (f, sender, smtputf8, &error);

    dialogue_fixture_assert_error (f, reply, error, code);
}

static void
assert_rcpt_fails (DialogueFixture *f, const char *recipient, PosternProbeError code)
{
    GError *error = NULL;
    PosternSmtpReply *reply = rcpt (f, recipient, &error);

    dialogue_fixture_assert_error (f, reply, error, code);
}

static void
test_whole (void)
{
    static const ScriptStep steps[] = {
        { SCRIPT_SAY,
          "220-mx.test ESMTP\r\n220-We do not authorize the use of this system\r\n220 to transport junk\r\n" },
        HEAR_EHLO,
        { SCRIPT_SAY, "250-mx.test\r\n250-SIZE 10240000\r\n250 ENHANCEDSTATUSCODES\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<>" },
        { SCRIPT_SAY, "250 2.1.0 Ok\r\n" },
        { SCRIPT_HEAR, "RCPT TO:<alice@example.com>" },
        { SCRIPT_SAY, "250 2.1.5 Ok\r\n" },
        { SCRIPT_HEAR, "RCPT TO:<joe%elsewhere.test@example.com>" },
        { SCRIPT_SAY, "554-5.7.1 Relay access\r\n554 5.7.1 denied\r\n" },
        { SCRIPT_HEAR, "RSET" },
        { SCRIPT_SAY, "250 2.0.0 Ok\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<x@sender.test>" },
        { SCRIPT_SAY, "450 4.1.8 Domain not found\r\n" },
        QUIT,
    };
    static const char transcript[] = "S: 220-mx.test ESMTP\nS: 220-We do not authorize the use of this system\n"
                                     "S: 220 to transport junk\nC: EHLO client.test\nS: 250-mx.test\n"
                                     "S: 250-SIZE 10240000\nS: 250 ENHANCEDSTATUSCODES\nC: MAIL FROM:<>\n";
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    g_assert_true (postern_smtp_capabilities_has (postern_smtp_dialogue_get_capabilities (f.dialogue), "SIZE"));
    assert_mail (&f, "", FALSE, "250 2.1.0 Ok");
    assert_rcpt (&f, "alice@example.com", "250 2.1.5 Ok");
    assert_rcpt (&f, "joe%elsewhere.test@example.com", "554 5.7.1 Relay access denied");
    g_assert_cmpint (postern_smtp_dialogue_get_stage (f.dialogue), ==, POSTERN_SMTP_STAGE_RCPT);
    reply = postern_smtp_dialogue_rset (f.dialogue, f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "250 2.0.0 Ok");
    assert_mail (&f, "x@sender.test", FALSE, "450 4.1.8 Domain not found");
    dialogue_fixture_quit (&f);
    g_assert_true (g_str_has_prefix (postern_smtp_dialogue_get_transcript (f.dialogue), transcript));
    /* After QUIT there is nobody to talk to. */
    assert_mail_fails (&f, "", FALSE, POSTERN_PROBE_ERROR_CLOSED);
    dialogue_fixture_clear (&f);
}

/* Segments of one byte, and hello by the own address. */
static void
test_split_packets (void)
{
    static const ScriptStep steps[] = {
        { SCRIPT_SAY_BYTES, "220-mx.test\r\n220 ESMTP\r\n" },
        { SCRIPT_HEAR, "EHLO ?127.0.0.1?" },
        { SCRIPT_SAY_BYTES, "250-mx.test\r\n250-PIPELINING\r\n250 STARTTLS\r\n" },
        { SCRIPT_HEAR, "QUIT" },
        { SCRIPT_SAY_BYTES, "221 2.0.0 Bye\r\n" },
        { SCRIPT_END },
    };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_open (&f);
    reply = postern_smtp_dialogue_hello (f.dialogue, NULL, f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "250 mx.test PIPELINING STARTTLS");
    g_assert_true (postern_smtp_capabilities_has (postern_smtp_dialogue_get_capabilities (f.dialogue), "STARTTLS"));
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static void
test_helo (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "502 5.5.2 What?\r\n" },
        { SCRIPT_HEAR, "HELO client.test" },
        { SCRIPT_SAY, "250-mx.test\r\n250 STARTTLS\r\n" },
        QUIT,
    };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    /* A server that knows only HELO offers nothing, whatever it seems to say. */
    reply = postern_smtp_dialogue_starttls (f.dialogue, f.cancellable, &error);
    dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_NOT_OFFERED);
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static void
test_hello_refused (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "550 5.7.1 Not you\r\n" },
        { SCRIPT_HEAR, "HELO client.test" },
        { SCRIPT_SAY, "550 5.7.1 Nor so\r\n" },
        /* For now: HELO would not do better. */
        HEAR_EHLO,
        { SCRIPT_SAY, "450 4.7.1 Later\r\n" },
        QUIT,
    };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_open (&f);
    reply = postern_smtp_dialogue_hello (f.dialogue, "client.test", f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "550 5.7.1 Nor so");
    reply = postern_smtp_dialogue_hello (f.dialogue, "client.test", f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "450 4.7.1 Later");
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static void
test_greeting_refused (void)
{
    static const ScriptStep refused[] = { { SCRIPT_SAY, "554 5.7.1 Go away\r\n" }, QUIT };
    static const ScriptStep busy[] = { { SCRIPT_SAY, "421 4.3.2 Busy\r\n" }, { SCRIPT_END } };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, refused, NULL);
    reply = postern_smtp_dialogue_open (f.dialogue, f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "554 5.7.1 Go away");
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);

    dialogue_fixture_init (&f, busy, NULL);
    reply = postern_smtp_dialogue_open (f.dialogue, f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "421 4.3.2 Busy");
    g_assert_false (postern_smtp_dialogue_is_open (f.dialogue));
    assert_rcpt_fails (&f, "a@b", POSTERN_PROBE_ERROR_CLOSED);
    dialogue_fixture_clear (&f);
}

static void
test_421_in_answer (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "250 mx.test\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<>" },
        { SCRIPT_SAY, "421 4.7.0 Too much\r\n" },
        { SCRIPT_END },
    };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    assert_mail (&f, "", FALSE, "421 4.7.0 Too much");
    assert_rcpt_fails (&f, "a@b", POSTERN_PROBE_ERROR_CLOSED);
    dialogue_fixture_clear (&f);
}

/* 421 that came before the command was sent is its answer, and the command is not sent. */
static void
test_421_unasked (void)
{
    static const ScriptStep steps[] = {
        GREETING,       HEAR_EHLO, { SCRIPT_SAY, "250 mx.test\r\n421 4.4.2 Timeout\r\n" }, { SCRIPT_HEAR_END },
        { SCRIPT_END },
    };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    assert_mail (&f, "", FALSE, "421 4.4.2 Timeout");
    g_assert_false (postern_smtp_dialogue_is_open (f.dialogue));
    dialogue_fixture_clear (&f);
}

static void
test_out_of_turn (void)
{
    static const ScriptStep steps[] = {
        GREETING, HEAR_EHLO, { SCRIPT_SAY, "250 mx.test\r\n250 2.1.0 Ok\r\n" }, { SCRIPT_HEAR_END }, { SCRIPT_END },
    };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    assert_mail_fails (&f, "", FALSE, POSTERN_PROBE_ERROR_PROTOCOL);
    assert_mail_fails (&f, "", FALSE, POSTERN_PROBE_ERROR_CLOSED);
    dialogue_fixture_clear (&f);
}

static void
test_3yz (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "250 mx.test\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<>" },
        { SCRIPT_SAY, "354 Go\r\n" },
        { SCRIPT_HEAR_END },
        { SCRIPT_END },
    };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    assert_mail_fails (&f, "", FALSE, POSTERN_PROBE_ERROR_PROTOCOL);
    dialogue_fixture_clear (&f);
}

/* Nothing of a bad argument reaches the wire, and the dialogue goes on as if it had not been asked. */
static void
test_injection (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "250-mx.test\r\n250 XCLIENT ADDR NAME HELO\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<>" },
        { SCRIPT_SAY, "250 2.1.0 Ok\r\n" },
        QUIT,
    };
    static const char *const bad[] = {
        "a@b\r\nRCPT TO:<c@d>", "a@b\nDATA", "a@b>\rx", "a@b> BODY=8BITMIME", "a b@c", "<a@b>", "a@b\x01"
    };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
        const PosternSmtpAttribute attributes[] = { { "ADDR", "10.0.0.1" }, { "HELO", bad[i] }, { NULL, NULL } };
        GError *error = NULL;
        PosternSmtpReply *reply;

        assert_mail_fails (&f, bad[i], FALSE, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
        assert_rcpt_fails (&f, bad[i], POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
        reply = postern_smtp_dialogue_hello (f.dialogue, bad[i], f.cancellable, &error);
        dialogue_fixture_assert_error (&f, reply, g_steal_pointer (&error), POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
        /* In xtext a space or “>” does no harm; control characters are refused there too. */
        if (strpbrk (bad[i], "\r\n\x01") == NULL)
            continue;
        reply = postern_smtp_dialogue_xclient (f.dialogue, attributes, f.cancellable, &error);
        dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    }
    assert_rcpt_fails (&f, "", POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    assert_mail (&f, "", FALSE, "250 2.1.0 Ok");
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static void
test_smtputf8 (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "250-mx.test\r\n250 SMTPUTF8\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<x@sender.test>" },
        { SCRIPT_SAY, "250 Ok\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<x@sender.test> SMTPUTF8" },
        { SCRIPT_SAY, "250 Ok\r\n" },
        { SCRIPT_HEAR, "RCPT TO:<оля@пример.рф>" },
        { SCRIPT_SAY, "550 5.1.1 <оля@пример.рф> нет\r\n" },
        { SCRIPT_HEAR, "MAIL FROM:<оля@пример.рф> SMTPUTF8" },
        { SCRIPT_SAY, "250 Ok\r\n" },
        QUIT,
    };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    assert_mail (&f, "x@sender.test", FALSE, "250 Ok");
    assert_rcpt_fails (&f, "оля@пример.рф", POSTERN_PROBE_ERROR_INVALID_ARGUMENT);
    assert_mail (&f, "x@sender.test", TRUE, "250 Ok");
    assert_rcpt (&f, "оля@пример.рф", "550 5.1.1 <оля@пример.рф> нет");
    assert_mail (&f, "оля@пример.рф", FALSE, "250 Ok");
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static void
test_smtputf8_not_offered (void)
{
    static const ScriptStep steps[] = { GREETING, HEAR_EHLO, { SCRIPT_SAY, "250 mx.test\r\n" }, QUIT };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    assert_mail_fails (&f, "оля@пример.рф", FALSE, POSTERN_PROBE_ERROR_NOT_OFFERED);
    assert_mail_fails (&f, "x@sender.test", TRUE, POSTERN_PROBE_ERROR_NOT_OFFERED);
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static const PosternSmtpAttribute as_outsider[] = { { "ADDR", "2001:db8::9" },
                                                    { "NAME", "[UNAVAILABLE]" },
                                                    { NULL, NULL } };

static void
test_xclient (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "250-mx.test\r\n250-STARTTLS\r\n250 XCLIENT NAME ADDR PROTO HELO\r\n" },
        { SCRIPT_HEAR, "XCLIENT ADDR=IPV6:2001:db8::9 NAME=?UNAVAILABLE?" },
        { SCRIPT_SAY, "220 mx.test ESMTP again\r\n" },
        HEAR_EHLO,
        { SCRIPT_SAY, "250 mx.test\r\n" },
        QUIT,
    };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    reply = postern_smtp_dialogue_xclient (f.dialogue, as_outsider, f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "220 mx.test ESMTP again");
    g_assert_false (postern_smtp_capabilities_has (postern_smtp_dialogue_get_capabilities (f.dialogue), "STARTTLS"));
    reply = postern_smtp_dialogue_hello (f.dialogue, "client.test", f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "250 mx.test");
    /* The other client may not use XCLIENT. */
    reply = postern_smtp_dialogue_xclient (f.dialogue, as_outsider, f.cancellable, &error);
    dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_NOT_OFFERED);
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

static void
test_xclient_refused (void)
{
    static const ScriptStep steps[] = {
        GREETING,
        HEAR_EHLO,
        { SCRIPT_SAY, "250-mx.test\r\n250 XCLIENT NAME ADDR\r\n" },
        { SCRIPT_HEAR, "XCLIENT ADDR=*" },
        { SCRIPT_SAY, "554 5.7.1 <unknown[2001:db8::9]>: Client host rejected\r\n" },
        QUIT,
    };
    const PosternSmtpAttribute not_offered[] = { { "ADDR", "10.0.0.1" }, { "LOGIN", "x" }, { NULL, NULL } };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_hello (&f);
    reply = postern_smtp_dialogue_xclient (f.dialogue, not_offered, f.cancellable, &error);
    dialogue_fixture_assert_error (&f, reply, g_steal_pointer (&error), POSTERN_PROBE_ERROR_NOT_OFFERED);
    reply = postern_smtp_dialogue_xclient (f.dialogue, as_outsider, f.cancellable, &error);
    dialogue_fixture_assert_reply (reply, error, "554 5.7.1 <unknown[2001:db8::9]>: Client host rejected");
    g_assert_cmpint (postern_smtp_dialogue_get_stage (f.dialogue), ==, POSTERN_SMTP_STAGE_XCLIENT);
    dialogue_fixture_quit (&f);
    dialogue_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/smtp-dialogue/whole", test_whole);
    g_test_add_func ("/probe/smtp-dialogue/split-packets", test_split_packets);
    g_test_add_func ("/probe/smtp-dialogue/helo", test_helo);
    g_test_add_func ("/probe/smtp-dialogue/hello-refused", test_hello_refused);
    g_test_add_func ("/probe/smtp-dialogue/greeting-refused", test_greeting_refused);
    g_test_add_func ("/probe/smtp-dialogue/421-in-answer", test_421_in_answer);
    g_test_add_func ("/probe/smtp-dialogue/421-unasked", test_421_unasked);
    g_test_add_func ("/probe/smtp-dialogue/out-of-turn", test_out_of_turn);
    g_test_add_func ("/probe/smtp-dialogue/3yz", test_3yz);
    g_test_add_func ("/probe/smtp-dialogue/injection", test_injection);
    g_test_add_func ("/probe/smtp-dialogue/smtputf8", test_smtputf8);
    g_test_add_func ("/probe/smtp-dialogue/smtputf8-not-offered", test_smtputf8_not_offered);
    g_test_add_func ("/probe/smtp-dialogue/xclient", test_xclient);
    g_test_add_func ("/probe/smtp-dialogue/xclient-refused", test_xclient_refused);
    return g_test_run ();
}
