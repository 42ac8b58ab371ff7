/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-push.h"
#include "wizard/postern-push-item.h"
#include "wizard/postern-session.h"
#include "wizard/postern-work-model.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PUSH_RUNNER (postern_push_runner_get_type ())

/**
 * PosternPushRunner:
 *
 * Carries a session's plan out at its gateway, in a worker thread: a #GListModel of #PosternPushItem, what is under way
 * and how it ended. Afterwards the session has what was last read from the gateway. A push that was interrupted is
 * found by its journal, and finished, undone or given up. No widget.
 *
 * Properties, all read-only: `running`, `outcome` (#PosternPushOutcome, none before the end), `what-happened`,
 * `what-is-live`, `what-to-do` (strings, nullable), `interrupted` (whether there is a push to answer for before the
 * next).
 *
 * Signal `looked`: postern_push_runner_look() has come to an end.
 */
G_DECLARE_FINAL_TYPE (PosternPushRunner, postern_push_runner, POSTERN, PUSH_RUNNER, PosternWorkModel)

PosternPushRunner *postern_push_runner_new (PosternSession *session);

/** postern_push_runner_look: looks for a push to the session's gateway that was interrupted; `looked` says when that is
 * known, `interrupted` whether there is one */
void postern_push_runner_look (PosternPushRunner *self);

/** postern_push_runner_start: begins, or begins again */
void postern_push_runner_start (PosternPushRunner *self);

/**
 * postern_push_runner_resume:
 * @self: a runner that has found an interrupted push
 * @gateway: the gateway to tell
 * @undo: whether to take back what was done, else to do what is missing
 */
void postern_push_runner_resume (PosternPushRunner *self, PosternGateway *gateway, gboolean undo);

/** postern_push_runner_give_up: forgets the interrupted push; whatever the gateway has stays. Returns: %FALSE with an
 * error if that is not possible */
gboolean postern_push_runner_give_up (PosternPushRunner *self, GError **error);

/** postern_push_runner_stop: ends it before its next step; @undo: whether what was done by then is taken back. Does not
 * wait: `running` says when it has ended, and `outcome` how */
void postern_push_runner_stop (PosternPushRunner *self, gboolean undo);

/** postern_push_runner_get_journal: Returns: (transfer none) (nullable): the journal of the interrupted push; %NULL if
 * there is none, or if it cannot be read */
PosternJournal *postern_push_runner_get_journal (PosternPushRunner *self);
gboolean postern_push_runner_get_interrupted (PosternPushRunner *self);
/** postern_push_runner_get_their_changes: Returns: (transfer none) (nullable) (element-type PosternChange): after a
 * conflict, what someone else has changed */
GPtrArray *postern_push_runner_get_their_changes (PosternPushRunner *self);
gboolean postern_push_runner_get_running (PosternPushRunner *self);
PosternPushOutcome postern_push_runner_get_outcome (PosternPushRunner *self);
const char *postern_push_runner_get_what_happened (PosternPushRunner *self);
/** postern_push_runner_get_changes: Returns: (transfer none) (nullable) (element-type PosternChange): what it was to
 * change */
GPtrArray *postern_push_runner_get_changes (PosternPushRunner *self);

/** postern_push_runner_to_text: Returns: (transfer full): every step and what was answered, to copy */
char *postern_push_runner_to_text (PosternPushRunner *self);

G_END_DECLS
