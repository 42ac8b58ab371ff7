/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import-item.h"

G_BEGIN_DECLS

/** A table may have more columns: they are not looked at. */
#define POSTERN_IMPORT_ROW_MOST_FIELDS 32

/**
 * PosternImportRow:
 * @fields: the fields, NUL-terminated, without quotes and white space around them
 * @n_fields: how many
 * @complete: whether every quotation mark that opens also closes
 *
 * One row of a table, cut into its fields (RFC 4180; the delimiter varies).
 */
typedef struct {
    char *fields[POSTERN_IMPORT_ROW_MOST_FIELDS];
    guint n_fields;
    gboolean complete;
    char buffer[POSTERN_IMPORT_ITEM_MAX_LENGTH + 1];
} PosternImportRow;

/**
 * postern_import_row_split:
 * @self: (out caller-allocates): the row
 * @text: the text, not NUL-terminated, without NULs in it
 * @length: its length, at most %POSTERN_IMPORT_ITEM_MAX_LENGTH
 * @delimiter: what stands between fields; for a space any white space does
 */
void postern_import_row_split (PosternImportRow *self, const char *text, gsize length, char delimiter);

G_END_DECLS
