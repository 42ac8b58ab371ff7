/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "gateway/postern-runbook-progress.h"

static PosternPlan *
make_plan (const char *edge)
{
    PosternPlan *plan = postern_plan_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternRoute) edge_gateway = postern_route_new (edge, 25, FALSE, &error);
    g_autoptr (PosternRoute) internal_server = postern_route_new ("10.0.0.20", 25, FALSE, &error);

    g_assert_no_error (error);
    postern_plan_set_scenario (plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_apply_presets (plan);
    postern_plan_set_edge_gateway (plan, edge_gateway);
    postern_plan_set_internal_server (plan, internal_server);
    postern_plan_add_domain (plan, "example.com", &error);
    g_assert_no_error (error);
    return plan;
}

static void
add_domains (PosternPlan *plan, guint n)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf ("d%u.test", i);

        g_assert_nonnull (postern_plan_add_domain (plan, name, NULL));
    }
}

static void
tick (PosternRunbookProgress *progress, PosternRunbook *runbook, const char *id, gboolean done)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (postern_runbook_progress_set_done (progress, postern_runbook_find_step (runbook, id), done, &error));
    g_assert_no_error (error);
}

static gboolean
is_done (PosternRunbookProgress *progress, PosternRunbook *runbook, const char *id)
{
    return postern_runbook_progress_is_done (progress, postern_runbook_find_step (runbook, id));
}

static void
count_cb (PosternRunbookProgress *progress, guint *n)
{
    ++*n;
}

static void
test_resume (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbook) czech = postern_runbook_new (plan, "cs");
    PosternRunbookProgress *progress = postern_runbook_progress_new ("file:///resume");
    g_autofree char *text = NULL;
    guint n = 0;

    g_signal_connect (progress, "changed", G_CALLBACK (count_cb), &n);
    tick (progress, runbook, "domains/example.com", TRUE);
    tick (progress, runbook, "edge-gateway/address", TRUE);
    tick (progress, runbook, "edge-gateway/save", TRUE);
    tick (progress, runbook, "edge-gateway/save", FALSE);
    g_assert_cmpuint (n, ==, 4);
    g_assert_finalize_object (progress);

    progress = postern_runbook_progress_new ("file:///resume");
    g_assert_true (is_done (progress, czech, "domains/example.com"));
    g_assert_true (is_done (progress, runbook, "edge-gateway/address"));
    g_assert_false (is_done (progress, runbook, "edge-gateway/save"));
    g_assert_cmpuint (postern_runbook_progress_count (progress, runbook), ==, 2);
    text = postern_runbook_progress_to_text (progress, runbook);
    g_assert_true (g_str_has_prefix (text, "2 of "));
    g_assert_true (g_str_has_suffix (text, " steps"));
    g_assert_finalize_object (progress);
}

/* A step is done only for as long as the plan says the same, and what depends on it as well. */
static void
test_other_values (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternPlan) moved = make_plan ("192.168.0.2");
    g_autoptr (PosternRunbook) before = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbook) after = postern_runbook_new (moved, "en");
    g_autoptr (PosternRunbookProgress) progress = postern_runbook_progress_new ("file:///other-values");

    tick (progress, before, "domains/example.com", TRUE);
    tick (progress, before, "edge-gateway/address", TRUE);
    tick (progress, before, "edge-gateway/save", TRUE);
    tick (progress, before, "trials/relay", TRUE);
    g_assert_true (is_done (progress, after, "domains/example.com"));
    g_assert_false (is_done (progress, after, "edge-gateway/address"));
    g_assert_false (is_done (progress, after, "edge-gateway/save"));
    g_assert_false (is_done (progress, after, "trials/relay"));
    /* The gateway cannot have both. */
    tick (progress, after, "edge-gateway/address", TRUE);
    g_assert_false (is_done (progress, before, "edge-gateway/address"));
}

static void
test_choices (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternRunbook) before = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbook) after = NULL;
    g_autoptr (PosternRunbookProgress) progress = postern_runbook_progress_new ("file:///choices");

    tick (progress, before, "verification/mode", TRUE);
    tick (progress, before, "sender-checks/spf", TRUE);
    postern_plan_set_recipient_verification (plan, POSTERN_RECIPIENT_VERIFICATION_OFF);
    postern_plan_set_use_spf (plan, TRUE);
    after = postern_runbook_new (plan, "en");
    g_assert_false (is_done (progress, after, "verification/mode"));
    g_assert_false (is_done (progress, after, "sender-checks/spf"));
}

/* Records stay done when so many more come that they are entered in batches. */
static void
test_batches (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternRunbook) few = NULL;
    g_autoptr (PosternRunbook) many = NULL;
    g_autoptr (PosternRunbookProgress) progress = postern_runbook_progress_new ("file:///batches");

    add_domains (plan, 49);
    few = postern_runbook_new (plan, "en");
    tick (progress, few, "domains/example.com", TRUE);
    for (guint i = 0; i < 24; i++) {
        g_autofree char *id = g_strdup_printf ("domains/d%u.test", i);

        tick (progress, few, id, TRUE);
    }
    g_assert_nonnull (postern_plan_add_domain (plan, "one-more.test", NULL));
    many = postern_runbook_new (plan, "en");
    g_assert_true (is_done (progress, many, "domains/example.com+24"));
    g_assert_false (is_done (progress, many, "domains/d24.test+24"));
    tick (progress, many, "domains/d24.test+24", TRUE);
    g_assert_true (is_done (progress, few, "domains/d30.test"));
}

static void
test_two_windows (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbookProgress) one = postern_runbook_progress_new ("file:///windows");
    g_autoptr (PosternRunbookProgress) other = postern_runbook_progress_new ("file:///windows");
    g_autoptr (PosternRunbookProgress) stranger = postern_runbook_progress_new ("file:///window");
    g_autoptr (PosternRunbookProgress) later = NULL;

    tick (one, runbook, "domains/example.com", TRUE);
    tick (other, runbook, "edge-gateway/address", TRUE);
    later = postern_runbook_progress_new ("file:///windows");
    g_assert_cmpuint (postern_runbook_progress_count (later, runbook), ==, 2);
    g_assert_cmpuint (postern_runbook_progress_count (stranger, runbook), ==, 0);
}

static void
test_rename_and_clear (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbookProgress) progress = postern_runbook_progress_new ("draft");
    g_autoptr (PosternRunbookProgress) saved = NULL;
    g_autoptr (PosternRunbookProgress) cleared = NULL;
    g_autoptr (GError) error = NULL;

    tick (progress, runbook, "domains/example.com", TRUE);
    g_assert_true (postern_runbook_progress_rename (progress, "file:///saved", &error));
    saved = postern_runbook_progress_new ("file:///saved");
    g_assert_true (is_done (saved, runbook, "domains/example.com"));
    g_assert_true (postern_runbook_progress_clear (saved, &error));
    g_assert_true (postern_runbook_progress_clear (saved, &error));
    g_assert_no_error (error);
    cleared = postern_runbook_progress_new ("file:///saved");
    g_assert_cmpuint (postern_runbook_progress_count (cleared, runbook), ==, 0);
}

static char *
find_only_file (const char *directory)
{
    g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
    char *name = g_build_filename (directory, g_dir_read_name (dir), NULL);

    g_assert_null (g_dir_read_name (dir));
    return name;
}

/* Nothing in the file is believed but whole lines of the right file. */
static void
test_damaged (void)
{
    static const char *const damaged[] = { "", "\n", "postern-runbook 2\ndomains/+others\n", "\xff\xfe",
                                           "domains/+others\n" };
    g_autofree char *directory = g_build_filename (g_get_user_state_dir (), "postern", "runbook", NULL);
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
    g_autoptr (PosternRunbookProgress) progress = postern_runbook_progress_new ("file:///damaged");
    g_autofree char *name = NULL;
    GStatBuf status;

    tick (progress, runbook, "domains/+others", TRUE);
    name = find_only_file (directory);
    g_assert_cmpint (g_stat (name, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++) {
        g_autoptr (PosternRunbookProgress) again = NULL;

        g_assert_true (g_file_set_contents (name, damaged[i], -1, NULL));
        again = postern_runbook_progress_new ("file:///damaged");
        g_assert_cmpuint (postern_runbook_progress_count (again, runbook), ==, 0);
        tick (again, runbook, "domains/+others", TRUE);
        g_assert_true (is_done (again, runbook, "domains/+others"));
    }
}

static void
test_unwritable (void)
{
    g_autofree char *in_the_way = g_build_filename (g_get_user_state_dir (), "postern", NULL);
    g_autoptr (PosternPlan) plan = make_plan ("192.168.0.1");
    g_autoptr (PosternRunbook) runbook = postern_runbook_new (plan, "en");
    PosternRunbookStep *step = postern_runbook_find_step (runbook, "domains/+others");
    g_autoptr (PosternRunbookProgress) progress = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (g_mkdir_with_parents (g_get_user_state_dir (), 0700), ==, 0);
    g_assert_true (g_file_set_contents (in_the_way, "a file", -1, NULL));
    progress = postern_runbook_progress_new ("file:///unwritable");
    g_assert_false (postern_runbook_progress_set_done (progress, step, TRUE, &error));
    g_assert_nonnull (error);
    g_assert_true (postern_runbook_progress_is_done (progress, step));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
    g_test_add_func ("/runbook-progress/resume", test_resume);
    g_test_add_func ("/runbook-progress/other-values", test_other_values);
    g_test_add_func ("/runbook-progress/choices", test_choices);
    g_test_add_func ("/runbook-progress/batches", test_batches);
    g_test_add_func ("/runbook-progress/two-windows", test_two_windows);
    g_test_add_func ("/runbook-progress/rename-and-clear", test_rename_and_clear);
    g_test_add_func ("/runbook-progress/damaged", test_damaged);
    g_test_add_func ("/runbook-progress/unwritable", test_unwritable);
    return g_test_run ();
}
