/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"

#include "wizard/postern-findings-model.h"

#define MANY 100000

static GListModel *
get_findings (PageFixture *fixture)
{
    PosternFindingsModel *findings = postern_session_get_findings (fixture->session);

    wait_until (postern_findings_model_get_settled (findings));
    return G_LIST_MODEL (findings);
}

static PosternFinding *
find_code (GListModel *findings, const char *code)
{
    for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
        g_autoptr (PosternFinding) finding = g_list_model_get_item (findings, i);

        if (g_str_equal (postern_finding_get_code (finding), code))
            return finding;
    }
    return NULL;
}

static void
count_cb (guint *counter)
{
    (*counter)++;
}

static void
test_keeps_up (PageFixture *fixture, gconstpointer data)
{
    GListModel *findings = get_findings (fixture);
    PosternFinding *kept;

    g_assert_nonnull (find_code (findings, "nothing-to-do-with-mail"));
    g_assert_cmpuint (postern_findings_model_get_n_errors (POSTERN_FINDINGS_MODEL (findings)), ==, 1);
    postern_plan_add_domain (fixture->plan, "example.com", NULL);
    g_assert_false (postern_findings_model_get_settled (POSTERN_FINDINGS_MODEL (findings)));
    get_findings (fixture);
    g_assert_null (find_code (findings, "nothing-to-do-with-mail"));
    g_assert_cmpuint (postern_findings_model_get_n_errors (POSTERN_FINDINGS_MODEL (findings)), ==, 0);

    /* What stays is the same object. */
    kept = find_code (findings, "route-missing-dns");
    g_assert_nonnull (kept);
    postern_plan_add_trusted_network (fixture->plan, "0.0.0.0/0", NULL);
    get_findings (fixture);
    g_assert_nonnull (find_code (findings, "network-everything"));
    g_assert_true (find_code (findings, "route-missing-dns") == kept);
}

static void
test_quiet (PageFixture *fixture, gconstpointer data)
{
    GListModel *findings;
    guint told = 0;

    postern_plan_add_domain (fixture->plan, "example.com", NULL);
    postern_plan_add_trusted_network (fixture->plan, "10.0.0.20", NULL);
    findings = get_findings (fixture);
    g_signal_connect_swapped (findings, "items-changed", G_CALLBACK (count_cb), &told);
    postern_plan_add_trusted_network (fixture->plan, "10.0.0.21", NULL);
    get_findings (fixture);
    g_assert_cmpuint (told, ==, 0);
}

/* Many changes are judged once, after a pause, and the main loop turns meanwhile. */
static void
test_many (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);
    gint64 start, longest = 0;
    PosternFindingsModel *findings;

    for (guint i = 0; i < MANY; i++) {
        g_autofree char *name = g_strdup_printf ("d%06u.example.com", i);

        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    postern_record_list_append_all (postern_plan_get_domains (fixture->plan), domains);
    findings = postern_session_get_findings (fixture->session);
    while (!postern_findings_model_get_settled (findings)) {
        start = g_get_monotonic_time ();
        g_main_context_iteration (NULL, FALSE);
        longest = MAX (longest, g_get_monotonic_time () - start);
    }
    g_test_message ("the main loop was held up for at most %" G_GINT64_FORMAT " ms", longest / 1000);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (findings)), <, 100);
    g_assert_nonnull (find_code (G_LIST_MODEL (findings), "route-missing-dns"));
}

/* A session that goes while its plan is judged takes everything with it: the fixture looks after that. */
static void
test_left (PageFixture *fixture, gconstpointer data)
{
    PosternFindingsModel *findings = postern_session_get_findings (fixture->session);

    while (!postern_findings_model_get_settled (findings))
        g_main_context_iteration (NULL, TRUE);
    postern_plan_add_domain (fixture->plan, "example.com", NULL);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
    g_test_add ("/findings-model/" path, PageFixture, NULL, page_fixture_set_up, function, page_fixture_tear_down)
    ADD ("keeps-up", test_keeps_up);
    ADD ("quiet", test_quiet);
    ADD ("many", test_many);
    ADD ("left", test_left);
    return g_test_run ();
}
