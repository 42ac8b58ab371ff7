/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_MAIN_MENU (postern_main_menu_get_type ())

/**
 * PosternMainMenu:
 *
 * The button of the main menu. Every page has one, and hardly any is ever opened, so that the menu is made when it is.
 *
 * Property `primary`: whether F10 opens it; one at a time in a window.
 */
G_DECLARE_FINAL_TYPE (PosternMainMenu, postern_main_menu, POSTERN, MAIN_MENU, AdwBin)

/** postern_main_menu_get_model: Returns: (transfer none): what is in the menu */
GMenuModel *postern_main_menu_get_model (PosternMainMenu *self);

G_END_DECLS
