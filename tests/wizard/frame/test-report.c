/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-proof.h"
#include "plan/postern-change.h"
#include "plan/postern-findings.h"
#include "wizard/postern-report.h"

static void
assert_says (const char *report, const char *text)
{
    if (strstr (report, text) == NULL)
        g_error ("“%s” is not in the report:\n%s", text, report);
}

static void
test_everything_is_told (void)
{
    g_autoptr (PosternPlan) before = postern_plan_new ();
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternRoute) server = postern_route_parse ("10.0.0.20:2525", NULL);
    g_autoptr (GPtrArray) findings = NULL;
    g_autoptr (GPtrArray) changes = NULL;
    g_autoptr (GPtrArray) proofs = g_ptr_array_new_with_free_func (g_object_unref);
    g_autofree char *text = NULL;
    PosternReport report = { .plan = plan, .gateway = "gw.example.com", .outcome = "It went well.", .proofs = proofs };

    postern_plan_add_domain (plan, "xn--e1afmkfd.xn--p1ai", NULL);
    postern_plan_add_trusted_network (plan, "10.0.0.0/8", NULL);
    postern_plan_set_internal_server (plan, server);
    report.findings = findings = postern_plan_find (plan, NULL);
    report.changes = changes = postern_plan_compare (before, plan);
    g_ptr_array_add (proofs, g_object_new (POSTERN_TYPE_PROOF, "title", "Outside to inside", "state", POSTERN_PROOF_FAILS,
                                           "client", "203.0.113.9", "recipient", "a@example.com", "reply",
                                           "554 5.7.1 Relay access denied", NULL));
    text = postern_report_to_text (&report);
    assert_says (text, "gw.example.com");
    assert_says (text, "It went well.");
    assert_says (text, "[DOES NOT HOLD] Outside to inside");
    assert_says (text, "554 5.7.1 Relay access denied");
    assert_says (text, "пример.рф");
    assert_says (text, "10.0.0.0/8");
    assert_says (text, "10.0.0.20:2525");
    assert_says (text, "Warning: ");
    assert_says (text, "+ пример.рф");
}

static void
test_what_is_not_known_is_left_out (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    PosternReport report = { .plan = plan };
    g_autofree char *text = postern_report_to_text (&report);

    g_assert_null (strstr (text, "Proof"));
    g_assert_null (strstr (text, "Changes"));
    g_assert_null (strstr (text, "Findings"));
    g_assert_null (strstr (text, "(null)"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/report/everything-is-told", test_everything_is_told);
    g_test_add_func ("/report/what-is-not-known-is-left-out", test_what_is_not_known_is_left_out);
    return g_test_run ();
}
