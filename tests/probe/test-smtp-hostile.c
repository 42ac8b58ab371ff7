/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue-fixture.h"

#include <string.h>

/*
 * Servers that do not do what a server should, at every step of a dialogue: each script leads up to one step, and then
 * something happens there.
 */

/* Counts from the opening, so it must leave time for that. */
#define OVERALL_MS 2000

static const PosternSmtpAttribute as_outsider[] = { { "ADDR", "203.0.113.9" }, { NULL, NULL } };

typedef enum {
    STEP_OPEN,
    STEP_HELLO,
    STEP_XCLIENT,
    STEP_MAIL,
    STEP_RCPT,
    STEP_RSET,
    STEP_QUIT,
    N_STEPS,
} Step;

/* What the server hears and, if all is well, says at each step. */
static const char *const hears[N_STEPS] = { NULL, "EHLO *", "XCLIENT *", "MAIL FROM:*", "RCPT TO:*", "RSET", "QUIT" };
static const char *const says[N_STEPS] = {
    "220 mx.test ESMTP\r\n", "250-mx.test\r\n250 XCLIENT ADDR\r\n",
    "220 mx.test ESMTP\r\n", "250 2.1.0 Ok\r\n",
    "250 2.1.5 Ok\r\n",      "250 2.0.0 Ok\r\n",
    "221 2.0.0 Bye\r\n",
};

static PosternSmtpReply *
take_step (DialogueFixture *f, Step step, GError **error)
{
    switch (step) {
    case STEP_OPEN:
        return postern_smtp_dialogue_open (f->dialogue, f->cancellable, error);
    case STEP_HELLO:
        return postern_smtp_dialogue_hello (f->dialogue, "client.test", f->cancellable, error);
    case STEP_XCLIENT:
        return postern_smtp_dialogue_xclient (f->dialogue, as_outsider, f->cancellable, error);
    case STEP_MAIL:
        return postern_smtp_dialogue_mail_from (f->dialogue, "", FALSE, f->cancellable, error);
    case STEP_RCPT:
        return postern_smtp_dialogue_rcpt_to (f->dialogue, "a@example.com", f->cancellable, error);
    case STEP_RSET:
        return postern_smtp_dialogue_rset (f->dialogue, f->cancellable, error);
    case STEP_QUIT:
        return postern_smtp_dialogue_quit (f->dialogue, f->cancellable, error);
    case N_STEPS:
        break;
    }
    g_assert_not_reached ();
}

/* The script of a server that behaves until it has heard @last, and then does @tail. */
static GArray *
make_script (Step last, const ScriptStep *tail)
{
    GArray *script = g_array_new (TRUE, TRUE, sizeof (ScriptStep));

    for (Step step = STEP_OPEN; step <= last; step++) {
        ScriptStep hear = { SCRIPT_HEAR, hears[step] };
        ScriptStep say = { SCRIPT_SAY, says[step] };

        if (hears[step] != NULL)
            g_array_append_val (script, hear);
        if (step < last)
            g_array_append_val (script, say);
    }
    for (; tail->action != SCRIPT_END; tail++)
        g_array_append_val (script, *tail);
    return script;
}

/* Goes up to @last without trouble; then the dialogue must fail with @code of @domain and be closed. */
static void
assert_fails_at (Step last, const ScriptStep *tail, guint reply_ms, GQuark domain, int code)
{
    g_autoptr (GArray) script = make_script (last, tail);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = NULL;
    DialogueFixture f;

    dialogue_fixture_init (&f, (const ScriptStep *)(gpointer)script->data, NULL);
    for (Step step = STEP_OPEN; step < last; step++) {
        g_autoptr (PosternSmtpReply) good = take_step (&f, step, &error);

        g_assert_no_error (error);
        g_assert_true (postern_smtp_reply_is_positive (good));
    }
    dialogue_fixture_set_patience (&f, reply_ms, FIXTURE_LONG_MS);
    reply = take_step (&f, last, &error);
    g_assert_null (reply);
    g_assert_error (error, domain, code);
    g_test_message ("%s", error->message);
    if (domain == POSTERN_PROBE_ERROR)
        g_assert_nonnull (strstr (error->message, postern_smtp_dialogue_get_server (f.dialogue)));
    g_assert_false (postern_smtp_dialogue_is_open (f.dialogue));
    dialogue_fixture_clear (&f);
}

static void
assert_fails_everywhere (const ScriptStep *tail, guint reply_ms, PosternProbeError code)
{
    for (Step step = STEP_OPEN; step < N_STEPS; step++)
        assert_fails_at (step, tail, reply_ms, POSTERN_PROBE_ERROR, code);
}

static void
test_close (void)
{
    static const ScriptStep tail[] = { { SCRIPT_END } };

    assert_fails_everywhere (tail, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_CLOSED);
}

static void
test_close_in_reply (void)
{
    static const ScriptStep in_line[] = { { SCRIPT_SAY, "250 2.0" }, { SCRIPT_END } };
    static const ScriptStep between_lines[] = { { SCRIPT_SAY, "250-2.0.0 Ok\r\n" }, { SCRIPT_END } };

    assert_fails_everywhere (in_line, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_CLOSED);
    assert_fails_everywhere (between_lines, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_CLOSED);
}

static void
test_silence (void)
{
    static const ScriptStep tail[] = { { SCRIPT_HOLD }, { SCRIPT_END } };

    assert_fails_everywhere (tail, FIXTURE_SHORT_MS, POSTERN_PROBE_ERROR_TIMED_OUT);
}

/* A byte now and then does not buy time. */
static void
test_trickle (void)
{
    static const ScriptStep byte[] = { { SCRIPT_SAY, "250 " }, { SCRIPT_TRICKLE, "x" }, { SCRIPT_END } };
    static const ScriptStep line[] = { { SCRIPT_TRICKLE, "250-x\r\n" }, { SCRIPT_END } };

    assert_fails_everywhere (byte, FIXTURE_SHORT_MS, POSTERN_PROBE_ERROR_TIMED_OUT);
    assert_fails_everywhere (line, FIXTURE_SHORT_MS, POSTERN_PROBE_ERROR_TIMED_OUT);
}

static void
test_overall_time (void)
{
    static const ScriptStep steps[] = {
        { SCRIPT_SAY, "220 mx.test\r\n" }, { SCRIPT_HEAR, "EHLO *" }, { SCRIPT_HOLD }, { SCRIPT_END }
    };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;
    gint64 start;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_open (&f);
    start = g_get_monotonic_time ();
    dialogue_fixture_set_patience (&f, FIXTURE_LONG_MS, OVERALL_MS);
    reply = postern_smtp_dialogue_hello (f.dialogue, "client.test", f.cancellable, &error);
    dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_TIMED_OUT);
    g_assert_cmpint ((g_get_monotonic_time () - start) / 1000, <, FIXTURE_LONG_MS / 2);
    dialogue_fixture_clear (&f);
}

static void
test_endless (void)
{
    static const ScriptStep endless_line[] = { { SCRIPT_FLOOD, "250 all work and no play makes a dull line" },
                                               { SCRIPT_END } };
    static const ScriptStep endless_lines[] = { { SCRIPT_FLOOD, "250-x\r\n" }, { SCRIPT_END } };
    static const ScriptStep empty_lines[] = { { SCRIPT_SAY, "250-x\r\n" },
                                              { SCRIPT_FLOOD, "250-\r\n" },
                                              { SCRIPT_END } };

    assert_fails_everywhere (endless_line, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_TOO_MUCH);
    assert_fails_everywhere (endless_lines, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_TOO_MUCH);
    assert_fails_everywhere (empty_lines, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_TOO_MUCH);
}

/* Valid replies, one after the other, faster than anyone asks. */
static void
test_pipelined_garbage (void)
{
    static const ScriptStep steps[] = { { SCRIPT_SAY, "220 mx.test\r\n" },
                                        { SCRIPT_FLOOD, "250 Ok\r\n" },
                                        { SCRIPT_END } };
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply = NULL;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_open (&f);
    /* The flood is on its way: as soon as some of it is here before a command is sent, it is noticed. */
    do {
        g_clear_pointer (&reply, postern_smtp_reply_unref);
        reply = postern_smtp_dialogue_rset (f.dialogue, f.cancellable, &error);
    } while (reply != NULL);
    dialogue_fixture_assert_error (&f, reply, error, POSTERN_PROBE_ERROR_PROTOCOL);
    dialogue_fixture_clear (&f);
}

static void
test_not_smtp (void)
{
    static const ScriptStep ssh[] = { { SCRIPT_SAY, "SSH-2.0-OpenSSH_9.2\r\n" }, { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep mixed[] = { { SCRIPT_SAY, "250-a\r\n550 b\r\n" }, { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep binary[] = { { SCRIPT_SAY, "\x16\x03\x01\x02\n" }, { SCRIPT_HOLD }, { SCRIPT_END } };

    assert_fails_everywhere (ssh, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_PROTOCOL);
    assert_fails_everywhere (mixed, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_PROTOCOL);
    assert_fails_everywhere (binary, FIXTURE_LONG_MS, POSTERN_PROBE_ERROR_PROTOCOL);
}

/* From another thread, at the moment when the server has heard the command and the client waits. */
static void
test_cancel (void)
{
    static const ScriptStep silent[] = { { SCRIPT_CANCEL }, { SCRIPT_HOLD }, { SCRIPT_END } };
    static const ScriptStep in_reply[] = {
        { SCRIPT_SAY, "250-2.0.0 O" }, { SCRIPT_CANCEL }, { SCRIPT_HOLD }, { SCRIPT_END }
    };

    for (Step step = STEP_OPEN; step < N_STEPS; step++) {
        assert_fails_at (step, silent, FIXTURE_LONG_MS, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        assert_fails_at (step, in_reply, FIXTURE_LONG_MS, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* What is begun after the cancellation says nothing. */
static void
test_cancelled_before (void)
{
    static const ScriptStep steps[] = { { SCRIPT_SAY, "220 mx.test\r\n" }, { SCRIPT_HEAR_END }, { SCRIPT_END } };
    DialogueFixture f;

    dialogue_fixture_init (&f, steps, NULL);
    dialogue_fixture_open (&f);
    g_cancellable_cancel (f.cancellable);
    for (Step step = STEP_HELLO; step < N_STEPS; step++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (PosternSmtpReply) reply = take_step (&f, step, &error);

        g_assert_null (reply);
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
    dialogue_fixture_clear (&f);
}

/* A port on which nothing listens: bound, so that nobody else gets it, but not listening. */
static GSocket *
bind_dead_port (guint16 *port)
{
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
    g_autoptr (GSocketAddress) bound = NULL;
    g_autoptr (GError) error = NULL;
    GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

    g_assert_no_error (error);
    g_assert_true (g_socket_bind (socket, any_port, FALSE, NULL));
    bound = g_socket_get_local_address (socket, NULL);
    *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
    return socket;
}

static void
assert_open_fails (PosternSmtpDialogue *dialogue, GCancellable *cancellable, GQuark domain, int code)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = postern_smtp_dialogue_open (dialogue, cancellable, &error);

    g_assert_null (reply);
    g_assert_error (error, domain, code);
    g_test_message ("%s", error->message);
    g_assert_false (postern_smtp_dialogue_is_open (dialogue));
}

static void
test_no_connection (void)
{
    guint16 port;
    g_autoptr (GSocket) socket = bind_dead_port (&port);
    g_autoptr (GCancellable) cancelled = g_cancellable_new ();
    g_autoptr (GInetAddress) elsewhere = g_inet_address_new_from_string ("203.0.113.9");
    g_autoptr (PosternSmtpDialogue) refused = postern_smtp_dialogue_new ("127.0.0.1", port);
    g_autoptr (PosternSmtpDialogue) too_late = postern_smtp_dialogue_new ("127.0.0.1", port);
    g_autoptr (PosternSmtpDialogue) from_elsewhere = postern_smtp_dialogue_new ("127.0.0.1", port);

    g_cancellable_cancel (cancelled);
    assert_open_fails (refused, NULL, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_REFUSED);
    assert_open_fails (too_late, cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    postern_smtp_dialogue_set_local_address (from_elsewhere, elsewhere);
    assert_open_fails (from_elsewhere, NULL, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_UNREACHABLE);
}

/* The server sees the address that the client was told to use. */
static void
test_local_address (void)
{
    static const ScriptStep steps[] = { { SCRIPT_SAY, "220 mx.test\r\n" },
                                        { SCRIPT_HEAR, "EHLO ?127.0.0.2?" },
                                        { SCRIPT_SAY, "250 mx.test\r\n" },
                                        { SCRIPT_END } };
    g_autoptr (GInetAddress) local = g_inet_address_new_from_string ("127.0.0.2");
    g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    DialogueFixture f;
    GError *error = NULL;
    PosternSmtpReply *reply;

    dialogue_fixture_init (&f, steps, NULL);
    postern_smtp_dialogue_set_local_address (f.dialogue, local);
    postern_smtp_dialogue_set_address (f.dialogue, address);
    dialogue_fixture_open (&f);
    reply = postern_smtp_dialogue_hello (f.dialogue, NULL, NULL, &error);
    dialogue_fixture_assert_reply (reply, error, "250 mx.test");
    dialogue_fixture_clear (&f);
}

int
main (int argc, char *argv[])
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/probe/smtp-hostile/close", test_close);
    g_test_add_func ("/probe/smtp-hostile/close-in-reply", test_close_in_reply);
    g_test_add_func ("/probe/smtp-hostile/silence", test_silence);
    g_test_add_func ("/probe/smtp-hostile/trickle", test_trickle);
    g_test_add_func ("/probe/smtp-hostile/overall-time", test_overall_time);
    g_test_add_func ("/probe/smtp-hostile/endless", test_endless);
    g_test_add_func ("/probe/smtp-hostile/pipelined-garbage", test_pipelined_garbage);
    g_test_add_func ("/probe/smtp-hostile/not-smtp", test_not_smtp);
    g_test_add_func ("/probe/smtp-hostile/cancel", test_cancel);
    g_test_add_func ("/probe/smtp-hostile/cancelled-before", test_cancelled_before);
    g_test_add_func ("/probe/smtp-hostile/no-connection", test_no_connection);
    g_test_add_func ("/probe/smtp-hostile/local-address", test_local_address);
    return g_test_run ();
}
