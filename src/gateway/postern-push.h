/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "gateway/postern-push-step.h"
#include "plan/postern-change.h"

G_BEGIN_DECLS

/**
 * PosternPushOutcome:
 * @POSTERN_PUSH_OUTCOME_NONE: it has not ended
 * @POSTERN_PUSH_OUTCOME_DONE: the gateway has what the plan says; it was read back
 * @POSTERN_PUSH_OUTCOME_UNTOUCHED: it ended before anything was written
 * @POSTERN_PUSH_OUTCOME_CONFLICT: nothing was written, because someone else changed the gateway since the person's
 * review
 * @POSTERN_PUSH_OUTCOME_UNDONE: writing failed or was taken back; the gateway has what it had before; it was read back
 * @POSTERN_PUSH_OUTCOME_STUCK: neither, or it cannot be asked; the texts say what is known
 */
typedef enum {
    POSTERN_PUSH_OUTCOME_NONE,
    POSTERN_PUSH_OUTCOME_DONE,
    POSTERN_PUSH_OUTCOME_UNTOUCHED,
    POSTERN_PUSH_OUTCOME_CONFLICT,
    POSTERN_PUSH_OUTCOME_UNDONE,
    POSTERN_PUSH_OUTCOME_STUCK,
} PosternPushOutcome;

#define POSTERN_TYPE_PUSH_OUTCOME (postern_push_outcome_get_type ())
GType postern_push_outcome_get_type (void) G_GNUC_CONST;

/**
 * PosternPushStop:
 * @POSTERN_PUSH_STOP_ANYHOW: what a gateway that is told record by record has done is taken back; what one that is told
 * as a whole has carried out already stays
 * @POSTERN_PUSH_STOP_UNDO: whatever was done is taken back
 * @POSTERN_PUSH_STOP_KEEP: whatever was done is kept
 *
 * What becomes of a push that is cancelled.
 */
typedef enum {
    POSTERN_PUSH_STOP_ANYHOW,
    POSTERN_PUSH_STOP_UNDO,
    POSTERN_PUSH_STOP_KEEP,
} PosternPushStop;

#define POSTERN_TYPE_PUSH (postern_push_get_type ())

/**
 * PosternPush:
 *
 * Brings a gateway to a plan: reads, compares, writes, reads back. It says “done” only of what it has read back.
 * Runs once. Confined to one thread at a time: make it here, run it there, look at it here afterwards.
 *
 * Signal `progress` (#PosternPushStep): emitted in the thread that runs the push, during postern_push_run(). A step is
 * immutable and may be handed to the main context.
 */
G_DECLARE_FINAL_TYPE (PosternPush, postern_push, POSTERN, PUSH, GObject)

/**
 * postern_push_new:
 * @gateway: whom to tell
 * @plan: what it shall have; a copy is made
 * @expected_revision: (nullable): the revision whose changes the person reviewed; %NULL if nobody reviewed and whatever
 * the gateway has may be replaced
 *
 * Returns: (transfer full): a push that has not begun
 */
PosternPush *postern_push_new (PosternGateway *gateway, PosternPlan *plan, const char *expected_revision);

/**
 * postern_push_new_restore:
 * @gateway: whom to tell
 * @revision: the revision whose configuration shall be live again
 * @expected_revision: (nullable): as in postern_push_new()
 *
 * Returns: (transfer full): a push that has not begun; its plan is what the gateway has under @revision
 */
PosternPush *postern_push_new_restore (PosternGateway *gateway, const char *revision, const char *expected_revision);

/**
 * postern_push_new_resume:
 * @gateway: whom to tell
 * @journal: of a push to it that was interrupted
 * @undo: whether what was done is to be taken back, else what is missing is to be done
 *
 * Returns: (transfer full): a push that has not begun. It ends well in the outcome done or, with @undo, undone; the
 * journal is gone then. Anything else leaves the journal where it is
 */
PosternPush *postern_push_new_resume (PosternGateway *gateway, PosternJournal *journal, gboolean undo);

/**
 * postern_push_keep_journal:
 * @self: a push that has not begun
 * @pin: (nullable): the fingerprint by which the gateway is trusted, so that it can be reached after an interruption
 * @user: (nullable): the user at a Proxmox Mail Gateway, likewise
 *
 * Has the push write down what it is about to do, on this computer, before it does it (#PosternJournal). An earlier
 * push to the same gateway that was interrupted has to be finished, undone or given up first: with a journal of it the
 * outcome is untouched, with %POSTERN_GATEWAY_ERROR_INTERRUPTED; while one is running, %POSTERN_GATEWAY_ERROR_BUSY.
 */
void postern_push_keep_journal (PosternPush *self, const char *pin, const char *user);

/** postern_push_set_when_stopped: says what becomes of @self when it is cancelled; may be called from any thread, also
 * while it runs. To keep what a gateway that is told record by record has done needs a journal */
void postern_push_set_when_stopped (PosternPush *self, PosternPushStop what);

/**
 * postern_push_set_reviewed:
 * @self: a push that has not begun
 * @reviewed: what the gateway had at the person's review; a copy is made
 *
 * With it a conflict can be told as what others changed, even at a gateway that keeps no old revisions.
 */
void postern_push_set_reviewed (PosternPush *self, PosternPlan *reviewed);

/**
 * postern_push_run:
 * @self: a push that has not begun
 * @cancellable: (nullable): stops it before the next step. If the gateway is being told at that moment, it is asked
 *   afterwards which configuration it has, and the outcome says so
 * @error: return location for an error, or %NULL
 *
 * Blocks, in bounded time.
 *
 * Returns: whether the outcome is what was wanted: done (undone, if an interrupted push was to be undone); else %FALSE
 * with an error that says what happened
 */
gboolean postern_push_run (PosternPush *self, GCancellable *cancellable, GError **error);

PosternPushOutcome postern_push_get_outcome (PosternPush *self);
/** postern_push_get_revision: Returns: (transfer none) (nullable): the revision that the gateway had when it was last
 * read */
const char *postern_push_get_revision (PosternPush *self);
/** postern_push_get_changes: Returns: (transfer none) (nullable) (element-type PosternChange): what it was to change;
 * %NULL before it was compared */
GPtrArray *postern_push_get_changes (PosternPush *self);
/** postern_push_get_their_changes: Returns: (transfer none) (nullable) (element-type PosternChange): after a conflict,
 * what someone else changed; %NULL if that cannot be known */
GPtrArray *postern_push_get_their_changes (PosternPush *self);

/** postern_push_get_journal: Returns: (transfer none) (nullable): of an ended push: the journal, if something may be
 * left to finish or to undo */
PosternJournal *postern_push_get_journal (PosternPush *self);

/*
 * The three texts of an ended push, translated, whole sentences (the wizard shows them in this order).
 */
/** postern_push_get_what_happened: Returns: (transfer none) (nullable): what happened */
const char *postern_push_get_what_happened (PosternPush *self);
/** postern_push_get_what_is_live: Returns: (transfer none) (nullable): what the gateway does now */
const char *postern_push_get_what_is_live (PosternPush *self);
/** postern_push_get_what_to_do: Returns: (transfer none) (nullable): what can be done; %NULL when nothing needs to be
 */
const char *postern_push_get_what_to_do (PosternPush *self);

G_END_DECLS
