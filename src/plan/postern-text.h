/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * postern_text_for_message:
 * @text: anything that a person, a file or a server gave, maybe not UTF-8, maybe very long
 *
 * Returns: (transfer full): @text made fit to stand in a message: valid UTF-8, control characters shown, shortened to
 * 80 characters
 */
char *postern_text_for_message (const char *text);

G_END_DECLS
