/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_TEXT_DIALOG (postern_text_dialog_get_type ())

/** PosternTextDialog: a text to read and to copy, in letters of one width */
G_DECLARE_FINAL_TYPE (PosternTextDialog, postern_text_dialog, POSTERN, TEXT_DIALOG, AdwDialog)

AdwDialog *postern_text_dialog_new (const char *title, const char *text);

G_END_DECLS
