/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"
#include "cli/posternctl-rehearsing.h"

static gboolean rehearse;
static char **recipients;

static const GOptionEntry options[] = {
    { "rehearse", 0, 0, G_OPTION_ARG_NONE, &rehearse,
      N_ ("First ask the internal mail servers for recipients, from here"), NULL },
    { "recipient", 0, 0, G_OPTION_ARG_STRING_ARRAY, &recipients,
      N_ ("A recipient that exists, to ask for (repeatable)"), N_ ("ADDRESS") },
    G_OPTION_ENTRY_NULL,
};

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (PosternPlan) plan = posternctl_plan_load (arguments->words[0], arguments->json);
    g_autoptr (GPtrArray) findings = NULL;
    g_autoptr (GPtrArray) rehearsals = NULL;
    g_autoptr (GError) error = NULL;
    PosternFindingContext context = { 0 };

    if (plan == NULL)
        return POSTERNCTL_UNREADABLE;
    if (rehearse) {
        rehearsals = posternctl_rehearse (arguments, plan, recipients, NULL, NULL, &error);
        if (rehearsals == NULL)
            return posternctl_fail (arguments, error);
    }
    context.rehearsals = rehearsals;
    findings = postern_plan_find (plan, &context);
    if (arguments->json)
        posternctl_print_document (posternctl_json_check (findings, rehearsals));
    else
        posternctl_print_findings (findings, FALSE);
    if (!arguments->json && findings->len == 0)
        g_print ("%s\n", _ ("Nothing to say: the plan is in order."));
    return postern_findings_count (findings, POSTERN_SEVERITY_ERROR) > 0 ? POSTERNCTL_FAILED : POSTERNCTL_OK;
}

const PosternctlCommand posternctl_check_command = {
    .name = "check",
    .words = "PLAN",
    .n_words = 1,
    .summary = N_ ("Say what is wrong with a plan"),
    .details = N_ ("Ends with 0 if there are no errors (warnings and notes may be), 1 if there are,\n"
                   "2 if the plan cannot be read."),
    .options = options,
    .run = run,
};
