/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_SHORTCUTS_DIALOG (postern_shortcuts_dialog_get_type ())

/** PosternShortcutsDialog: what the keyboard can do. (GtkShortcutsWindow is deprecated, AdwShortcutsDialog newer than
 * libadwaita 1.7.) */
G_DECLARE_FINAL_TYPE (PosternShortcutsDialog, postern_shortcuts_dialog, POSTERN, SHORTCUTS_DIALOG, AdwDialog)

/** postern_shortcuts_dialog_present: shows it over @window, unless a dialog is there already */
void postern_shortcuts_dialog_present (GtkWidget *window);

G_END_DECLS
