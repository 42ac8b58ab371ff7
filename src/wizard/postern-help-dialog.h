/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-steps.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_HELP_DIALOG (postern_help_dialog_get_type ())

/**
 * PosternHelpDialog:
 *
 * The help, in the wizard's own window. Yelp cannot be reached from a sandbox, and is not on every desktop; this works
 * everywhere, from the same pages.
 */
G_DECLARE_FINAL_TYPE (PosternHelpDialog, postern_help_dialog, POSTERN, HELP_DIALOG, AdwDialog)

/**
 * postern_help_dialog_present:
 * @window: over which it is shown
 * @step: the page of the wizard that help is wanted for
 *
 * Shows what the help says of @step, unless a dialog is there already. From there one gets back to its contents.
 *
 * Returns: whether there is any help to show
 */
gboolean postern_help_dialog_present (GtkWidget *window, PosternStep step);

G_END_DECLS
