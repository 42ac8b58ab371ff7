/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-proof.h"
#include "plan/postern-change.h"
#include "plan/postern-findings.h"
#include "wizard/postern-report-pdf.h"
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
    g_ptr_array_add (proofs, g_object_new (POSTERN_TYPE_PROOF, "title", "Outside to inside", "state",
                                           POSTERN_PROOF_FAILS, "client", "203.0.113.9", "recipient", "a@example.com",
                                           "reply", "554 5.7.1 Relay access denied", NULL));
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

/* A long report has many pages, and a document that is whole. */
static void
test_pdf (void)
{
    g_autoptr (GString) text = g_string_new ("A report\n\nA heading\n---------\n");
    g_autoptr (GBytes) pdf = NULL;
    g_autoptr (GError) error = NULL;
    const char *data, *count;
    gsize size;

    for (guint i = 0; i < 300; i++)
        g_string_append_printf (text, "  пример%u.рф → 10.0.0.20:25\n", i);
    pdf = postern_report_to_pdf (text->str, NULL, &error);
    g_assert_no_error (error);
    data = g_bytes_get_data (pdf, &size);
    g_assert_true (g_str_has_prefix (data, "%PDF-"));
    g_assert_nonnull (g_strstr_len (data + size - 16, 16, "%%EOF"));
    count = memmem (data, size, "/Count ", strlen ("/Count "));
    g_assert_nonnull (count);
    g_assert_cmpint (atoi (count + strlen ("/Count ")), >=, 5);
}

static void
test_pdf_stopped (void)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GBytes) pdf = NULL;
    g_autoptr (GError) error = NULL;

    g_cancellable_cancel (cancellable);
    pdf = postern_report_to_pdf ("A report", cancellable, &error);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (pdf);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/report/everything-is-told", test_everything_is_told);
    g_test_add_func ("/report/what-is-not-known-is-left-out", test_what_is_not_known_is_left_out);
    g_test_add_func ("/report/pdf", test_pdf);
    g_test_add_func ("/report/pdf-stopped", test_pdf_stopped);
    return g_test_run ();
}
