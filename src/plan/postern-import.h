/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import-layout.h"
#include "plan/postern-import-line.h"
#include "plan/postern-import-text.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/** The largest file that is imported, in bytes. */
#define POSTERN_IMPORT_MAX_SIZE (256 * 1024 * 1024)

#define POSTERN_TYPE_IMPORT (postern_import_get_type ())

/**
 * PosternImport:
 *
 * Domains and networks from what administrators have: lists, CSV and its relatives with or without a header, the
 * sources of Postfix's relay_domains, transport and mynetworks tables, main.cf, text pasted from anywhere; in UTF-8,
 * UTF-16, Windows-1250 or Windows-1251. What a file is and how it is written is recognized.
 *
 * It is a preview: a #GListModel of #PosternImportLine, one for each record that the file holds or should hold, saying
 * what becomes of it. No plan is touched before postern_import_apply(). Immutable; may be made in a worker thread.
 */
G_DECLARE_FINAL_TYPE (PosternImport, postern_import, POSTERN, IMPORT, GObject)

/**
 * postern_import_new:
 * @data: a file's content, or what was pasted
 * @wanted: what is looked for in it
 * @plan: the plan that it is meant for, to see what is there already; it is not kept
 * @cancellable: (nullable): to stop
 * @error: return location for an error, or %NULL
 *
 * Reads an import. Whatever @data is, this takes time and memory in proportion to its size.
 *
 * Returns: (transfer full) (nullable): the preview, or %NULL if @data is larger than %POSTERN_IMPORT_MAX_SIZE or has
 * more than 16 million records (%POSTERN_PLAN_ERROR_TOO_LARGE), or when cancelled
 */
PosternImport *postern_import_new (GBytes *data, PosternImportWanted wanted, PosternPlan *plan,
                                   GCancellable *cancellable, GError **error);

/** postern_import_load: reads @file as postern_import_new() does; Returns: (transfer full) (nullable): the preview */
PosternImport *postern_import_load (GFile *file, PosternImportWanted wanted, PosternPlan *plan,
                                    GCancellable *cancellable, GError **error);

PosternImportEncoding postern_import_get_encoding (PosternImport *self);
PosternImportFormat postern_import_get_format (PosternImport *self);
/** postern_import_get_description: Returns: (transfer full): what the file was taken for, for a person, translated:
 * “list, UTF-8” */
char *postern_import_get_description (PosternImport *self);

/** postern_import_count: Returns: how many lines of the preview have @status */
guint postern_import_count (PosternImport *self, PosternImportStatus status);
/** postern_import_get_status: Returns: the status of the line at @position, which must be smaller than the length;
 * cheaper than to get the line */
PosternImportStatus postern_import_get_status (PosternImport *self, guint position);

/**
 * postern_import_apply:
 * @self: an import
 * @plan: the plan that it was made for
 *
 * Takes into @plan what the preview says is taken. What @plan has got in the meantime stays as it is. Who listens to
 * the plan's lists hears of it once. #PosternImportRecords does the same in two steps, and can be undone.
 *
 * Returns: how many lines have changed @plan
 */
guint postern_import_apply (PosternImport *self, PosternPlan *plan);

G_END_DECLS
