/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-record-list.h"

G_BEGIN_DECLS

/**
 * PosternRecordParser:
 * @text: one record, as typed
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with an error that can be shown
 */
typedef gpointer (*PosternRecordParser) (const char *text, GError **error);

/**
 * PosternRecordProblem:
 * @text: what was typed
 * @message: why it is no record, translated
 */
typedef struct {
    char *text;
    char *message;
} PosternRecordProblem;

/**
 * PosternRecordBatch:
 * @records: (element-type GObject): what could be read
 * @problems: (element-type PosternRecordProblem): what could not
 *
 * What a text of one or many records means: one record a line, or several in a line with commas or semicolons between
 * them. Empty lines and what follows a `#` are left out.
 */
typedef struct {
    GPtrArray *records;
    GPtrArray *problems;
} PosternRecordBatch;

/** postern_record_batch_new: may be called in any thread, if @parser may; Returns: (transfer full): what @text means */
PosternRecordBatch *postern_record_batch_new (const char *text, PosternRecordParser parser);
void postern_record_batch_free (PosternRecordBatch *self);

/**
 * postern_record_batch_add_to:
 * @self: a batch
 * @list: where the records go; it is told of all of them at once
 * @key: what makes a record unique
 *
 * Adds the records. Those that @list has already, or that stand twice in the batch, become problems.
 *
 * Returns: how many were added
 */
guint postern_record_batch_add_to (PosternRecordBatch *self, PosternRecordList *list, PosternRecordKey key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRecordBatch, postern_record_batch_free)

G_END_DECLS
