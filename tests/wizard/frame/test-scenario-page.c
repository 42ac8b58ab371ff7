/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "page-fixture.h"
#include <string.h>
#include "wizard/postern-scenario-finder.h"
#include "wizard/postern-scenario-row.h"

static GtkWidget *
get_child (gpointer widget, const char *name)
{
    return GTK_WIDGET (gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name));
}

/* What another scenario changes is shown, and said aloud. */
static void
test_effect_of_another_scenario (PageFixture *self, gconstpointer data)
{
    GtkWidget *row, *effect;
    const char *text;

    postern_plan_set_scenario (self->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_apply_presets (self->plan);
    postern_plan_add_domain (self->plan, "example.com", NULL);
    page_fixture_show (self, POSTERN_STEP_SCENARIO);
    effect = get_child (self->page, "effect_label");
    g_assert_false (gtk_widget_get_visible (effect));
    row = get_widget (self->page, POSTERN_TYPE_SCENARIO_ROW, "Directly");
    gtk_check_button_set_active (GTK_CHECK_BUTTON (get_widget (row, GTK_TYPE_CHECK_BUTTON, NULL)), TRUE);
    g_assert_cmpint (postern_plan_get_scenario (self->plan), ==, POSTERN_SCENARIO_DIRECT);
    g_assert_true (gtk_widget_get_visible (effect));
    text = gtk_label_get_text (GTK_LABEL (effect));
    g_assert_true (g_str_has_prefix (text, "What was entered stays."));
    g_assert_nonnull (strstr (text, "Refused messages: delete message → reject message"));
    must_hear (text);
}

/* So is the answer to who does not know which one it is. */
static void
test_answer_of_the_finder (PageFixture *self, gconstpointer data)
{
    GtkWidget *finder, *domain, *answer;

    page_fixture_show (self, POSTERN_STEP_SCENARIO);
    finder = get_widget (self->page, POSTERN_TYPE_SCENARIO_FINDER, NULL);
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (finder), TRUE);
    domain = get_widget (finder, ADW_TYPE_ENTRY_ROW, "Mail Domain");
    gtk_editable_set_text (GTK_EDITABLE (domain), "nowhere.invalid");
    press_enter (domain);
    answer = get_child (finder, "servers_label");
    wait_until (gtk_widget_get_mapped (answer));
    g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (answer)), "nowhere.invalid"));
    must_hear (gtk_label_get_text (GTK_LABEL (answer)));
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
#define ADD(path, function)                                                                                            \
    g_test_add ("/scenario-page/" path, PageFixture, NULL, page_fixture_set_up, function, page_fixture_tear_down)
    ADD ("effect-of-another-scenario", test_effect_of_another_scenario);
    ADD ("answer-of-the-finder", test_answer_of_the_finder);
    return g_test_run ();
}
