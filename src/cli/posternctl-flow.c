/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"
#include "plan/postern-verdict.h"

static char *from;
static char *to;

static const GOptionEntry options[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("The address of the host that connects, such as 203.0.113.9"),
      N_ ("ADDRESS") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("The recipient, such as alice@example.com"), N_ ("RECIPIENT") },
    G_OPTION_ENTRY_NULL,
};

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (PosternPlan) plan = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *sentence = NULL;
    PosternVerdict verdict;

    if (from == NULL || to == NULL) {
        g_printerr ("posternctl flow: %s\n", _ ("it wants to be told --from ADDRESS and --to RECIPIENT"));
        return POSTERNCTL_UNREADABLE;
    }
    plan = posternctl_plan_load (arguments->words[0], arguments->json);
    if (plan == NULL)
        return POSTERNCTL_UNREADABLE;
    if (!postern_plan_judge_text (plan, from, to, &verdict, &error))
        return posternctl_fail (arguments, error);
    sentence = postern_verdict_to_sentence (&verdict, to);
    if (arguments->json)
        posternctl_print_document (posternctl_json_verdict (&verdict, sentence));
    else
        g_print ("%s\n", sentence);
    return POSTERNCTL_OK;
}

const PosternctlCommand posternctl_flow_command = {
    .name = "flow",
    .words = "PLAN",
    .n_words = 1,
    .summary = N_ ("Say what a gateway does with a message"),
    .options = options,
    .run = run,
};
