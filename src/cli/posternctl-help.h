/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The width of a terminal that nobody has made wider. */
#define POSTERNCTL_HELP_WIDTH 80

/*
 * posternctl_help_wrap:
 * @text: lines of help
 *
 * Leaves out lines that only introduce others, and breaks the lines that are wider than a terminal. What goes on stands
 * below the description that it belongs to: where the second column of the line begins, if it has one.
 *
 * Returns: (transfer full): the same in lines of at most %POSTERNCTL_HELP_WIDTH columns
 */
char *posternctl_help_wrap (const char *text);

G_END_DECLS
