/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-test-fault.h"

#include <signal.h>

#include "service/postern-service-error.h"

gboolean
postern_test_fault (const char *step, GError **error)
{
    const char *wanted = g_getenv ("POSTERN_TEST_STOP_AT");
    g_auto (GStrv) places = wanted ? g_strsplit (wanted, ",", -1) : NULL;
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
