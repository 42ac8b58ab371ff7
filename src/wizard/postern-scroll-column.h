/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_SCROLL_COLUMN (postern_scroll_column_get_type ())

/**
 * PosternScrollColumn:
 *
 * The child of a #GtkScrolledWindow: any widget on top and, below it, a list of any length. Both scroll as one, while
 * the list still makes rows only for what is seen, which a list inside a #GtkViewport cannot do. Without a list it is a
 * viewport.
 *
 * Properties: `top` (#GtkWidget, nullable); `list` (a #GtkWidget that is #GtkScrollable, nullable); those of
 * #GtkScrollable.
 */
G_DECLARE_FINAL_TYPE (PosternScrollColumn, postern_scroll_column, POSTERN, SCROLL_COLUMN, GtkWidget)

GtkWidget *postern_scroll_column_new (void);

GtkWidget *postern_scroll_column_get_top (PosternScrollColumn *self);
/** postern_scroll_column_set_top: @top: (nullable): what stands above the list */
void postern_scroll_column_set_top (PosternScrollColumn *self, GtkWidget *top);
GtkWidget *postern_scroll_column_get_list (PosternScrollColumn *self);
/** postern_scroll_column_set_list: @list: (nullable): a #GtkScrollable; its vertical adjustment becomes the column's
 * business */
void postern_scroll_column_set_list (PosternScrollColumn *self, GtkWidget *list);

G_END_DECLS
