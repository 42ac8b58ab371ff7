/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"

/*
 * What is true of every page, in every scenario: its template can be made without a warning, it says who it is,
 * everything that can be reached has a name, and it is gone after it was left (see page_fixture_tear_down()).
 */

typedef struct {
    PosternScenario scenario;
    PosternStep step;
} Case;

static gboolean
has_relation (GtkWidget *widget, GtkAccessibleRelation relation)
{
    return gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), relation);
}

/* Named by a label of its own, by another widget, or by what stands in it. */
static gboolean
has_name (GtkWidget *widget)
{
    return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
           has_relation (widget, GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
           find_widget (widget, GTK_TYPE_LABEL, NULL) != NULL;
}

static void
assert_named (GtkWidget *widget)
{
    if (!gtk_widget_get_visible (widget))
        return;
    if ((GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget) ||
         GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) ||
         GTK_IS_DROP_DOWN (widget)) &&
        !has_name (widget) && gtk_widget_get_tooltip_text (widget) == NULL)
        g_error ("a %s has no accessible name", G_OBJECT_TYPE_NAME (widget));
    /* What is inside a menu button or an entry is its own affair. */
    if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_EDITABLE (widget))
        return;
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        assert_named (child);
}

static GtkWidget *
find_role (GtkWidget *widget, GtkAccessibleRole role)
{
    if (!gtk_widget_get_visible (widget))
        return NULL;
    if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == role)
        return widget;
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child)) {
        GtkWidget *found = find_role (child, role);

        if (found != NULL)
            return found;
    }
    return NULL;
}

static void
test_page (gconstpointer data)
{
    const Case *one = data;
    PageFixture fixture = { 0 };
    g_autofree char *heading = NULL;
    GtkWidget *label;

    page_fixture_set_up (&fixture, NULL);
    postern_plan_set_scenario (fixture.plan, one->scenario);
    postern_plan_apply_presets (fixture.plan);
    page_fixture_show (&fixture, one->step);

    g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (fixture.page)), ==,
                     postern_step_get_title (one->step));
    g_assert_cmpstr (adw_navigation_page_get_tag (ADW_NAVIGATION_PAGE (fixture.page)), ==,
                     postern_enum_to_nick (POSTERN_TYPE_STEP, one->step));
    g_object_get (fixture.page, "heading", &heading, NULL);
    label = find_role (GTK_WIDGET (fixture.page), GTK_ACCESSIBLE_ROLE_HEADING);
    g_assert_true (GTK_IS_LABEL (label));
    g_assert_nonnull (find_widget (fixture.page, GTK_TYPE_LABEL, heading));
    g_assert_true (has_relation (postern_page_get_primary_button (fixture.page), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
    assert_named (GTK_WIDGET (fixture.page));

    page_fixture_tear_down (&fixture, NULL);
}

/* A page says why when its primary button is insensitive. */
static void
test_reason (gconstpointer data)
{
    const Case *one = data;
    PageFixture fixture = { 0 };
    g_autofree char *reason = NULL;

    page_fixture_set_up (&fixture, NULL);
    postern_plan_set_scenario (fixture.plan, one->scenario);
    page_fixture_show (&fixture, one->step);
    g_object_get (fixture.page, "reason", &reason, NULL);
    if (!page_is (&fixture, "complete") && !page_is (&fixture, "busy"))
        must_show_text (fixture.page, reason);
    page_fixture_tear_down (&fixture, NULL);
}

/* The whole of what went wrong is there to be read, with a way to try again; it leaves when it is answered. */
static void
test_error (void)
{
    PageFixture fixture = { 0 };
    const char *text = "gw.example.com, port 8443 refuses the connection. Check the address and the port.";

    page_fixture_set_up (&fixture, NULL);
    page_fixture_show (&fixture, POSTERN_STEP_SCENARIO);
    g_assert_null (find_role (GTK_WIDGET (fixture.page), GTK_ACCESSIBLE_ROLE_ALERT));
    postern_page_set_error (fixture.page, text, "_Try Again");
    must_show_text (fixture.page, text);
    g_assert_nonnull (find_role (GTK_WIDGET (fixture.page), GTK_ACCESSIBLE_ROLE_ALERT));
    g_signal_emit_by_name (get_widget (fixture.page, GTK_TYPE_BUTTON, "_Try Again"), "clicked");
    g_assert_null (find_role (GTK_WIDGET (fixture.page), GTK_ACCESSIBLE_ROLE_ALERT));
    page_fixture_tear_down (&fixture, NULL);
}

static void
test_busy (void)
{
    PageFixture fixture = { 0 };
    GtkWidget *primary;

    page_fixture_set_up (&fixture, NULL);
    page_fixture_show (&fixture, POSTERN_STEP_SCENARIO);
    primary = postern_page_get_primary_button (fixture.page);
    g_assert_true (gtk_widget_get_sensitive (primary));
    g_assert_null (find_widget (primary, ADW_TYPE_SPINNER, NULL));
    postern_page_set_busy (fixture.page, TRUE);
    g_assert_false (gtk_widget_get_sensitive (primary));
    g_assert_nonnull (find_widget (primary, ADW_TYPE_SPINNER, NULL));
    postern_page_set_busy (fixture.page, FALSE);
    g_signal_emit_by_name (primary, "clicked");
    g_assert_cmpuint (fixture.finished, ==, 1);
    page_fixture_tear_down (&fixture, NULL);
}

static void
add_cases (const char *name, GTestDataFunc test)
{
    for (int scenario = POSTERN_SCENARIO_DIRECT; scenario <= POSTERN_SCENARIO_EDGE_NOT_VERIFYING; scenario++)
        for (int step = POSTERN_STEP_WELCOME; step <= POSTERN_STEP_KSMG; step++) {
            g_autofree char *path =
                g_strdup_printf ("/page/%s/%s/%s", name, postern_enum_to_nick (POSTERN_TYPE_SCENARIO, scenario),
                                 postern_enum_to_nick (POSTERN_TYPE_STEP, step));
            Case *one;

            if (!postern_steps_has (scenario, POSTERN_MODE_PUSH, step) &&
                !postern_steps_has (scenario, POSTERN_MODE_KSMG, step))
                continue;
            one = g_new0 (Case, 1);
            one->scenario = scenario;
            one->step = step;
            g_test_add_data_func_full (path, one, test, g_free);
        }
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    add_cases ("can-be-used", test_page);
    add_cases ("says-why-not", test_reason);
    g_test_add_func ("/page/error", test_error);
    g_test_add_func ("/page/busy", test_busy);
    return g_test_run ();
}
