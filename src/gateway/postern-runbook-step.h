/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include "gateway/postern-runbook-entry.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RUNBOOK_STEP (postern_runbook_step_get_type ())

/**
 * PosternRunbookStep:
 *
 * One thing to do in the web interface, or to try out. Immutable once its runbook is made.
 */
G_DECLARE_FINAL_TYPE (PosternRunbookStep, postern_runbook_step, POSTERN, RUNBOOK_STEP, GObject)

/** postern_runbook_step_get_id: Returns: (transfer none): the step's name, the same in every language and whatever the
 * values are: `domains/example.com`, `verification/save` */
const char *postern_runbook_step_get_id (PosternRunbookStep *self);

/**
 * postern_runbook_step_get_keys:
 * @self: a step
 *
 * What has been done when this step is done: its id, with a mark of the values that are typed in, so that a step is to
 * be done again when the plan says another value. A step for many records has one for each.
 *
 * Returns: (transfer none): them, %NULL-terminated, at least one
 */
const char *const *postern_runbook_step_get_keys (PosternRunbookStep *self);

/** postern_runbook_step_get_path: Returns: (transfer none) (nullable): where in the web interface, “Settings → Built-in
 * MTA → Domains”; %NULL if outside it */
const char *postern_runbook_step_get_path (PosternRunbookStep *self);

/** postern_runbook_step_get_action: Returns: (transfer none): what to do, whole sentences, translated */
const char *postern_runbook_step_get_action (PosternRunbookStep *self);

/** postern_runbook_step_get_entries: Returns: (transfer none) (element-type PosternRunbookEntry): the fields to fill
 * in, maybe none */
GPtrArray *postern_runbook_step_get_entries (PosternRunbookStep *self);

/** postern_runbook_step_get_why: Returns: (transfer none) (nullable): why it matters */
const char *postern_runbook_step_get_why (PosternRunbookStep *self);

/** postern_runbook_step_get_warning: Returns: (transfer none) (nullable): what goes wrong here, with this plan */
const char *postern_runbook_step_get_warning (PosternRunbookStep *self);

G_END_DECLS
