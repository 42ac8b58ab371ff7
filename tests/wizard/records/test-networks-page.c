/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"

#include "wizard/postern-finding-row.h"
#include "wizard/postern-network-row.h"

static guint
n_networks (PageFixture *fixture)
{
    return postern_record_list_get_length (postern_plan_get_trusted_networks (fixture->plan));
}

static void
add_networks (PageFixture *fixture, const char *const *texts)
{
    for (gsize i = 0; texts[i] != NULL; i++) {
        g_autoptr (GError) error = NULL;

        postern_plan_add_trusted_network (fixture->plan, texts[i], &error);
        g_assert_no_error (error);
    }
}

static GtkWidget *
get_row (PageFixture *fixture, const char *name)
{
    wait_until (find_record (fixture, POSTERN_TYPE_NETWORK_ROW, name) != NULL);
    return find_record (fixture, POSTERN_TYPE_NETWORK_ROW, name);
}

static void
test_add (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *entry;

    page_fixture_show (fixture, POSTERN_STEP_TRUSTED_NETWORKS);
    must_show_text (fixture->page,
                    "Without trusted networks the gateway sends nothing out for the internal mail servers.");
    entry = get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Add Network");
    type_text (entry, "10.0.0.20");
    press_enter (entry);
    must_show_text (get_row (fixture, "10.0.0.20"), "one host");
    type_text (entry, "10.1.2.3/24");
    press_enter (entry);
    must_show_text (get_row (fixture, "10.1.2.0/24"), "256 hosts");
    type_text (entry, "10.0.0.0/255.0.0.0");
    press_enter (entry);
    g_assert_cmpuint (n_networks (fixture), ==, 2);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "10.0.0.0/255.0.0.0");
    g_assert_true (gtk_widget_has_css_class (entry, "error"));
}

/* The wider one stands before what it covers, IPv4 before IPv6. */
static void
test_order (PageFixture *fixture, gconstpointer data)
{
    const char *const texts[] = { "2001:db8::/32", "192.168.1.0/24", "10.1.0.0/16", "10.0.0.0/8", "9.9.9.9", NULL };
    const char *const expected[] = { "9.9.9.9/32", "10.0.0.0/8", "10.1.0.0/16", "192.168.1.0/24", "2001:db8::/32" };
    GListModel *model;

    add_networks (fixture, texts);
    page_fixture_show (fixture, POSTERN_STEP_TRUSTED_NETWORKS);
    model =
        G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (get_widget (fixture->page, GTK_TYPE_LIST_VIEW, NULL))));
    wait_until (g_list_model_get_n_items (model) == G_N_ELEMENTS (expected));
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
        g_autoptr (PosternNetwork) network = g_list_model_get_item (model, i);

        g_assert_cmpstr (postern_network_get_text (network), ==, expected[i]);
    }
}

static void
test_findings (PageFixture *fixture, gconstpointer data)
{
    const char *const texts[] = { "10.0.0.20", "192.168.0.0/24", "0.0.0.0/0", NULL };
    g_autoptr (PosternRoute) edge = postern_route_new ("192.168.0.1", 25, FALSE, NULL);
    GtkWidget *row;

    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_set_edge_gateway (fixture->plan, edge);
    add_networks (fixture, texts);
    page_fixture_show (fixture, POSTERN_STEP_TRUSTED_NETWORKS);
    row = get_row (fixture, "0.0.0.0/0");
    wait_until (find_widget (row, POSTERN_TYPE_FINDING_ROW, NULL) != NULL);
    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, "Remove from Trusted Networks"), "clicked");
    g_assert_cmpuint (n_networks (fixture), ==, 2);

    /* Only now is the edge gateway's network the one that holds it, and a cure can be undone. */
    row = get_row (fixture, "192.168.0.0/24");
    wait_until (find_widget (row, POSTERN_TYPE_FINDING_ROW, NULL) != NULL);
    g_signal_emit_by_name (get_widget (row, GTK_TYPE_BUTTON, "Remove from Trusted Networks"), "clicked");
    g_assert_cmpuint (n_networks (fixture), ==, 1);
    wait_until (find_widget (fixture->window, GTK_TYPE_LABEL, "192.168.0.0/24 removed") != NULL);
    g_signal_emit_by_name (get_widget (fixture->window, GTK_TYPE_BUTTON, "_Undo"), "clicked");
    get_row (fixture, "192.168.0.0/24");
    wait_until (find_widget (get_row (fixture, "10.0.0.20"), POSTERN_TYPE_FINDING_ROW, NULL) == NULL);
}

/* Which entry trusts this address? */
static void
test_search_by_address (PageFixture *fixture, gconstpointer data)
{
    page_fixture_show (fixture, POSTERN_STEP_TRUSTED_NETWORKS);
    for (guint i = 0; i < 12; i++) {
        g_autofree char *text = g_strdup_printf ("10.%u.0.0/16", i);

        postern_plan_add_trusted_network (fixture->plan, text, NULL);
    }
    get_row (fixture, "10.1.0.0/16");
    gtk_editable_set_text (GTK_EDITABLE (get_widget (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL)), "10.7.2.3");
    wait_until (find_record (fixture, POSTERN_TYPE_NETWORK_ROW, "10.1.0.0/16") == NULL);
    get_row (fixture, "10.7.0.0/16");
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();

#define ADD(path, function)                                                                                            \
    g_test_add ("/networks-page/" path, PageFixture, NULL, page_fixture_set_up, function, page_fixture_tear_down)
    ADD ("add", test_add);
    ADD ("order", test_order);
    ADD ("findings", test_findings);
    ADD ("search-by-address", test_search_by_address);
    return g_test_run ();
}
