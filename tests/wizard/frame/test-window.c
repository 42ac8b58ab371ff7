/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail-server.h"
#include "page-fixture.h"
#include "plan/postern-plan-json.h"
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
    g_autoptr (GListModel) stack = NULL;
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
    stack = adw_navigation_view_get_navigation_stack (get_view ());
    g_assert_cmpuint (g_list_model_get_n_items (stack), ==, 8);
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

/*
 * Leaving
 */

/* Weak pointers to the pages that the window has now. */
static GPtrArray *
watch_pages (void)
{
    g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (get_view ());
    GPtrArray *pages = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < g_list_model_get_n_items (stack); i++) {
        g_autoptr (GObject) page = g_list_model_get_item (stack, i);
        gpointer *gone = g_new (gpointer, 1);

        *gone = page;
        g_object_add_weak_pointer (page, gone);
        g_ptr_array_add (pages, gone);
    }
    return pages;
}

static guint
count_left (GPtrArray *pages)
{
    guint n = 0;

    for (guint i = 0; i < pages->len; i++)
        if (*(gpointer *)pages->pdata[i] != NULL)
            n++;
    return n;
}

/* Every page is gone after it was left: by going back, with those below it by going elsewhere, and with the window. */
static void
test_left_pages_are_gone (gconstpointer data)
{
    const PosternStep step = GPOINTER_TO_INT (data);
    g_autoptr (GPtrArray) first = NULL, second = NULL;

    open_window ();
    postern_plan_set_scenario (postern_session_get_plan (postern_window_get_session (window)),
                               POSTERN_SCENARIO_EDGE_VERIFYING);
    if (step == POSTERN_STEP_KSMG)
        postern_session_set_mode (postern_window_get_session (window), POSTERN_MODE_KSMG);
    postern_window_show_step (window, step);
    wait_until (get_step () == step && gtk_widget_get_mapped (GTK_WIDGET (get_page ())));
    first = watch_pages ();
    if (first->len > 1) {
        gtk_widget_activate_action (GTK_WIDGET (get_page ()), "navigation.pop", NULL);
        wait_until (count_left (first) == first->len - 1);
        g_assert_null (*(gpointer *)first->pdata[first->len - 1]);
    }
    postern_window_show_step (window, POSTERN_STEP_WELCOME);
    wait_until (count_left (first) == 0);
    postern_window_show_step (window, step);
    wait_until (get_step () == step && gtk_widget_get_mapped (GTK_WIDGET (get_page ())));
    second = watch_pages ();
    close_window ();
    wait_until (count_left (second) == 0);
}

/*
 * Files that are dropped
 */

static PosternPlan *
write_plan (GFile *file)
{
    PosternPlan *plan = postern_plan_new ();
    g_autoptr (GError) error = NULL;

    postern_plan_add_domain (plan, "dropped.example", NULL);
    postern_plan_save (plan, file, NULL, &error);
    g_assert_no_error (error);
    return plan;
}

/* As GTK does it once the file's name has come. Returns: whether it was taken */
static gboolean
drop (gpointer target, GFile *file)
{
    g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (target);
    g_auto (GValue) value = G_VALUE_INIT;
    gboolean taken = FALSE;

    g_value_init (&value, G_TYPE_FILE);
    g_value_set_object (&value, file);
    for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
        g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

        if (GTK_IS_DROP_TARGET (controller)) {
            g_assert_true (gdk_content_formats_contain_gtype (
                gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)), G_TYPE_FILE));
            g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
        }
    }
    return taken;
}

/* A plan that is dropped anywhere opens with its review, in this window; what was here is kept. */
static void
test_drop (gconstpointer data)
{
    const PosternStep step = GPOINTER_TO_INT (data);
    g_autofree char *path = g_build_filename (g_get_tmp_dir (), "dropped.postern", NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autoptr (PosternPlan) plan = write_plan (file);
    PosternSession *session;

    open_window ();
    session = postern_window_get_session (window);
    postern_window_show_step (window, step);
    wait_until (get_step () == step && gtk_widget_get_mapped (GTK_WIDGET (get_page ())));
    g_assert_true (drop (step == POSTERN_STEP_DOMAINS ? (gpointer)get_page () : (gpointer)window, file));
    wait_until (get_step () == POSTERN_STEP_REVIEW);
    g_assert_true (postern_plan_equal (postern_session_get_plan (session), plan));
    g_assert_true (g_file_equal (postern_session_get_file (session), file));
    close_window ();
    g_file_delete (file, NULL, NULL);
}

/* Nothing else is a plan; and what only looks like one is said, and changes nothing. */
static void
test_drop_of_no_plan (void)
{
    g_autofree char *path = g_build_filename (g_get_tmp_dir (), "broken.postern", NULL);
    g_autoptr (GFile) broken = g_file_new_for_path (path);
    g_autoptr (GFile) other = g_file_new_for_path ("/tmp/letter.txt");

    g_assert_true (g_file_set_contents (path, "{", -1, NULL));
    open_window ();
    g_assert_false (drop (window, other));
    g_assert_true (drop (window, broken));
    wait_until (find_widget (window, g_type_from_name ("AdwToastWidget"), NULL) != NULL);
    g_assert_cmpint (get_step (), ==, POSTERN_STEP_WELCOME);
    g_assert_true (postern_window_is_untouched (window));
    close_window ();
    g_file_delete (broken, NULL, NULL);
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

/* An edge gateway that does not do what the scenario says leads back to the scenario, and nothing is lost. */
static void
test_back_to_the_scenario (void)
{
    guint16 port;
    g_autoptr (MailServer) server = mail_server_start ("250 2.1.5 Ok", &port);
    g_autoptr (PosternRoute) edge = postern_route_new ("127.0.0.1", port, FALSE, NULL);
    PosternPlan *plan;

    open_window ();
    plan = postern_session_get_plan (postern_window_get_session (window));
    postern_plan_set_scenario (plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_set_edge_gateway (plan, edge);
    postern_plan_add_domain (plan, "example.com", NULL);
    postern_window_show_step (window, POSTERN_STEP_EDGE_GATEWAY);
    wait_until (gtk_widget_get_mapped (GTK_WIDGET (get_page ())));
    g_signal_emit_by_name (get_widget (window, GTK_TYPE_BUTTON, "_Test Connection"), "clicked");
    wait_until (find_widget (window, ADW_TYPE_BUTTON_ROW, "Change _Scenario") != NULL);
    g_signal_emit_by_name (get_widget (window, ADW_TYPE_BUTTON_ROW, "Change _Scenario"), "activated");
    g_assert_cmpint (get_step (), ==, POSTERN_STEP_SCENARIO);
    g_assert_true (postern_route_equal (postern_plan_get_edge_gateway (plan), edge));
    close_window ();
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
    for (int step = POSTERN_STEP_WELCOME; step <= POSTERN_STEP_KSMG; step++) {
        g_autofree char *path =
            g_strdup_printf ("/window/left-pages-are-gone/%s", postern_enum_to_nick (POSTERN_TYPE_STEP, step));

        g_test_add_data_func (path, GINT_TO_POINTER (step), test_left_pages_are_gone);
    }
    g_test_add_data_func ("/window/drop/anywhere", GINT_TO_POINTER (POSTERN_STEP_WELCOME), test_drop);
    g_test_add_data_func ("/window/drop/on-a-list", GINT_TO_POINTER (POSTERN_STEP_DOMAINS), test_drop);
    g_test_add_func ("/window/drop/no-plan", test_drop_of_no_plan);
    g_test_add_func ("/window/enter-goes-on", test_enter_goes_on);
    g_test_add_func ("/window/back-to-the-scenario", test_back_to_the_scenario);
    return g_test_run ();
}
