/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the service writes about itself: to the journal where there is one, with a field for each fact, else to the
 * standard error, a line each. Never a token, never a body. In English: it is for the log's reader and for programs.
 */

/** postern_service_log_start: from now on everything that is logged goes this way; @verbose: debug messages as well */
void postern_service_log_start (gboolean verbose);

/**
 * postern_service_log_trouble:
 * @format: what an administrator must look at
 *
 * A warning about the host and not, as g_warning() is one, about the program.
 */
void postern_service_log_trouble (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
