/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-plan.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"

static GInputStream *
open_input (const char *name, GError **error)
{
    g_autoptr (GFile) file = NULL;

    if (g_str_equal (name, "-"))
        return g_unix_input_stream_new (STDIN_FILENO, FALSE);
    file = g_file_new_for_commandline_arg (name);
    return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

/* Reads to the end, but no more than one byte beyond what a plan may have; postern_plan_from_json() refuses that one.
 */
static GBytes *
read_input (const char *name, GError **error)
{
    g_autoptr (GInputStream) stream = open_input (name, error);
    g_autoptr (GByteArray) data = g_byte_array_new ();
    guint8 chunk[65536];
    gssize n;

    if (stream == NULL)
        return NULL;
    while ((n = g_input_stream_read (stream, chunk, sizeof chunk, NULL, error)) > 0) {
        g_byte_array_append (data, chunk, n);
        if (data->len > POSTERN_PLAN_JSON_MAX_SIZE)
            break;
    }
    return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

static void
tell_problems (const char *name, GPtrArray *problems, const GError *error)
{
    if (problems == NULL || problems->len == 0) {
        posternctl_print_error_of (name, error);
        return;
    }
    for (guint i = 0; i < problems->len; i++) {
        const PosternPlanProblem *problem = problems->pdata[i];

        g_printerr ("%s: %s: %s\n", name, problem->pointer, problem->message);
    }
}

static PosternPlan *
parse (const char *name, GBytes *data, gboolean json)
{
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (GError) error = NULL;
    gsize length;
    const char *text = g_bytes_get_data (data, &length);
    PosternPlan *plan =
        postern_plan_from_json (text != NULL ? text : "", length, POSTERN_PLAN_FORM_FILE, &problems, &error);

    if (plan != NULL)
        return plan;
    tell_problems (name, problems, error);
    if (json)
        posternctl_print_document (posternctl_json_plan_error (error, problems));
    return NULL;
}

PosternPlan *
posternctl_plan_load (const char *name, gboolean json)
{
    g_autoptr (GError) error = NULL;
    /* Translators: stands where otherwise a file's name does. */
    const char *shown = g_str_equal (name, "-") ? _ ("standard input") : name;
    g_autoptr (GBytes) data = read_input (name, &error);

    if (data != NULL)
        return parse (shown, data, json);
    posternctl_print_error_of (shown, error);
    if (json)
        posternctl_print_document (posternctl_json_error (error));
    return NULL;
}
