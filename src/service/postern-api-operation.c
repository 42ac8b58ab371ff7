/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-operation.h"

#include <string.h>

#include "plan/postern-plan-json.h"

#define CONFIGURATION POSTERN_PLAN_JSON_MAX_SIZE
#define PROBE (64 * 1024)

static const PosternApiOperation operations[] = {
    { "GET", "/api/v1", POSTERN_API_ACCESS_ANYBODY, 0, FALSE, postern_api_get_status },
    { "GET", "/api/v1/configuration", POSTERN_API_ACCESS_READ, 0, FALSE, postern_api_get_configuration },
    { "PUT", "/api/v1/configuration", POSTERN_API_ACCESS_WRITE, CONFIGURATION, TRUE, postern_api_put_configuration },
    { "POST", "/api/v1/configuration/check", POSTERN_API_ACCESS_READ, CONFIGURATION, TRUE,
      postern_api_check_configuration },
    { "GET", "/api/v1/revisions", POSTERN_API_ACCESS_READ, 0, FALSE, postern_api_list_revisions },
    { "GET", "/api/v1/revisions/{n}", POSTERN_API_ACCESS_READ, 0, FALSE, postern_api_get_revision },
    { "POST", "/api/v1/revisions/{n}/restore", POSTERN_API_ACCESS_WRITE, 0, TRUE, postern_api_restore_revision },
    { "POST", "/api/v1/probes", POSTERN_API_ACCESS_READ, PROBE, FALSE, postern_api_run_probe },
    { "GET", "/api/v1/mail-log", POSTERN_API_ACCESS_READ, 0, FALSE, postern_api_read_mail_log },
};

static gboolean
match_number (const char *segment, guint *number)
{
    guint64 value;

    if ((segment[0] == '0' && segment[1] != '\0') ||
        !g_ascii_string_to_unsigned (segment, 10, 0, G_MAXINT, &value, NULL))
        return FALSE;
    *number = (guint)value;
    return TRUE;
}

static gboolean
match_path (const char *pattern, const char *path, guint *number)
{
    g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
    g_auto (GStrv) given = g_strsplit (path, "/", -1);

    if (g_strv_length (wanted) != g_strv_length (given))
        return FALSE;
    for (guint i = 0; wanted[i]; i++) {
        gboolean matches =
            g_str_equal (wanted[i], "{n}") ? match_number (given[i], number) : g_str_equal (wanted[i], given[i]);

        if (!matches)
            return FALSE;
    }
    return TRUE;
}

const PosternApiOperation *
postern_api_operation_find (const char *method, const char *path, guint *number, char **allowed)
{
    g_autoptr (GString) methods = g_string_new (NULL);
    const PosternApiOperation *found = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (operations); i++) {
        if (!match_path (operations[i].path, path, number))
            continue;
        g_string_append_printf (methods, methods->len > 0 ? ", %s" : "%s", operations[i].method);
        if (g_str_equal (operations[i].method, method))
            found = &operations[i];
    }
    *allowed = methods->len > 0 ? g_strdup (methods->str) : NULL;
    return found;
}
