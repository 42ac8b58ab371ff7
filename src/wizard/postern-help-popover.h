/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_HELP_POPOVER (postern_help_popover_get_type ())

/** PosternHelpPopover: the background of a page, beside its Help button; `text`: paragraphs with an empty line between
 */
G_DECLARE_FINAL_TYPE (PosternHelpPopover, postern_help_popover, POSTERN, HELP_POPOVER, GtkPopover)

G_END_DECLS
