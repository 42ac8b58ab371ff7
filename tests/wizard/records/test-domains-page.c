/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "page-fixture.h"

#include "wizard/pages/postern-domains-page.h"
#include "wizard/postern-domain-row.h"
#include "wizard/postern-finding-row.h"

#define MANY 100000

static PosternDomain *
get_domain (PageFixture *fixture, const char *name)
{
    PosternDomain *domain = postern_record_list_lookup (postern_plan_get_domains (fixture->plan), name);

    g_assert_nonnull (domain);
    return domain;
}

static guint
n_domains (PageFixture *fixture)
{
    return postern_record_list_get_length (postern_plan_get_domains (fixture->plan));
}

static void
add_domain (PageFixture *fixture, const char *name)
{
    g_autoptr (GError) error = NULL;

    postern_plan_add_domain (fixture->plan, name, &error);
    g_assert_no_error (error);
}

static void
add_domains (PageFixture *fixture, guint n)
{
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf ("d%06u.example.com", i);

        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    postern_record_list_append_all (postern_plan_get_domains (fixture->plan), domains);
}

static GtkWidget *
get_row (PageFixture *fixture, const char *name)
{
    wait_until (find_record (fixture, POSTERN_TYPE_DOMAIN_ROW, name) != NULL);
    return find_record (fixture, POSTERN_TYPE_DOMAIN_ROW, name);
}

static GtkWidget *
get_entry (PageFixture *fixture)
{
    return get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Add Domain");
}

static void
expand (PageFixture *fixture, const char *name)
{
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (get_widget (get_row (fixture, name), GTK_TYPE_TOGGLE_BUTTON, NULL)), TRUE);
}

static void
press_undo (PageFixture *fixture)
{
    wait_until (find_widget (fixture->window, GTK_TYPE_BUTTON, "_Undo") != NULL);
    g_signal_emit_by_name (get_widget (fixture->window, GTK_TYPE_BUTTON, "_Undo"), "clicked");
}

static void
test_empty (PageFixture *fixture, gconstpointer data)
{
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    must_show_text (fixture->page, "Which domains does the gateway receive mail for?");
    must_show_text (fixture->page, "Without local domains the gateway accepts no mail for the internal mail servers.");
    g_assert_null (find_widget (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL));
    g_assert_true (page_is (fixture, "complete"));
}

static void
test_add (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *entry;

    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    entry = get_entry (fixture);
    type_text (entry, "Пример.РФ");
    press_enter (entry);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
    g_assert_true (postern_domain_get_local (get_domain (fixture, "xn--e1afmkfd.xn--p1ai")));
    must_show_text (get_row (fixture, "пример.рф"), "xn--e1afmkfd.xn--p1ai");

    /* What is there already stays in the entry, with the reason below. */
    type_text (entry, "xn--e1afmkfd.xn--p1ai");
    press_enter (entry);
    g_assert_cmpuint (n_domains (fixture), ==, 1);
    must_show_text (fixture->page, "This is in the list already.");
    gtk_test_accessible_assert_state (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (entry))),
                                      GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
    type_text (entry, "example.com");
    g_assert_false (shows_text (fixture->page, "This is in the list already."));
    gtk_test_accessible_assert_state (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (entry))),
                                      GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
}

/* The next page is reached without Enter, and what was typed is not lost. */
static void
test_next_adds (PageFixture *fixture, gconstpointer data)
{
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    type_text (get_entry (fixture), "exa mple");
    g_signal_emit_by_name (postern_page_get_primary_button (fixture->page), "clicked");
    g_assert_cmpuint (fixture->finished, ==, 0);
    type_text (get_entry (fixture), "example.com");
    g_signal_emit_by_name (postern_page_get_primary_button (fixture->page), "clicked");
    g_assert_cmpuint (fixture->finished, ==, 1);
    get_domain (fixture, "example.com");
}

static void
test_several_lines (PageFixture *fixture, gconstpointer data)
{
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    gtk_editable_set_text (
        GTK_EDITABLE (get_entry (fixture)),
        "example.com\nalice@example.org\n\n  EXAMPLE.org. # head office\nexample.com\n*.example.net");
    wait_until (n_domains (fixture) == 2);
    get_domain (fixture, "example.com");
    get_domain (fixture, "example.org");
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (fixture))), ==, "");
    get_widget (fixture->page, ADW_TYPE_PREFERENCES_GROUP, "3 lines were not added");
    must_hear ("3 lines were not added");
    get_widget (fixture->page, ADW_TYPE_ACTION_ROW, "alice@example.org");
    get_widget (fixture->page, ADW_TYPE_ACTION_ROW, "*.example.net");
    assert_string (get_widget (fixture->page, ADW_TYPE_ACTION_ROW, "example.com"), "subtitle",
                   "This is in the list already.");
    g_signal_emit_by_name (get_widget (fixture->page, GTK_TYPE_BUTTON, "Dismiss"), "clicked");
    g_assert_null (find_widget (fixture->page, ADW_TYPE_PREFERENCES_GROUP, "3 lines were not added"));
}

/* What comes from the clipboard does not go through the entry, which holds 65,535 characters. */
static void
test_large_paste (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (GString) text = g_string_new (NULL);
    GtkWidget *entry;
    GtkWidget *dialog;

    for (guint i = 0; i < 10000; i++)
        g_string_append_printf (text, "d%05u.example.com\r\n", i);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    entry = get_entry (fixture);
    gdk_clipboard_set_text (gtk_widget_get_clipboard (entry), text->str);
    gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry))), "clipboard.paste", NULL);

    /* So much is shown first, and added only when that is agreed to. */
    dialog = get_dialog (fixture);
    wait_until (find_widget (dialog, GTK_TYPE_BUTTON, "_Add 10,000 Entries") != NULL);
    g_assert_cmpuint (n_domains (fixture), ==, 0);
    g_signal_emit_by_name (get_widget (dialog, GTK_TYPE_BUTTON, "_Add 10,000 Entries"), "clicked");
    wait_until (n_domains (fixture) == 10000);
    wait_until (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);

    gdk_clipboard_set_text (gtk_widget_get_clipboard (entry), " example.net\n");
    gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry))), "clipboard.paste", NULL);
    wait_until (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), " example.net"));
    press_enter (entry);
    get_domain (fixture, "example.net");
    must_hear ("example.net added");
}

static void
test_internal_server (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (PosternRoute) expected = postern_route_new ("10.0.0.20", 2525, FALSE, NULL);
    GtkWidget *host;

    add_domain (fixture, "example.com");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    must_show_text (get_row (fixture, "example.com"), "Nothing says yet where its mail goes");
    host = get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Host");
    type_text (host, "10.0.0");
    g_assert_false (page_is (fixture, "complete"));
    type_text (host, "10.0.0.20");
    g_assert_true (page_is (fixture, "complete"));
    gtk_editable_set_text (GTK_EDITABLE (get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Port")), "2525");
    g_assert_true (postern_route_equal (postern_plan_get_internal_server (fixture->plan), expected));
    must_show_text (get_row (fixture, "example.com"), "Mail goes to the internal mail server, 10.0.0.20:2525");
    g_assert_null (find_widget (fixture->page, ADW_TYPE_SWITCH_ROW, "Use MX lookup"));
    type_text (host, "mail.example.com");
    adw_switch_row_set_active (ADW_SWITCH_ROW (get_widget (fixture->page, ADW_TYPE_SWITCH_ROW, "Use MX lookup")), TRUE);
    g_assert_true (postern_route_get_mx (postern_plan_get_internal_server (fixture->plan)));
}

static void
test_own_route (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *row;
    GObject *route;

    add_domain (fixture, "example.com");
    add_domain (fixture, "example.org");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    expand (fixture, "example.org");
    row = get_row (fixture, "example.org");
    gtk_test_accessible_assert_state (GTK_ACCESSIBLE (get_widget (row, GTK_TYPE_TOGGLE_BUTTON, NULL)),
                                      GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
    route = G_OBJECT (get_widget (row, ADW_TYPE_COMBO_ROW, "Route"));
    g_object_set (route, "selected", POSTERN_DOMAIN_ROUTING_DNS, NULL);
    g_assert_cmpint (postern_domain_get_routing (get_domain (fixture, "example.org")), ==, POSTERN_DOMAIN_ROUTING_DNS);
    must_show_text (row, "Mail goes where its MX records say");

    g_object_set (route, "selected", POSTERN_DOMAIN_ROUTING_OWN, NULL);
    g_assert_false (page_is (fixture, "complete"));
    type_text (get_widget (row, ADW_TYPE_ENTRY_ROW, "Host"), "10.0.0.21");
    g_assert_true (page_is (fixture, "complete"));
    g_assert_cmpstr (postern_route_get_host (postern_domain_get_own_route (get_domain (fixture, "example.org"))), ==,
                     "10.0.0.21");
    must_show_text (row, "Mail goes to 10.0.0.21:25");

    /* One is expanded at a time; a route without a host is none. */
    expand (fixture, "example.com");
    g_assert_null (find_widget (get_row (fixture, "example.org"), ADW_TYPE_COMBO_ROW, NULL));
    g_object_set (get_widget (get_row (fixture, "example.com"), ADW_TYPE_COMBO_ROW, "Route"), "selected",
                  POSTERN_DOMAIN_ROUTING_OWN, NULL);
    g_assert_false (page_is (fixture, "complete"));
    expand (fixture, "example.org");
    g_assert_true (page_is (fixture, "complete"));
    g_assert_cmpint (postern_domain_get_routing (get_domain (fixture, "example.com")), ==,
                     POSTERN_DOMAIN_ROUTING_DEFAULT);
}

static void
test_subdomains (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *subdomains;

    add_domain (fixture, "example.com");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    expand (fixture, "example.com");
    subdomains = get_widget (get_row (fixture, "example.com"), ADW_TYPE_SWITCH_ROW, "Include subdomains");
    adw_switch_row_set_active (ADW_SWITCH_ROW (subdomains), TRUE);
    g_assert_cmpuint (n_domains (fixture), ==, 2);
    must_show_text (get_row (fixture, ".example.com"), "Every subdomain of example.com");
    adw_switch_row_set_active (ADW_SWITCH_ROW (subdomains), FALSE);
    g_assert_cmpuint (n_domains (fixture), ==, 1);
}

static void
test_local (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (PosternRoute) internal_server = postern_route_new ("10.0.0.20", 25, FALSE, NULL);
    GtkWidget *row, *local;

    postern_plan_set_internal_server (fixture->plan, internal_server);
    add_domain (fixture, "example.com");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    row = get_row (fixture, "example.com");
    local = get_widget (row, GTK_TYPE_SWITCH, "Local domain");
    gtk_test_accessible_assert_role (GTK_ACCESSIBLE (local), GTK_ACCESSIBLE_ROLE_SWITCH);
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (local), GTK_ACCESSIBLE_PROPERTY_LABEL, "Local domain");
    gtk_switch_set_active (GTK_SWITCH (local), FALSE);
    g_assert_false (postern_domain_get_local (get_domain (fixture, "example.com")));

    /* What it leads to is told at the row, and so is the cure. */
    wait_until (find_widget (row, POSTERN_TYPE_FINDING_ROW, NULL) != NULL);
    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, "Make Local"), "clicked");
    g_assert_true (postern_domain_get_local (get_domain (fixture, "example.com")));
    g_assert_true (gtk_switch_get_active (GTK_SWITCH (local)));
    wait_until (find_widget (row, POSTERN_TYPE_FINDING_ROW, NULL) == NULL);
}

static void
test_remove (PageFixture *fixture, gconstpointer data)
{
    add_domain (fixture, "example.com");
    add_domain (fixture, "example.org");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    expand (fixture, "example.com");
    g_signal_emit_by_name (get_widget (get_row (fixture, "example.com"), GTK_TYPE_BUTTON, "Remove"), "clicked");
    g_assert_cmpuint (n_domains (fixture), ==, 1);
    wait_until (find_record (fixture, POSTERN_TYPE_DOMAIN_ROW, "example.com") == NULL);
    must_hear ("example.com removed");
    press_undo (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 2);
    g_assert_null (find_widget (get_row (fixture, "example.com"), ADW_TYPE_COMBO_ROW, NULL));
}

/* A cure that removes can be undone like any other removal. */
static void
test_cure (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *row;

    add_domain (fixture, "co.uk");
    add_domain (fixture, "example.com");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    row = get_row (fixture, "co.uk");
    wait_until (find_widget (row, GTK_TYPE_BUTTON, "Remove Domain") != NULL);
    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, "Remove Domain"), "clicked");
    g_assert_cmpuint (n_domains (fixture), ==, 1);
    press_undo (fixture);
    get_row (fixture, "co.uk");
    g_assert_cmpuint (n_domains (fixture), ==, 2);
}

/* The route that a domain lacks is added by one click where the others show it. */
static void
test_cure_route (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (PosternRoute) route = postern_route_new ("10.0.0.21", 25, FALSE, NULL);
    GtkWidget *row;

    add_domain (fixture, "example.com");
    postern_domain_set_route (get_domain (fixture, "example.com"), route);
    postern_domain_set_routing (get_domain (fixture, "example.com"), POSTERN_DOMAIN_ROUTING_OWN);
    add_domain (fixture, "example.org");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    row = get_row (fixture, "example.org");
    wait_until (find_widget (row, GTK_TYPE_BUTTON, "Add Route to 10.0.0.21:25") != NULL);
    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, "Add Route to 10.0.0.21:25"), "clicked");
    must_show_text (row, "Mail goes to 10.0.0.21:25");
    wait_until (find_widget (row, POSTERN_TYPE_FINDING_ROW, NULL) == NULL);
}

static void
test_remove_all (PageFixture *fixture, gconstpointer data)
{
    add_domains (fixture, 12);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "records.remove-all", NULL);
    g_signal_emit_by_name (get_widget (get_dialog (fixture), GTK_TYPE_BUTTON, "_Remove All"), "clicked");
    wait_until (n_domains (fixture) == 0);
    must_hear ("12 domains removed");
    press_undo (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 12);
}

static GtkSelectionModel *
get_selection (PageFixture *fixture)
{
    return gtk_list_view_get_model (GTK_LIST_VIEW (get_widget (fixture->page, GTK_TYPE_LIST_VIEW, NULL)));
}

static GtkWidget *
get_selection_bar (PageFixture *fixture)
{
    return gtk_widget_get_ancestor (get_widget (fixture->page, GTK_TYPE_BUTTON, "_Remove Selected"), GTK_TYPE_REVEALER);
}

static gboolean
offers_to_remove (PageFixture *fixture)
{
    return gtk_revealer_get_reveal_child (GTK_REVEALER (get_selection_bar (fixture)));
}

static void
test_remove_selected (PageFixture *fixture, gconstpointer data)
{
    GtkSelectionModel *selection;
    GtkWidget *page;

    add_domains (fixture, 12);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    page = GTK_WIDGET (fixture->page);
    selection = get_selection (fixture);
    wait_until (g_list_model_get_n_items (G_LIST_MODEL (selection)) == 12);
    g_assert_false (offers_to_remove (fixture));
    gtk_selection_model_select_range (selection, 2, 3, TRUE);
    g_assert_true (offers_to_remove (fixture));
    must_show_text (get_selection_bar (fixture), "3 selected");
    g_signal_emit_by_name (get_widget (page, GTK_TYPE_BUTTON, "_Remove Selected"), "clicked");
    g_assert_cmpuint (n_domains (fixture), ==, 9);
    must_hear ("3 domains removed");
    g_assert_false (offers_to_remove (fixture));
    /* Whoever has no mouse is still in the list. */
    g_assert_true (
        gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), get_widget (page, GTK_TYPE_LIST_VIEW, NULL)));
    press_undo (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 12);

    /* One is removed as by its own button. */
    gtk_selection_model_select_item (selection, 0, TRUE);
    g_assert_false (offers_to_remove (fixture));
    gtk_widget_activate_action (page, "records.remove-selected", NULL);
    g_assert_cmpuint (n_domains (fixture), ==, 11);
    press_undo (fixture);
    g_assert_cmpuint (n_domains (fixture), ==, 12);
}

/* What is selected and not found any more stays. */
static void
test_remove_selected_of_found (PageFixture *fixture, gconstpointer data)
{
    GtkSelectionModel *selection;

    add_domains (fixture, 12);
    add_domain (fixture, "example.org");
    add_domain (fixture, "mail.example.org");
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    selection = get_selection (fixture);
    gtk_editable_set_text (GTK_EDITABLE (get_widget (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL)), "example.org");
    wait_until (g_list_model_get_n_items (G_LIST_MODEL (selection)) == 2);
    gtk_selection_model_select_all (selection);
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "records.remove-selected", NULL);
    g_assert_cmpuint (n_domains (fixture), ==, 12);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 0);
    g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), GTK_WIDGET (fixture->page)));
}

static void
test_search (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *search;

    add_domains (fixture, 9);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    g_assert_null (find_widget (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL));
    add_domain (fixture, "пример.рф");
    search = get_widget (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL);
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "records.find", NULL);
    g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), search));

    /* By either form of the name. */
    gtk_editable_set_text (GTK_EDITABLE (search), "ПРИМ");
    wait_until (find_record (fixture, POSTERN_TYPE_DOMAIN_ROW, "d000003.example.com") == NULL);
    get_row (fixture, "пример.рф");
    gtk_editable_set_text (GTK_EDITABLE (search), "xn--");
    get_row (fixture, "пример.рф");
    gtk_editable_set_text (GTK_EDITABLE (search), "000003");
    get_row (fixture, "d000003.example.com");
    wait_until (find_record (fixture, POSTERN_TYPE_DOMAIN_ROW, "пример.рф") == NULL);
}

static GtkAdjustment *
page_adjustment (PageFixture *fixture)
{
    return gtk_scrolled_window_get_vadjustment (
        GTK_SCROLLED_WINDOW (get_widget (fixture->page, GTK_TYPE_SCROLLED_WINDOW, NULL)));
}

static gboolean
is_in_view (PageFixture *fixture, GtkWidget *widget)
{
    GtkWidget *view = get_widget (fixture->page, GTK_TYPE_SCROLLED_WINDOW, NULL);
    graphene_rect_t bounds;

    return widget != NULL && gtk_widget_compute_bounds (widget, view, &bounds) && bounds.origin.y >= 0 &&
           bounds.origin.y + bounds.size.height <= (float)gtk_widget_get_height (view);
}

/* Where one types is seen all the time, and below it the first of what is found: also where more is found in front of
 * what was there before. */
static void
test_search_stays (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *search;

    add_domains (fixture, 100);
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    gtk_widget_activate_action (GTK_WIDGET (fixture->page), "records.find", NULL);
    search = get_widget (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL);
    wait_until (is_in_view (fixture, search));
    type_text (search, "d00009");
    wait_until (gtk_adjustment_get_upper (page_adjustment (fixture)) < 100 * 30.0);
    g_assert_true (is_in_view (fixture, search));
    gtk_editable_delete_text (GTK_EDITABLE (search), 5, -1);
    wait_until (gtk_adjustment_get_upper (page_adjustment (fixture)) > 100 * 30.0);
    g_assert_true (is_in_view (fixture, search));
    g_assert_true (is_in_view (fixture, find_record (fixture, POSTERN_TYPE_DOMAIN_ROW, "d000000.example.com")));
}

/* A list of 100,000 opens at once, with rows for what is seen only, and scrolls to its end together with the page. */
static void
test_many (PageFixture *fixture, gconstpointer data)
{
    GtkAdjustment *adjustment;
    gint64 start;

    add_domains (fixture, MANY);
    start = g_get_monotonic_time ();
    page_fixture_show (fixture, POSTERN_STEP_DOMAINS);
    g_test_message ("shown after %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
    adjustment = page_adjustment (fixture);
    wait_until (gtk_adjustment_get_upper (adjustment) > MANY * 30.0);
    get_row (fixture, "d000000.example.com");
    g_assert_cmpuint (count_widgets (fixture->page, POSTERN_TYPE_DOMAIN_ROW), <, 300);

    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
    get_row (fixture, "d099999.example.com");
    g_assert_cmpuint (count_widgets (fixture->page, POSTERN_TYPE_DOMAIN_ROW), <, 300);
    gtk_adjustment_set_value (adjustment, 0);
    get_row (fixture, "d000000.example.com");
    wait_until (gtk_widget_get_mapped (get_entry (fixture)));
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();

#define ADD(path, function)                                                                                            \
    g_test_add ("/domains-page/" path, PageFixture, NULL, page_fixture_set_up, function, page_fixture_tear_down)
    ADD ("empty", test_empty);
    ADD ("add", test_add);
    ADD ("next-adds", test_next_adds);
    ADD ("several-lines", test_several_lines);
    ADD ("large-paste", test_large_paste);
    ADD ("internal-server", test_internal_server);
    ADD ("own-route", test_own_route);
    ADD ("subdomains", test_subdomains);
    ADD ("local", test_local);
    ADD ("remove", test_remove);
    ADD ("cure", test_cure);
    ADD ("cure-route", test_cure_route);
    ADD ("remove-all", test_remove_all);
    ADD ("remove-selected", test_remove_selected);
    ADD ("remove-selected-of-found", test_remove_selected_of_found);
    ADD ("search", test_search);
    ADD ("search-stays", test_search_stays);
    ADD ("many", test_many);
    return g_test_run ();
}
