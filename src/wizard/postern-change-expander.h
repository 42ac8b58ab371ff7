/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-change-group.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_CHANGE_EXPANDER (postern_change_expander_get_type ())

/** PosternChangeExpander: a group of changes, closed; opened, the first ones, and the way to all of them */
G_DECLARE_FINAL_TYPE (PosternChangeExpander, postern_change_expander, POSTERN, CHANGE_EXPANDER, AdwExpanderRow)

GtkWidget *postern_change_expander_new (PosternChangeGroup *group);

G_END_DECLS
