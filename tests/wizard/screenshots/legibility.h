/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * legibility_check:
 * @root: (not nullable): what is shown; everything in it must be allocated
 * @bounds: (not nullable): the widget that it must not leave, @root or one above it
 * @one_line: whether a text may be shortened where it cannot have another line: in a header bar, a field, a drop-down
 * or a button of an alert
 *
 * Looks at everything that is to be read or touched in @root: a text that is shortened, has glyphs missing or gets less
 * room than it needs; whatever leaves @bounds or is clipped by one of the widgets it is in; two that cover one another.
 *
 * Returns: (transfer full) (element-type utf8): one sentence for each fault
 */
GPtrArray *legibility_check (GtkWidget *root, GtkWidget *bounds, gboolean one_line);

/** legibility_get_least_width: Returns: how narrow @widget may get, in pixels */
int legibility_get_least_width (GtkWidget *widget);

/**
 * legibility_name_widest:
 * @root: (not nullable): what is shown
 *
 * Returns: (transfer full): what in @root keeps it from being narrower
 */
char *legibility_name_widest (GtkWidget *root);
