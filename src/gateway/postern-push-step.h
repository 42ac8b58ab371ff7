/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PosternPushState:
 * @POSTERN_PUSH_STATE_READING: the gateway is asked what it has
 * @POSTERN_PUSH_STATE_COMPARING: that is compared with the plan, and with what the person reviewed
 * @POSTERN_PUSH_STATE_WRITING: the gateway is told (step k of n)
 * @POSTERN_PUSH_STATE_READING_BACK: the gateway is asked again
 * @POSTERN_PUSH_STATE_DONE: it has what the plan says
 * @POSTERN_PUSH_STATE_UNDOING: what was written is taken back
 * @POSTERN_PUSH_STATE_UNDONE: the gateway has what it had before
 * @POSTERN_PUSH_STATE_STUCK: neither, or it cannot be asked
 */
typedef enum {
    POSTERN_PUSH_STATE_READING,
    POSTERN_PUSH_STATE_COMPARING,
    POSTERN_PUSH_STATE_WRITING,
    POSTERN_PUSH_STATE_READING_BACK,
    POSTERN_PUSH_STATE_DONE,
    POSTERN_PUSH_STATE_UNDOING,
    POSTERN_PUSH_STATE_UNDONE,
    POSTERN_PUSH_STATE_STUCK,
} PosternPushState;

#define POSTERN_TYPE_PUSH_STATE (postern_push_state_get_type ())
GType postern_push_state_get_type (void) G_GNUC_CONST;

/** PosternPushResult: how far a step is */
typedef enum {
    POSTERN_PUSH_RESULT_WORKING,
    POSTERN_PUSH_RESULT_DONE,
    POSTERN_PUSH_RESULT_FAILED,
} PosternPushResult;

#define POSTERN_TYPE_PUSH_RESULT (postern_push_result_get_type ())
GType postern_push_result_get_type (void) G_GNUC_CONST;

#define POSTERN_TYPE_PUSH_STEP (postern_push_step_get_type ())

/**
 * PosternPushStep:
 *
 * One event of a push: each step comes twice, first working, then done or failed; the last event of all is one of done,
 * undone and stuck. Immutable; may be handed to another thread.
 *
 * Properties (construct-only): `state`, `result`, `k`, `n`, `text`, `answer`.
 */
G_DECLARE_FINAL_TYPE (PosternPushStep, postern_push_step, POSTERN, PUSH_STEP, GObject)

PosternPushStep *postern_push_step_new (PosternPushState state, PosternPushResult result, guint k, guint n,
                                        const char *text, const char *answer);

PosternPushState postern_push_step_get_state (PosternPushStep *self);
PosternPushResult postern_push_step_get_result (PosternPushStep *self);
/** postern_push_step_get_k: Returns: the number of the step within its state, from 1 on */
guint postern_push_step_get_k (PosternPushStep *self);
/** postern_push_step_get_n: Returns: how many steps its state has */
guint postern_push_step_get_n (PosternPushStep *self);
/** postern_push_step_get_text: Returns: (transfer none): what is being done, for a person, translated */
const char *postern_push_step_get_text (PosternPushStep *self);
/** postern_push_step_get_answer: Returns: (transfer none) (nullable): what the gateway answered; %NULL while it works
 */
const char *postern_push_step_get_answer (PosternPushStep *self);

G_END_DECLS
