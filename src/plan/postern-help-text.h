/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The width of a terminal that nobody has made wider. */
#define POSTERN_HELP_TEXT_WIDTH 80

/**
 * postern_help_text_wrap:
 * @text: what a program answers to --help, as g_option_context_get_help() makes it
 *
 * Leaves out lines that only introduce others, and breaks the lines that are wider than a terminal. What goes on stands
 * below the description that it belongs to: where the second column of the line begins, if it has one.
 *
 * Returns: (transfer full): the same in lines of at most %POSTERN_HELP_TEXT_WIDTH columns
 */
char *postern_help_text_wrap (const char *text);

G_END_DECLS
