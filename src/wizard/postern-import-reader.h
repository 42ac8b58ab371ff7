/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import-records.h"

G_BEGIN_DECLS

/**
 * PosternImportReading:
 * @import: the preview
 * @records: what it takes, ready to be put into the plan
 *
 * What reading a file for an import comes to.
 */
typedef struct {
    PosternImport *import;
    PosternImportRecords *records;
} PosternImportReading;

void postern_import_reading_free (PosternImportReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternImportReading, postern_import_reading_free)

/**
 * postern_import_reader_read_async:
 * @source: (type GObject): who wants it; kept alive until it is done
 * @file: (nullable): what to read, or %NULL
 * @data: (nullable): what was read already, if there is no file
 * @wanted: what is looked for
 * @plan: the plan that it is meant for
 * @cancellable: (nullable): to stop it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * Reads in a worker thread; neither the main loop nor @plan waits for it.
 */
void postern_import_reader_read_async (gpointer source, GFile *file, GBytes *data, PosternImportWanted wanted,
                                       PosternPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);

/** postern_import_reader_read_finish: Returns: (transfer full) (nullable): what it comes to, or %NULL with an error */
PosternImportReading *postern_import_reader_read_finish (gpointer source, GAsyncResult *result, GError **error);

G_END_DECLS
