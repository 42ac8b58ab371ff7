/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenes.h"

/* What lies over a page: dialogs, and the popovers of the header bar. */

void scene_menu (Stage *stage);
void scene_background (Stage *stage);
void scene_help (Stage *stage);
void scene_shortcuts (Stage *stage);
void scene_import_empty (Stage *stage);
void scene_import (Stage *stage);
void scene_import_nothing (Stage *stage);
void scene_remove_all (Stage *stage);
void scene_merge (Stage *stage);
void scene_changes (Stage *stage);
