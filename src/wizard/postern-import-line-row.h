/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-import-line.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_IMPORT_LINE_ROW (postern_import_line_row_get_type ())

/**
 * PosternImportLineRow:
 *
 * A line of an import's preview: what it says, what becomes of it and, if it is not taken, why.
 *
 * Property: `line` (#PosternImportLine, nullable).
 */
G_DECLARE_FINAL_TYPE (PosternImportLineRow, postern_import_line_row, POSTERN, IMPORT_LINE_ROW, AdwBin)

G_END_DECLS
