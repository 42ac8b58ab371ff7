/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_RUNBOOK_PROGRESS (postern_runbook_progress_get_type ())

/**
 * PosternRunbookProgress:
 *
 * Which steps of a runbook are done. Kept in a file of the person's state directory ($XDG_STATE_HOME/postern/runbook/),
 * one for each plan; a step stays done for as long as the plan says the same values for it.
 *
 * Signal `changed`: some step became done or undone.
 */
G_DECLARE_FINAL_TYPE (PosternRunbookProgress, postern_runbook_progress, POSTERN, RUNBOOK_PROGRESS, GObject)

/**
 * postern_runbook_progress_new:
 * @plan_name: what tells this plan from others: the URI of its file, or any other name
 *
 * Reads what was done. A file that is missing or damaged is a plan of which nothing is done.
 *
 * Returns: (transfer full): the progress
 */
PosternRunbookProgress *postern_runbook_progress_new (const char *plan_name);

gboolean postern_runbook_progress_is_done (PosternRunbookProgress *self, PosternRunbookStep *step);

/**
 * postern_runbook_progress_set_done:
 * @self: a progress
 * @step: a step
 * @done: whether it is done
 * @error: return location for an error, or %NULL
 *
 * Notes it, and writes it down at once. What another window has noted for the same plan since then is kept.
 *
 * Returns: %FALSE if it could not be written down; it is noted in memory all the same
 */
gboolean postern_runbook_progress_set_done (PosternRunbookProgress *self, PosternRunbookStep *step, gboolean done,
                                            GError **error);

/** postern_runbook_progress_clear: begins anew; Returns: %FALSE if the file could not be removed */
gboolean postern_runbook_progress_clear (PosternRunbookProgress *self, GError **error);

/** postern_runbook_progress_rename: goes on under another name of the plan, such as that of the file it was saved to;
 * Returns: %FALSE if it could not be written down there */
gboolean postern_runbook_progress_rename (PosternRunbookProgress *self, const char *plan_name, GError **error);

/** postern_runbook_progress_count: Returns: how many steps of @runbook are done */
guint postern_runbook_progress_count (PosternRunbookProgress *self, PosternRunbook *runbook);

/** postern_runbook_progress_to_text: Returns: (transfer full): “12 of 31 steps”, translated */
char *postern_runbook_progress_to_text (PosternRunbookProgress *self, PosternRunbook *runbook);

G_END_DECLS
