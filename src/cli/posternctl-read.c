/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"
#include "plan/postern-plan-json.h"

static char *output;
static char *number;

static const GOptionEntry options[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write it to the plan file PLAN, not to standard output"),
      N_ ("PLAN") },
    { "revision", 0, 0, G_OPTION_ARG_STRING, &number, N_ ("Read an earlier revision; 0 is before the first push"),
      N_ ("N") },
    G_OPTION_ENTRY_NULL,
};

static void
tell_saved (const PosternctlArguments *arguments, const char *revision)
{
    if (arguments->json) {
        posternctl_print_document (posternctl_json_saved (revision, output));
        return;
    }
    /* Translators: the first %s is a number, the second a file's name. */
    g_printerr (_ ("Revision %s was written to “%s”."), revision, output);
    g_printerr ("\n");
}

static PosternPlan *
read_plan (PosternGateway *gateway, char **revision, GError **error)
{
    if (number == NULL)
        return postern_gateway_read (gateway, revision, NULL, error);
    *revision = g_strdup (number);
    return postern_gateway_read_revision (gateway, number, NULL, error);
}

static gboolean
write_out (PosternPlan *plan, GError **error)
{
    g_autoptr (GFile) file = NULL;

    if (output == NULL) {
        posternctl_print_document (postern_plan_to_json (plan, POSTERN_PLAN_FORM_FILE, NULL));
        return TRUE;
    }
    file = g_file_new_for_commandline_arg (output);
    return postern_plan_save (plan, file, NULL, error);
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = posternctl_access_gateway (arguments, arguments->words[0], &error);
    g_autoptr (PosternPlan) plan = NULL;
    g_autofree char *revision = NULL;

    if (gateway != NULL)
        plan = read_plan (gateway, &revision, &error);
    if (plan == NULL || !write_out (plan, &error))
        return posternctl_fail (arguments, error);
    if (output != NULL)
        tell_saved (arguments, revision);
    return POSTERNCTL_OK;
}

const PosternctlCommand posternctl_read_command = {
    .name = "read",
    .words = "GATEWAY",
    .n_words = 1,
    .asks_gateway = TRUE,
    .summary = N_ ("Read a gateway's configuration as a plan"),
    .options = options,
    .run = run,
};
