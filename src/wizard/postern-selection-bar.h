/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_SELECTION_BAR (postern_selection_bar_get_type ())

/**
 * PosternSelectionBar:
 *
 * Says how many items of a list are selected, as soon as there is more than one, and offers to remove them by the
 * action `records.remove-selected`.
 */
G_DECLARE_FINAL_TYPE (PosternSelectionBar, postern_selection_bar, POSTERN, SELECTION_BAR, AdwBin)

/** postern_selection_bar_new: @model: whose selection it is */
GtkWidget *postern_selection_bar_new (GtkSelectionModel *model);

G_END_DECLS
