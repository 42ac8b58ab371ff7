/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_RECORD_PROBLEMS (postern_record_problems_get_type ())

/**
 * PosternRecordProblems:
 *
 * The lines of a text of many records that were not added, each with the reason. Hidden while there are none, or once
 * **Dismiss** has been pressed.
 *
 * Signal `dismissed`.
 */
G_DECLARE_FINAL_TYPE (PosternRecordProblems, postern_record_problems, POSTERN, RECORD_PROBLEMS, AdwPreferencesGroup)

/** postern_record_problems_show: @problems: (element-type PosternRecordProblem): what to list; announced */
void postern_record_problems_show (PosternRecordProblems *self, GPtrArray *problems);

G_END_DECLS
