/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue-fixture.h"

#include <string.h>

void
dialogue_fixture_set_patience (DialogueFixture *self, guint reply_ms, guint overall_ms)
{
    PosternSmtpTimeouts timeouts = { FIXTURE_LONG_MS, reply_ms, overall_ms };

    postern_smtp_dialogue_set_timeouts (self->dialogue, &timeouts);
}

void
dialogue_fixture_init (DialogueFixture *self, const ScriptStep *steps, GTlsCertificate *certificate)
{
    self->cancellable = g_cancellable_new ();
    self->server = script_server_start (steps, certificate, self->cancellable);
    self->dialogue = postern_smtp_dialogue_new ("127.0.0.1", script_server_get_port (self->server));
    dialogue_fixture_set_patience (self, FIXTURE_LONG_MS, FIXTURE_LONG_MS);
}

void
dialogue_fixture_clear (DialogueFixture *self)
{
    g_assert_finalize_object (self->dialogue);
    script_server_finish (self->server);
    g_clear_object (&self->cancellable);
}

void
dialogue_fixture_assert_reply (PosternSmtpReply *reply, GError *error, const char *display)
{
    g_assert_no_error (error);
    g_assert_nonnull (reply);
    g_assert_cmpstr (postern_smtp_reply_get_display (reply), ==, display);
    postern_smtp_reply_unref (reply);
}

void
dialogue_fixture_assert_error (DialogueFixture *self, PosternSmtpReply *reply, GError *error, PosternProbeError code)
{
    g_assert_null (reply);
    g_assert_error (error, POSTERN_PROBE_ERROR, (int)code);
    g_test_message ("%s", error->message);
    if (code != POSTERN_PROBE_ERROR_INVALID_ARGUMENT)
        g_assert_nonnull (strstr (error->message, postern_smtp_dialogue_get_server (self->dialogue)));
    g_assert_null (strpbrk (error->message, "\r\n"));
    g_error_free (error);
}

void
dialogue_fixture_open (DialogueFixture *self)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = postern_smtp_dialogue_open (self->dialogue, self->cancellable, &error);

    g_assert_no_error (error);
    g_assert_true (postern_smtp_reply_is_positive (reply));
    g_assert_true (postern_smtp_dialogue_is_open (self->dialogue));
}

void
dialogue_fixture_hello (DialogueFixture *self)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = NULL;

    dialogue_fixture_open (self);
    reply = postern_smtp_dialogue_hello (self->dialogue, "client.test", self->cancellable, &error);
    g_assert_no_error (error);
    g_assert_true (postern_smtp_reply_is_positive (reply));
}

void
dialogue_fixture_quit (DialogueFixture *self)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) reply = postern_smtp_dialogue_quit (self->dialogue, self->cancellable, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (postern_smtp_reply_get_code (reply), ==, 221);
    g_assert_false (postern_smtp_dialogue_is_open (self->dialogue));
}
