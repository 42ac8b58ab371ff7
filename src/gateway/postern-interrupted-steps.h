/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-journal.h"

G_BEGIN_DECLS

/**
 * PosternInterruptedStep:
 * @POSTERN_INTERRUPTED_STEP_DONE: it was carried out: the one after it was begun
 * @POSTERN_INTERRUPTED_STEP_UNCERTAIN: it was begun, or was being taken back, and only the gateway knows
 * @POSTERN_INTERRUPTED_STEP_WAITING: it was not begun
 *
 * What the journal of an interrupted push says of a step.
 */
typedef enum {
    POSTERN_INTERRUPTED_STEP_DONE,
    POSTERN_INTERRUPTED_STEP_UNCERTAIN,
    POSTERN_INTERRUPTED_STEP_WAITING,
} PosternInterruptedStep;

/**
 * postern_interrupted_steps_list:
 * @journal: of a push that was interrupted
 * @which: of which steps
 *
 * Returns: (transfer full) (array zero-terminated=1): what the steps of which the journal says this would do, in order,
 * for a person, in the language in which they were written down. Of a gateway that is told as a whole there are none
 */
char **postern_interrupted_steps_list (PosternJournal *journal, PosternInterruptedStep which);

G_END_DECLS
