/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "page-fixture.h"
#include "wizard/postern-change-expander.h"
#include "wizard/postern-changes-dialog.h"
#include "wizard/postern-changes-model.h"
#include "wizard/postern-change-row.h"
#include "wizard/postern-finding-row.h"

#define MANY 100000

static PosternStep edited;

static void
on_edit_step_cb (PosternPage *page, PosternStep step, gpointer user_data)
{
    edited = step;
}

static void
show (PageFixture *self)
{
    page_fixture_show (self, POSTERN_STEP_REVIEW);
    g_signal_connect (self->page, "edit-step", G_CALLBACK (on_edit_step_cb), NULL);
}

static void
wait_until_judged (PageFixture *self)
{
    wait_until (postern_findings_model_get_settled (postern_session_get_findings (self->session)));
}

static void
test_an_error_stops_and_its_cure_helps (PageFixture *self, gconstpointer data)
{
    g_autoptr (PosternRoute) edge = postern_route_parse ("192.0.2.1", NULL);
    PosternSection section;
    GtkWidget *row;

    postern_plan_add_domain (self->plan, "example.com", NULL);
    postern_plan_set_edge_gateway (self->plan, edge);
    show (self);
    wait_until_judged (self);
    g_assert_false (page_is (self, "complete"));
    assert_string (self->page, "reason", "The errors have to be cured first.");

    row = get_widget (self->page, POSTERN_TYPE_FINDING_ROW, NULL);
    section = postern_finding_get_section (postern_finding_row_get_finding (POSTERN_FINDING_ROW (row)));
    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, postern_section_get_title (section)), "clicked");
    g_assert_cmpint (edited, ==, postern_step_from_section (section));
    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, NULL), "clicked");
    g_assert_null (postern_plan_get_edge_gateway (self->plan));
    wait_until_judged (self);
    g_assert_cmpuint (postern_findings_model_get_n_errors (postern_session_get_findings (self->session)), ==, 0);
    assert_string (self->page, "reason", "Connect to the gateway first.");
}

static void
test_without_a_gateway_a_plan_is_saved (PageFixture *self, gconstpointer data)
{
    postern_session_set_mode (self->session, POSTERN_MODE_PLAN);
    show (self);
    g_assert_true (page_is (self, "complete"));
    assert_string (self->page, "primary-label", "_Save Plan…");
    wait_until (shows_text (self->page, "Compared with a gateway that has nothing yet, because none has been asked."));
}

static void
test_every_section_can_be_edited (PageFixture *self, gconstpointer data)
{
    GtkWidget *summary;

    postern_plan_set_scenario (self->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    show (self);
    summary = get_widget (self->page, g_type_from_name ("PosternPlanSummary"), NULL);
    for (PosternStep step = POSTERN_STEP_SCENARIO; step <= POSTERN_STEP_CHECKS; step++) {
        GtkWidget *row = get_widget (summary, ADW_TYPE_ACTION_ROW, postern_step_get_title (step));
        GtkWidget *button = get_widget (row, GTK_TYPE_BUTTON, "Edit");

        /* All are called “Edit”; what is edited is told along with it. */
        gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                             postern_step_get_title (step));
        g_signal_emit_by_name (button, "clicked");
        g_assert_cmpint (edited, ==, step);
    }
}

static void
test_a_message_is_tried (PageFixture *self, gconstpointer data)
{
    GtkWidget *client, *recipient;

    postern_plan_add_domain (self->plan, "example.com", NULL);
    show (self);
    client = get_widget (self->page, ADW_TYPE_ENTRY_ROW, "From address");
    recipient = get_widget (self->page, ADW_TYPE_ENTRY_ROW, "Recipient");
    type_text (client, "203.0.113.9");
    type_text (recipient, "someone@elsewhere.test");
    wait_until (shows_text (self->page, "Refused with 554 5.7.1: the sender is in no trusted network, and the domain "
                                        "of someone@elsewhere.test is not local."));
    must_hear ("Refused with 554 5.7.1: the sender is in no trusted network, and the domain of someone@elsewhere.test "
               "is not local.");
    gtk_editable_set_text (GTK_EDITABLE (client), "nonsense");
    press_enter (client);
    wait_until (!shows_text (self->page, "Refused with 554 5.7.1: the sender is in no trusted network, and the domain "
                                         "of someone@elsewhere.test is not local."));
}

/* The answer follows the plan, whoever changes it. */
static void
test_a_trial_follows_the_plan (PageFixture *self, gconstpointer data)
{
    const char *refused = "Refused with 554 5.7.1: the sender is in no trusted network, and the domain of "
                          "someone@elsewhere.test is not local.";

    show (self);
    type_text (get_widget (self->page, ADW_TYPE_ENTRY_ROW, "From address"), "10.0.0.20");
    type_text (get_widget (self->page, ADW_TYPE_ENTRY_ROW, "Recipient"), "someone@elsewhere.test");
    wait_until (shows_text (self->page, refused));
    postern_plan_add_trusted_network (self->plan, "10.0.0.20", NULL);
    wait_until (!shows_text (self->page, refused));
}

static void
fill (PosternPlan *plan, guint n)
{
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf ("d%u.example.com", i);

        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    g_assert_cmpuint (postern_record_list_append_all (postern_plan_get_domains (plan), domains), ==, n);
}

/* However many changes there are, few rows are made, and all of them can be seen. */
static void
test_many_changes (PageFixture *self, gconstpointer data)
{
    GtkWidget *expander, *dialog;

    fill (self->plan, MANY);
    show (self);
    wait_until (shows_text (self->page, "100000 added") || shows_text (self->page, "100,000 added"));
    expander = get_widget (self->page, POSTERN_TYPE_CHANGE_EXPANDER, "Domains");
    g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)));
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
    g_assert_cmpuint (count_widgets (expander, POSTERN_TYPE_CHANGE_ROW), ==, 20);
    wait_until (find_widget (expander, GTK_TYPE_BUTTON, "Show All…") != NULL);
    g_signal_emit_by_name (get_widget (expander, GTK_TYPE_BUTTON, "Show All…"), "clicked");
    wait_until ((dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (self->window)))) != NULL);
    g_assert_true (POSTERN_IS_CHANGES_DIALOG (dialog));
    wait_until (count_widgets (dialog, POSTERN_TYPE_CHANGE_ROW) > 10);
    g_assert_cmpuint (count_widgets (dialog, POSTERN_TYPE_CHANGE_ROW), <, 500);
    gtk_editable_set_text (GTK_EDITABLE (get_widget (dialog, GTK_TYPE_SEARCH_ENTRY, NULL)), "d99999.");
    wait_until (shows_text (dialog, "d99999.example.com"));
    adw_dialog_force_close (ADW_DIALOG (dialog));
}

static void
test_postfix_configuration_is_shown (PageFixture *self, gconstpointer data)
{
    AdwDialog *dialog;
    g_autofree char *text = NULL;

    postern_plan_add_domain (self->plan, "example.com", NULL);
    show (self);
    gtk_widget_activate_action (GTK_WIDGET (self->page), "review.show-postfix", NULL);
    wait_until ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window))) != NULL);
    g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_widget (dialog, GTK_TYPE_TEXT_VIEW, NULL))), "text",
                  &text, NULL);
    g_assert_nonnull (strstr (text, "relay_domains"));
    g_assert_nonnull (strstr (text, "example.com"));
    adw_dialog_force_close (dialog);
}

static void
add (const char *path, void (*test) (PageFixture *, gconstpointer))
{
    g_test_add (path, PageFixture, NULL, page_fixture_set_up, test, page_fixture_tear_down);
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    add ("/review/an-error-stops-and-its-cure-helps", test_an_error_stops_and_its_cure_helps);
    add ("/review/without-a-gateway-a-plan-is-saved", test_without_a_gateway_a_plan_is_saved);
    add ("/review/every-section-can-be-edited", test_every_section_can_be_edited);
    add ("/review/a-message-is-tried", test_a_message_is_tried);
    add ("/review/a-trial-follows-the-plan", test_a_trial_follows_the_plan);
    add ("/review/many-changes", test_many_changes);
    add ("/review/postfix-configuration-is-shown", test_postfix_configuration_is_shown);
    return g_test_run ();
}
