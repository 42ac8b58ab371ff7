/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-test-fault.h"

#include <signal.h>

#include "service/postern-service-error.h"

/* NULL outside of tests. */
static char **
list_places (void)
{
    const char *wanted = g_getenv ("POSTERN_TEST_STOP_AT");
    g_autofree char *text = NULL;

    if (wanted && g_path_is_absolute (wanted))
        g_file_get_contents (wanted, &text, NULL, NULL);
    return wanted ? g_strsplit (text ? text : wanted, ",", -1) : NULL;
}

gboolean
postern_test_fault (const char *step, GError **error)
{
    g_auto (GStrv) places = list_places ();
    g_autofree char *failing = g_strconcat (step, ":fail", NULL);
    g_autofree char *waiting = g_strconcat (step, ":wait", NULL);

    if (places == NULL)
        return TRUE;
    if (g_strv_contains ((const char *const *)places, step))
        raise (SIGKILL);
    if (g_strv_contains ((const char *const *)places, waiting))
        raise (SIGSTOP);
    if (!g_strv_contains ((const char *const *)places, failing))
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED, "The test wants “%s” to fail.", step);
    return FALSE;
}
