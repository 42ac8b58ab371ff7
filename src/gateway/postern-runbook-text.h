/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook.h"

G_BEGIN_DECLS

/** postern_runbook_to_text: Returns: (transfer full): all of @self to read in a terminal or to print: UTF-8, lines of
 * at most 78 characters (values are never broken), a box to tick for each step */
char *postern_runbook_to_text (PosternRunbook *self);

/** postern_runbook_severity_title: Returns: (transfer none): “Error”, “Warning” or “Note”, translated; for all writers
 */
const char *postern_runbook_severity_title (PosternSeverity severity);

/** postern_runbook_introduce: Returns: (transfer full): “@name:”, as the language sets its colon; for all writers */
char *postern_runbook_introduce (const char *name);

/** postern_runbook_step_say_warning: Returns: (transfer full) (nullable): “Warning: …”, translated; for all writers */
char *postern_runbook_step_say_warning (PosternRunbookStep *step);
/** postern_runbook_step_say_why: Returns: (transfer full) (nullable): “Why: …”, translated; for all writers */
char *postern_runbook_step_say_why (PosternRunbookStep *step);

G_END_DECLS
