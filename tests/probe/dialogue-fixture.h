/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "script-server.h"

#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-dialogue.h"

G_BEGIN_DECLS

/* How long a test waits where the server is to keep silent, and where it is not. */
#define FIXTURE_SHORT_MS 150
#define FIXTURE_LONG_MS 20000

/**
 * DialogueFixture:
 * @server: a scripted server
 * @dialogue: a dialogue with it that is not open yet
 * @cancellable: for both
 */
typedef struct {
    ScriptServer *server;
    PosternSmtpDialogue *dialogue;
    GCancellable *cancellable;
} DialogueFixture;

/** dialogue_fixture_init: starts a server with @steps; the dialogue is patient */
void dialogue_fixture_init (DialogueFixture *self, const ScriptStep *steps, GTlsCertificate *certificate);

/** dialogue_fixture_set_patience: how long to wait for a reply from now on, and for everything */
void dialogue_fixture_set_patience (DialogueFixture *self, guint reply_ms, guint overall_ms);

/** dialogue_fixture_clear: closes the dialogue and asserts that the script has been followed to its end */
void dialogue_fixture_clear (DialogueFixture *self);

/** dialogue_fixture_assert_reply: asserts that @reply is @display, with no @error; takes both */
void dialogue_fixture_assert_reply (PosternSmtpReply *reply, GError *error, const char *display);

/** dialogue_fixture_assert_error: asserts that there is no @reply but @error of @code, which names the server and is
 * one sentence; takes both */
void dialogue_fixture_assert_error (DialogueFixture *self, PosternSmtpReply *reply, GError *error,
                                    PosternProbeError code);

/** dialogue_fixture_open: opens, and asserts that the greeting is positive */
void dialogue_fixture_open (DialogueFixture *self);

/** dialogue_fixture_hello: opens and says hello as client.test, and asserts that both are accepted */
void dialogue_fixture_hello (DialogueFixture *self);

/** dialogue_fixture_quit: says QUIT, and asserts that the reply is 221 and the dialogue closed */
void dialogue_fixture_quit (DialogueFixture *self);

G_END_DECLS
