/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"
#include "wizard/postern-draft.h"
#include "wizard/postern-window.h"

/* The real window, used by its buttons. */

static PosternWindow *window;

static AdwNavigationView *
get_view (void)
{
    return ADW_NAVIGATION_VIEW (get_widget (window, ADW_TYPE_NAVIGATION_VIEW, NULL));
}

static PosternPage *
get_page (void)
{
    return POSTERN_PAGE (adw_navigation_view_get_visible_page (get_view ()));
}

static PosternStep
get_step (void)
{
    return postern_page_get_step (get_page ());
}

static void
open_window (void)
{
    window = g_object_new (POSTERN_TYPE_WINDOW, NULL);
    gtk_window_present (GTK_WINDOW (window));
    wait_until (gtk_widget_get_mapped (GTK_WIDGET (get_page ())));
}

static void
close_window (void)
{
    gpointer gone = window;

    g_object_add_weak_pointer (G_OBJECT (window), &gone);
    gtk_window_close (GTK_WINDOW (window));
    wait_until (gone == NULL);
}

static void
press_primary (void)
{
    PosternPage *page = get_page ();

    g_signal_emit_by_name (postern_page_get_primary_button (page), "clicked");
}

static void
go_on_to (PosternStep step)
{
    press_primary ();
    wait_until (get_step () == step);
}

/* Without a gateway, through every page of a scenario to the review, which is the last. */
static void
walk (PosternScenario scenario)
{
    PosternPlan *plan = postern_session_get_plan (postern_window_get_session (window));
    PosternStep step = POSTERN_STEP_GATEWAY;

    g_assert_cmpint (get_step (), ==, POSTERN_STEP_WELCOME);
    go_on_to (POSTERN_STEP_SCENARIO);
    postern_plan_set_scenario (plan, scenario);
    go_on_to (POSTERN_STEP_GATEWAY);
    g_signal_emit_by_name (get_widget (get_page (), GTK_TYPE_BUTTON, "_Plan Without a Gateway"), "clicked");
    while (postern_steps_get_next (scenario, POSTERN_MODE_PLAN, step, &step)) {
        wait_until (get_step () == step);
        if (step == POSTERN_STEP_EDGE_GATEWAY) {
            g_autoptr (PosternRoute) edge = postern_route_parse ("192.0.2.1", NULL);

            postern_plan_set_edge_gateway (plan, edge);
        }
        if (step != POSTERN_STEP_REVIEW)
            press_primary ();
    }
}

static void
test_forward (gconstpointer data)
{
    open_window ();
    walk (GPOINTER_TO_INT (data));
    g_assert_cmpint (get_step (), ==, POSTERN_STEP_REVIEW);
    close_window ();
}

/* A page that was left by going back is gone. */
static void
test_back (void)
{
    gpointer left;

    open_window ();
    walk (POSTERN_SCENARIO_DIRECT);
    left = get_page ();
    g_object_add_weak_pointer (left, &left);
    gtk_widget_activate_action (GTK_WIDGET (get_page ()), "navigation.pop", NULL);
    wait_until (get_step () == POSTERN_STEP_CHECKS && left == NULL);
    close_window ();
}

static void
test_there_and_back_from_the_review (void)
{
    g_autofree char *label = NULL;

    open_window ();
    walk (POSTERN_SCENARIO_EDGE_VERIFYING);
    gtk_widget_activate_action (get_widget (get_page (), g_type_from_name ("PosternPlanSummary"), NULL), "summary.edit",
                                "s", "domains");
    wait_until (get_step () == POSTERN_STEP_DOMAINS);
    g_assert_true (postern_page_get_detour (get_page ()));
    g_object_get (get_page (), "primary-label", &label, NULL);
    g_assert_cmpstr (label, ==, "_Back to Review");
    go_on_to (POSTERN_STEP_REVIEW);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (adw_navigation_view_get_navigation_stack (get_view ()))),
                      ==, 8);
    close_window ();
}

/* A closed window comes back where it was, with what was in it. */
static void
test_taken_up_where_it_was_left (void)
{
    g_autoptr (GPtrArray) drafts = NULL;
    g_autoptr (PosternPlan) plan = NULL;
    PosternDraft *draft;

    open_window ();
    walk (POSTERN_SCENARIO_EDGE_NOT_VERIFYING);
    gtk_widget_activate_action (GTK_WIDGET (get_page ()), "navigation.pop", NULL);
    wait_until (get_step () == POSTERN_STEP_CHECKS);
    plan = postern_plan_copy (postern_session_get_plan (postern_window_get_session (window)));
    close_window ();

    drafts = postern_draft_list (POSTERN_DRAFT_MAX);
    g_assert_cmpuint (drafts->len, ==, 1);
    draft = g_ptr_array_index (drafts, 0);
    g_assert_true (postern_draft_get_is_open (draft));
    g_assert_true (postern_draft_read_plan (draft, NULL));
    open_window ();
    postern_window_take_up (window, draft);
    g_assert_cmpint (get_step (), ==, POSTERN_STEP_CHECKS);
    g_assert_true (postern_plan_equal (plan, postern_session_get_plan (postern_window_get_session (window))));
    /* The pages on the way there are below it. */
    gtk_widget_activate_action (GTK_WIDGET (get_page ()), "navigation.pop", NULL);
    wait_until (get_step () == POSTERN_STEP_TRUSTED_NETWORKS);
    close_window ();
}

static void
test_a_new_integration_is_empty (void)
{
    PosternPlan *plan;

    open_window ();
    walk (POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_window_show_step (window, POSTERN_STEP_WELCOME);
    wait_until (get_step () == POSTERN_STEP_WELCOME);
    go_on_to (POSTERN_STEP_SCENARIO);
    plan = postern_session_get_plan (postern_window_get_session (window));
    g_assert_true (postern_plan_is_empty (plan));
    g_assert_cmpint (postern_plan_get_scenario (plan), ==, POSTERN_SCENARIO_DIRECT);
    close_window ();
}

/* Enter goes on: the primary button of the visible page is the window's default. */
static void
test_enter_goes_on (void)
{
    open_window ();
    wait_until (gtk_window_get_default_widget (GTK_WINDOW (window)) == postern_page_get_primary_button (get_page ()));
    go_on_to (POSTERN_STEP_SCENARIO);
    wait_until (gtk_window_get_default_widget (GTK_WINDOW (window)) == postern_page_get_primary_button (get_page ()));
    gtk_widget_activate_action (GTK_WIDGET (window), "default.activate", NULL);
    wait_until (get_step () == POSTERN_STEP_GATEWAY);
    close_window ();
}

static void
remove_drafts (void)
{
    g_autoptr (GPtrArray) drafts = postern_draft_list (0);
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    for (int scenario = POSTERN_SCENARIO_DIRECT; scenario <= POSTERN_SCENARIO_EDGE_NOT_VERIFYING; scenario++) {
        g_autofree char *path =
            g_strdup_printf ("/window/forward/%s", postern_enum_to_nick (POSTERN_TYPE_SCENARIO, scenario));

        g_test_add_data_func (path, GINT_TO_POINTER (scenario), test_forward);
    }
    g_test_add_func ("/window/back", test_back);
    g_test_add_func ("/window/there-and-back-from-the-review", test_there_and_back_from_the_review);
    g_test_add_func ("/window/clean", remove_drafts);
    g_test_add_func ("/window/taken-up-where-it-was-left", test_taken_up_where_it_was_left);
    g_test_add_func ("/window/a-new-integration-is-empty", test_a_new_integration_is_empty);
    g_test_add_func ("/window/enter-goes-on", test_enter_goes_on);
    return g_test_run ();
}
