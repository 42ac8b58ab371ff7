/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-import-records.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_IMPORT_DIALOG (postern_import_dialog_get_type ())

/**
 * PosternImportDialog:
 *
 * Takes domains or networks from a file that is chosen, dropped or pasted: shows what becomes of each line, and adds
 * nothing before that is agreed to.
 *
 * Signal `agreed` (PosternImportRecords *records): what is to be added; it belongs to the dialog, see
 * postern_import_dialog_steal_records(). The dialog closes afterwards.
 */
G_DECLARE_FINAL_TYPE (PosternImportDialog, postern_import_dialog, POSTERN, IMPORT_DIALOG, AdwDialog)

/** postern_import_dialog_new: @wanted: domains or networks; @plan: the plan that they are for, which is only looked at
 */
PosternImportDialog *postern_import_dialog_new (PosternImportWanted wanted, PosternPlan *plan);

/** postern_import_dialog_load: reads a file, and shows what is in it */
void postern_import_dialog_load (PosternImportDialog *self, GFile *file);

/** postern_import_dialog_read_text: reads what was pasted or dropped, and shows what is in it */
void postern_import_dialog_read_text (PosternImportDialog *self, const char *text);

/** postern_import_dialog_take_drop: reads what was dropped: a file, the first of several, or a text; Returns: whether
 * @value is one of these */
gboolean postern_import_dialog_take_drop (PosternImportDialog *self, const GValue *value);

/** postern_import_dialog_make_drop_target: Returns: (transfer full): what takes drops of the kinds that
 * postern_import_dialog_take_drop() can read; its `drop` is to be connected */
GtkDropTarget *postern_import_dialog_make_drop_target (void);

/** postern_import_dialog_steal_records: Returns: (transfer full) (nullable): what was agreed to */
PosternImportRecords *postern_import_dialog_steal_records (PosternImportDialog *self);

G_END_DECLS
