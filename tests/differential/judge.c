/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * judge PLAN: what the plan says of messages. Reads “client<TAB>recipient” lines and writes for each a line with the
 * outcome and the next hop that is expected of Postfix: “verified<TAB>[10.0.0.20]:25”. A question that cannot be judged
 * gives “error”.
 */

#include "plan/postern-plan-json.h"
#include "plan/postern-verdict.h"

#include <stdio.h>
#include <string.h>

static const char *
outcome_name (PosternVerdictOutcome outcome)
{
    switch (outcome) {
    case POSTERN_VERDICT_ACCEPTED:
        return "accepted";
    case POSTERN_VERDICT_VERIFIED:
        return "verified";
    case POSTERN_VERDICT_REFUSED:
        return "refused";
    default:
        g_assert_not_reached ();
    }
}

static void
answer (PosternPlan *plan, const char *client, const char *recipient)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *next_hop = NULL;
    PosternVerdict verdict;

    if (!postern_plan_judge_text (plan, client, recipient, &verdict, &error)) {
        printf ("error\t%s\n", error->message);
        return;
    }
    next_hop = verdict.route ? postern_route_to_postfix (verdict.route) : g_strdup ("dns");
    printf ("%s\t%s\n", outcome_name (verdict.outcome), next_hop);
}

int
main (int argc, char **argv)
{
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[1]);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternPlan) plan = postern_plan_load (file, NULL, &error);
    char line[4096];

    if (plan == NULL) {
        fprintf (stderr, "%s\n", error->message);
        return 2;
    }
    while (fgets (line, sizeof line, stdin)) {
        g_auto (GStrv) words = g_strsplit (g_strchomp (line), "\t", 2);

        answer (plan, words[0], words[1]);
    }
    return 0;
}
