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
 * Returns: whether the outcome is done; else %FALSE with an error that says what happened
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
