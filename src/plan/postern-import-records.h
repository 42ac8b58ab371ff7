/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import.h"

G_BEGIN_DECLS

/**
 * PosternImportRecords:
 *
 * What an import takes, made into records of a plan, and what has become of them. Making them takes most of an import's
 * time and touches no plan, so that a worker thread can do it; putting them into a plan is quick, and can be undone.
 */
typedef struct _PosternImportRecords PosternImportRecords;

/** postern_import_records_new: may be called in any thread; Returns: (transfer full): what @import takes */
PosternImportRecords *postern_import_records_new (PosternImport *import);
void postern_import_records_free (PosternImportRecords *self);

/**
 * postern_import_records_apply:
 * @self: records that are in no plan yet
 * @plan: the plan that the import was made for
 *
 * Puts the records into @plan. What @plan has got in the meantime stays as it is. Who listens to the plan's lists hears
 * of it once.
 *
 * Returns: how many lines of the import have changed @plan
 */
guint postern_import_records_apply (PosternImportRecords *self, PosternPlan *plan);

/** postern_import_records_undo: takes back from @plan what postern_import_records_apply() has put there, as far as it
 * is still as it was put there */
void postern_import_records_undo (PosternImportRecords *self, PosternPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternImportRecords, postern_import_records_free)

G_END_DECLS
