/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "gateway/postern-runbook-progress.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RUNBOOK_ROW (postern_runbook_row_get_type ())

/** PosternRunbookRow: a step of a runbook with its check button, its values, and why it matters */
G_DECLARE_FINAL_TYPE (PosternRunbookRow, postern_runbook_row, POSTERN, RUNBOOK_ROW, AdwPreferencesRow)

GtkWidget *postern_runbook_row_new (PosternRunbookStep *step, PosternRunbookProgress *progress);

G_END_DECLS
