/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * postern_closures_bind:
 * @widget_class: a class with a template, before its first instance
 *
 * Gives the template the small functions that many expressions need:
 * - `$has_text(string) as <bool>`: whether there is a text and it is not empty
 * - `$has_widget(widget) as <bool>`: whether there is one
 * - `$is_some(uint) as <bool>`: whether a number is not 0
 */
void postern_closures_bind (GtkWidgetClass *widget_class);

G_END_DECLS
