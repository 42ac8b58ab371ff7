/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

#include "plan/postern-translations.h"
#include "service/postern-service-commands.h"
#include "service/postern-service-error.h"
#include "service/postern-service-log.h"
#include "service/postern-service.h"

#define EXIT_USAGE 2

static int
complain (const GError *error)
{
    fprintf (stderr, "posternd: %s\n", error->message);
    return error->domain == G_OPTION_ERROR ||
                   g_error_matches (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE)
               ? EXIT_USAGE
               : 1;
}

/* What is large goes back to the system at once when it is freed. By default glibc stops doing so after the first large
 * piece, and gives each of 15 threads an arena of its own: what a push of 100,000 domains took would stay for good. */
static void
settle_memory (void)
{
    mallopt (M_MMAP_THRESHOLD, 256 * 1024);
    mallopt (M_ARENA_MAX, 2);
}

int
main (int argc, char **argv)
{
    g_autoptr (PosternServiceOptions) options = NULL;
    g_autoptr (GError) error = NULL;
    gboolean done;

    settle_memory ();
    setlocale (LC_ALL, "");
    postern_translations_bind ();
    signal (SIGPIPE, SIG_IGN);
    umask (022);

    options = postern_service_options_parse (argv, &error);
    if (options == NULL)
        return complain (error);
    if (options->help != NULL) {
        g_print ("%s", options->help);
        return 0;
    }
    if (options->version) {
        g_print ("posternd %s\n", POSTERN_VERSION);
        return 0;
    }
    postern_service_log_start (options->verbose);
    done = *options->words ? postern_service_command (options, &error) : postern_service_run (options, &error);
    return done ? 0 : complain (error);
}
