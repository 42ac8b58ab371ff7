/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_HELP_BUTTON (postern_help_button_get_type ())

/** PosternHelpButton: shows `text`, the background of a page, beside it; not seen where there is no text */
G_DECLARE_FINAL_TYPE (PosternHelpButton, postern_help_button, POSTERN, HELP_BUTTON, AdwBin)

/** postern_help_button_open: shows the text, if there is any */
void postern_help_button_open (PosternHelpButton *self);

G_END_DECLS
