/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * postern_wrap_labels:
 * @root: (not nullable): a widget with everything in it
 *
 * Lets the labels of buttons and the titles of groups in @root go on in the next line where a small window or a large
 * font leaves them no room, instead of being shortened or keeping the window wide. Fields to enter something in stay as
 * they are: they have one line.
 */
void postern_wrap_labels (GtkWidget *root);

/**
 * postern_wrap_name:
 * @label: (not nullable): a label that wraps
 *
 * Breaks the name in @label without a hyphen, which would be taken for a part of it.
 */
void postern_wrap_name (GtkLabel *label);

G_END_DECLS
