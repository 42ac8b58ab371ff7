/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-plan-document.h"

#include "plan/postern-findings.h"
#include "plan/postern-network-aggregate.h"
#include "plan/postern-postfix.h"

static void
check_problems (GPtrArray *problems, const GError *error)
{
    g_assert_nonnull (error);
    g_assert_nonnull (problems);
    g_assert_cmpuint (problems->len, >, 0);
    for (guint i = 0; i < problems->len; i++) {
        PosternPlanProblem *problem = g_ptr_array_index (problems, i);

        g_assert_true (g_utf8_validate (problem->pointer, -1, NULL));
        g_assert_true (g_utf8_validate (problem->message, -1, NULL));
    }
}

static void
check_written (PosternPlan *plan, PosternPlanForm form)
{
    gsize length;
    g_autofree char *json = postern_plan_to_json (plan, form, &length);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternPlan) again = postern_plan_from_json (json, length, form, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (postern_plan_equal (plan, again));
}

static void
check_aggregate (PosternPlan *plan)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    g_autoptr (PosternNetworkAggregate) aggregate = postern_network_aggregate_new (networks);
    g_autoptr (PosternNetworkAggregate) again = NULL;

    postern_network_aggregate_apply (aggregate, networks);
    again = postern_network_aggregate_new (networks);
    g_assert_cmpuint (again->removed->len + again->added->len, ==, 0);
}

void
fuzz_plan_document (const uint8_t *data, size_t size, PosternPlanForm form)
{
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternPlan) plan = postern_plan_from_json ((const char *)data, size, form, &problems, &error);
    g_autoptr (GPtrArray) findings = NULL;
    g_autofree char *fragment = NULL;

    if (plan == NULL) {
        check_problems (problems, error);
        return;
    }
    g_assert_null (problems);
    findings = postern_plan_find (plan, NULL);
    fragment = postern_plan_to_postfix_fragment (plan);
    g_assert_true (g_utf8_validate (fragment, -1, NULL));
    check_written (plan, form);
    check_aggregate (plan);
}
