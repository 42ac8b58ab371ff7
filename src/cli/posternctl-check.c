/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (PosternPlan) plan = posternctl_plan_load (arguments->words[0], arguments->json);
    g_autoptr (GPtrArray) findings = NULL;

    if (plan == NULL)
        return POSTERNCTL_UNREADABLE;
    findings = postern_plan_find (plan, NULL);
    if (arguments->json)
        posternctl_print_document (posternctl_json_findings (findings));
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
    .run = run,
};
