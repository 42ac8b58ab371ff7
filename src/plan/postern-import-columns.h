/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** PosternImportColumn: what a column of a table can be about */
typedef enum {
    POSTERN_IMPORT_COLUMN_DOMAIN,
    POSTERN_IMPORT_COLUMN_HOST,
    POSTERN_IMPORT_COLUMN_PORT,
    POSTERN_IMPORT_COLUMN_MX,
    POSTERN_IMPORT_COLUMN_NETWORK,
    POSTERN_IMPORT_COLUMN_MASK,
    POSTERN_IMPORT_N_COLUMNS,
} PosternImportColumn;

/** PosternImportColumns: for each of the above its position in a row, or -1 */
typedef struct {
    int position[POSTERN_IMPORT_N_COLUMNS];
} PosternImportColumns;

/** postern_import_columns_set_default: the columns of a table of domains without a header: domain, host, port, MX */
void postern_import_columns_set_default (PosternImportColumns *self);

/**
 * postern_import_columns_read_header:
 * @self: (out caller-allocates): the columns
 * @fields: (array length=n_fields): the first row of a table
 * @n_fields: how many
 *
 * Understands the names that people give such columns in English, Czech, French and Russian; other columns are left
 * out.
 *
 * Returns: how many fields name a column
 */
guint postern_import_columns_read_header (PosternImportColumns *self, char **fields, guint n_fields);

G_END_DECLS
