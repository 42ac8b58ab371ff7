/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"
#include "plan/postern-change.h"

static char *number;

static const GOptionEntry options[] = {
    { "revision", 0, 0, G_OPTION_ARG_STRING, &number,
      /* Translators: a revision is a configuration that the gateway has had, with a number. */
      N_ ("Compare with an earlier revision, not with what is live; 0 is before the first push"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
};

/* What the plan is compared with. */
static PosternPlan *
read_other (PosternGateway *gateway, char **revision, GError **error)
{
    if (number == NULL)
        return postern_gateway_read (gateway, revision, NULL, error);
    *revision = g_strdup (number);
    return postern_gateway_read_revision (gateway, number, NULL, error);
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (PosternPlan) plan = posternctl_plan_load (arguments->words[0], arguments->json);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = NULL;
    g_autoptr (PosternPlan) before = NULL;
    g_autoptr (PosternPlan) wanted = NULL;
    g_autoptr (GPtrArray) changes = NULL;
    g_autofree char *revision = NULL;

    if (plan == NULL)
        return POSTERNCTL_UNREADABLE;
    gateway = posternctl_access_gateway (arguments, arguments->words[1], &error);
    if (gateway != NULL)
        before = read_other (gateway, &revision, &error);
    if (before == NULL)
        return posternctl_fail (arguments, error);
    wanted = postern_gateway_express (gateway, plan);
    changes = postern_plan_compare (before, wanted);
    if (arguments->json)
        posternctl_print_document (posternctl_json_changes (revision, changes));
    else
        posternctl_print_changes (changes, FALSE);
    return changes->len == 0 ? POSTERNCTL_OK : POSTERNCTL_CHANGES;
}

const PosternctlCommand posternctl_diff_command = {
    .name = "diff",
    .words = "PLAN GATEWAY",
    .n_words = 2,
    .asks_gateway = TRUE,
    /* Translators: a push brings a gateway to a plan: it reads what the gateway has, compares, writes, and reads
     * back; or it takes back what it has written. */
    .summary = N_ ("Show what a push would change"),
    .details = N_ ("Ends with 0 if nothing, 3 if something would change, 1 if the gateway cannot be asked,\n"
                   "2 if the plan cannot be read."),
    .options = options,
    .run = run,
};
