/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include "wizard/postern-autosave.h"
#include "wizard/postern-draft.h"

#define DEADLINE 60000

static PosternSession *
make_session (void)
{
    PosternSession *session = postern_session_new ();
    PosternPlan *plan = postern_session_get_plan (session);
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse ("https://gw.example.com:9443", NULL);
    g_autoptr (GFile) file = g_file_new_for_path ("/tmp/Head office.postern");

    g_assert_nonnull (postern_plan_add_domain (plan, "example.com", NULL));
    g_assert_nonnull (postern_plan_add_trusted_network (plan, "10.0.0.20", NULL));
    postern_plan_set_scenario (plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_session_set_mode (session, POSTERN_MODE_PLAN);
    postern_session_set_address (session, address, "sha256:00");
    postern_session_set_file (session, file);
    return session;
}

static PosternDraft *
load (const char *id)
{
    g_autoptr (GError) error = NULL;
    PosternDraft *draft = postern_draft_load (id, &error);

    g_assert_no_error (error);
    g_assert_true (postern_draft_read_plan (draft, &error));
    g_assert_no_error (error);
    return draft;
}

static void
delete_all (void)
{
    g_autoptr (GPtrArray) rest = postern_draft_list (0);

    g_assert_cmpuint (rest->len, ==, 0);
}

static void
test_what_is_kept_comes_back (void)
{
    g_autoptr (PosternSession) session = make_session ();
    g_autoptr (PosternSession) other = postern_session_new ();
    g_autoptr (PosternDraft) draft = postern_draft_new ("one", session, POSTERN_STEP_CHECKS, TRUE);
    g_autoptr (PosternDraft) loaded = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (postern_draft_save (draft, &error));
    g_assert_no_error (error);
    loaded = load ("one");
    g_assert_cmpstr (postern_draft_get_title (loaded), ==, "Head office");
    g_assert_cmpstr (postern_draft_get_gateway (loaded), ==, "gw.example.com:9443");
    g_assert_cmpint (postern_draft_get_scenario (loaded), ==, POSTERN_SCENARIO_EDGE_VERIFYING);
    g_assert_cmpint (postern_draft_get_step (loaded), ==, POSTERN_STEP_CHECKS);
    g_assert_true (postern_draft_get_is_open (loaded));

    postern_draft_apply (loaded, other);
    g_assert_true (postern_plan_equal (postern_session_get_plan (session), postern_session_get_plan (other)));
    g_assert_cmpint (postern_session_get_mode (other), ==, POSTERN_MODE_PLAN);
    g_assert_cmpstr (postern_session_get_pin (other), ==, "sha256:00");
    g_assert_true (
        postern_gateway_address_equal (postern_session_get_address (session), postern_session_get_address (other)));
    g_assert_true (g_file_equal (postern_session_get_file (session), postern_session_get_file (other)));
    delete_all ();
}

static void
test_a_plan_is_named_after_its_domains (void)
{
    g_autoptr (PosternSession) session = postern_session_new ();
    PosternPlan *plan = postern_session_get_plan (session);
    g_autoptr (PosternDraft) none = postern_draft_new ("x", session, POSTERN_STEP_DOMAINS, FALSE);
    g_autoptr (PosternDraft) two = NULL;

    g_assert_cmpstr (postern_draft_get_title (none), ==, "Untitled Plan");
    postern_plan_add_domain (plan, "xn--e1afmkfd.xn--p1ai", NULL);
    postern_plan_add_domain (plan, "example.org", NULL);
    two = postern_draft_new ("x", session, POSTERN_STEP_DOMAINS, FALSE);
    g_assert_cmpstr (postern_draft_get_title (two), ==, "пример.рф and 1 more");
}

static void
test_the_last_ones_are_listed_first_and_few (void)
{
    g_autoptr (PosternSession) session = make_session ();
    g_autoptr (GPtrArray) drafts = NULL;

    for (guint i = 0; i < 5; i++) {
        g_autofree char *id = g_strdup_printf ("draft-%u", i);
        g_autoptr (PosternDraft) draft = postern_draft_new (id, session, POSTERN_STEP_DOMAINS, FALSE);

        g_assert_true (postern_draft_save (draft, NULL));
    }
    drafts = postern_draft_list (3);
    g_assert_cmpuint (drafts->len, ==, 3);
    g_assert_cmpstr (postern_draft_get_id (g_ptr_array_index (drafts, 0)), ==, "draft-4");
    g_assert_null (postern_draft_load ("draft-0", NULL));
    delete_all ();
}

static void
test_a_broken_one_is_passed_over (void)
{
    g_autofree char *directory = g_build_filename (g_get_user_state_dir (), "postern", "plans", NULL);
    g_autofree char *path = g_build_filename (directory, "broken.ini", NULL);
    g_autoptr (GPtrArray) drafts = NULL;

    g_mkdir_with_parents (directory, 0700);
    g_assert_true (g_file_set_contents (path, "not a key file", -1, NULL));
    drafts = postern_draft_list (10);
    g_assert_cmpuint (drafts->len, ==, 0);
    g_unlink (path);
}

static gboolean
on_late_cb (gpointer flag)
{
    *(gboolean *)flag = TRUE;
    return G_SOURCE_REMOVE;
}

static PosternDraft *
wait_for_draft (const char *id)
{
    gboolean late = FALSE;
    guint deadline = g_timeout_add (DEADLINE, on_late_cb, &late);
    PosternDraft *draft = NULL;

    while (!late && draft == NULL) {
        g_main_context_iteration (NULL, TRUE);
        draft = postern_draft_load (id, NULL);
    }
    if (!late)
        g_source_remove (deadline);
    g_assert_nonnull (draft);
    return draft;
}

static void
test_a_change_is_kept_by_itself (void)
{
    g_autoptr (PosternSession) session = postern_session_new ();
    PosternAutosave *autosave = postern_autosave_new (session, "kept");
    g_autoptr (PosternDraft) draft = NULL;

    postern_autosave_set_step (autosave, POSTERN_STEP_DOMAINS);
    postern_plan_add_domain (postern_session_get_plan (session), "example.com", NULL);
    draft = wait_for_draft ("kept");
    g_assert_cmpint (postern_draft_get_step (draft), ==, POSTERN_STEP_DOMAINS);
    g_assert_cmpstr (postern_draft_get_title (draft), ==, "example.com");
    g_assert_true (postern_draft_get_is_open (draft));

    postern_autosave_flush (autosave, FALSE);
    g_clear_object (&draft);
    draft = load ("kept");
    g_assert_false (postern_draft_get_is_open (draft));
    g_assert_finalize_object (autosave);
    delete_all ();
}

static void
test_who_only_looks_leaves_nothing (void)
{
    g_autoptr (PosternSession) session = postern_session_new ();
    g_autoptr (PosternAutosave) autosave = postern_autosave_new (session, "visitor");

    postern_autosave_set_step (autosave, POSTERN_STEP_SCENARIO);
    postern_autosave_flush (autosave, TRUE);
    g_assert_null (postern_draft_load ("visitor", NULL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
    g_test_add_func ("/draft/what-is-kept-comes-back", test_what_is_kept_comes_back);
    g_test_add_func ("/draft/a-plan-is-named-after-its-domains", test_a_plan_is_named_after_its_domains);
    g_test_add_func ("/draft/the-last-ones-are-listed-first-and-few", test_the_last_ones_are_listed_first_and_few);
    g_test_add_func ("/draft/a-broken-one-is-passed-over", test_a_broken_one_is_passed_over);
    g_test_add_func ("/draft/a-change-is-kept-by-itself", test_a_change_is_kept_by_itself);
    g_test_add_func ("/draft/who-only-looks-leaves-nothing", test_who_only_looks_leaves_nothing);
    return g_test_run ();
}
