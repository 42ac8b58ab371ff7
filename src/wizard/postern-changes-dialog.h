/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-change-group.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_CHANGES_DIALOG (postern_changes_dialog_get_type ())

/** PosternChangesDialog: every change of a group, however many, with a search */
G_DECLARE_FINAL_TYPE (PosternChangesDialog, postern_changes_dialog, POSTERN, CHANGES_DIALOG, AdwDialog)

AdwDialog *postern_changes_dialog_new (PosternChangeGroup *group);

G_END_DECLS
