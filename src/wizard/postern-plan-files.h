/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-window.h"

G_BEGIN_DECLS

/*
 * Plan files and reports: asking for a file name, and reading and writing in a worker thread.
 */

/** postern_plan_files_open: asks for a plan file and reads it */
void postern_plan_files_open (PosternWindow *window, GAsyncReadyCallback callback, gpointer user_data);
/** postern_plan_files_load: reads @file */
void postern_plan_files_load (PosternWindow *window, GFile *file, GAsyncReadyCallback callback, gpointer user_data);
/** postern_plan_files_open_finish: of both; @file: (out): which one; Returns: (transfer full) (nullable): the plan */
PosternPlan *postern_plan_files_open_finish (PosternWindow *window, GAsyncResult *result, GFile **file, GError **error);

/** postern_plan_files_save: saves the window's plan; @file: (nullable): where, %NULL: asks */
void postern_plan_files_save (PosternWindow *window, GFile *file, GAsyncReadyCallback callback, gpointer user_data);
/** postern_plan_files_save_finish: Returns: (transfer full) (nullable): where it was saved */
GFile *postern_plan_files_save_finish (PosternWindow *window, GAsyncResult *result, GError **error);

G_END_DECLS
