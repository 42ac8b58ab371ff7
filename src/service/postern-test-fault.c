/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-test-fault.h"

#include <signal.h>
#include <string.h>

#include "service/postern-service-error.h"

gboolean
postern_test_fault (const char *step, GError **error)
{
    const char *wanted = g_getenv ("POSTERN_TEST_STOP_AT");

    if (wanted == NULL || !g_str_has_prefix (wanted, step))
        return TRUE;
    wanted += strlen (step);
    if (*wanted == '\0')
        raise (SIGKILL);
    if (!g_str_equal (wanted, ":fail"))
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED, "The test wants “%s” to fail.", step);
    return FALSE;
}
