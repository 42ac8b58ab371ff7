/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-change.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_CHANGE_ROW (postern_change_row_get_type ())

/**
 * PosternChangeRow:
 *
 * A change: added, removed or changed, what, and before → after. Made to be recycled by a #GtkListView.
 *
 * Property: `change` (#PosternChange, nullable).
 */
G_DECLARE_FINAL_TYPE (PosternChangeRow, postern_change_row, POSTERN, CHANGE_ROW, AdwBin)

GtkWidget *postern_change_row_new (PosternChange *change);

G_END_DECLS
