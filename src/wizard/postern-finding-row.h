/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "plan/postern-findings.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_FINDING_ROW (postern_finding_row_get_type ())

/**
 * PosternFindingRow:
 *
 * A finding: how bad it is, what it is, and its cure as a button; if asked for, a link to the page that it is about. In
 * a #GtkListBox it is the child of a row.
 *
 * Properties: `finding` (#PosternFinding), `plan` (#PosternPlan, what the cure changes), `page-link` (whether to show
 * the link).
 *
 * Signals:
 * - `cure` (#PosternFinding) → boolean: the cure's button was pressed. Who returns %TRUE has done it; else
 * postern_cure_apply() does.
 * - `show-page` (#PosternSection): the link was pressed.
 */
G_DECLARE_FINAL_TYPE (PosternFindingRow, postern_finding_row, POSTERN, FINDING_ROW, GtkBox)

GtkWidget *postern_finding_row_new (PosternFinding *finding, PosternPlan *plan);

PosternFinding *postern_finding_row_get_finding (PosternFindingRow *self);

G_END_DECLS
