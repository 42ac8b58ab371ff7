/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * postern_test_fault:
 * @step: a place in the service, such as "reload" (before it is done) or "after-reload"
 * @error: return location for an error, or %NULL
 *
 * For the crash matrix. The environment variable POSTERN_TEST_STOP_AT is a list of places, separated by commas. At a
 * place that is in it the service kills itself at once, as if the power had failed; at one that is in it with “:fail”
 * behind it, the step fails; at one with “:wait” it stops until somebody sends SIGCONT, so that the world can be
 * changed. The variable may also be the path of a file that has the list, which is read anew at each place. Whoever can
 * set the environment of posternd can stop it anyway.
 *
 * Returns: whether to go on; else %FALSE with %POSTERN_SERVICE_ERROR_MTA_REFUSED
 */
gboolean postern_test_fault (const char *step, GError **error);

G_END_DECLS
