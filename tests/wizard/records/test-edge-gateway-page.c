/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "mail-server.h"
#include "page-fixture.h"

#include <string.h>
#include "wizard/postern-finding-row.h"

static MailServer *
start_server (guint16 *port)
{
    return mail_server_start ("250 edge.test", port);
}

static void
set_edge (PageFixture *fixture, const char *host, guint port)
{
    g_autoptr (PosternRoute) route = postern_route_new (host, port, FALSE, NULL);

    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_set_edge_gateway (fixture->plan, route);
}

static GtkWidget *
get_answer (PageFixture *fixture)
{
    wait_until (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Answer") != NULL &&
                !g_str_equal (adw_action_row_get_subtitle (
                                  ADW_ACTION_ROW (get_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Answer"))),
                              "Connecting…"));
    return get_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Answer");
}

static void
press_test (PageFixture *fixture)
{
    g_signal_emit_by_name (get_widget (fixture->page, GTK_TYPE_BUTTON, "_Test Connection"), "clicked");
}

static void
test_enter (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *host;

    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    g_assert_false (page_is (fixture, "complete"));
    assert_string (fixture->page, "reason", "Enter the host of the edge gateway.");
    g_assert_false (gtk_widget_get_sensitive (get_widget (fixture->page, GTK_TYPE_BUTTON, "_Test Connection")));
    host = get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Host");
    type_text (host, "192.168.0");
    assert_string (fixture->page, "reason", "The edge gateway is not a complete address yet.");
    type_text (host, "192.168.0.1");
    g_assert_true (page_is (fixture, "complete"));
    g_assert_cmpstr (postern_route_get_host (postern_plan_get_edge_gateway (fixture->plan)), ==, "192.168.0.1");
    g_assert_null (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Resolves to"));
}

static void
test_paste (PageFixture *fixture, gconstpointer data)
{
    g_autoptr (PosternRoute) expected = postern_route_new ("mail.example.com", 2525, FALSE, NULL);
    GtkWidget *host, *port;

    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_VERIFYING);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    host = get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Host");
    port = get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Port");
    gtk_editable_set_text (GTK_EDITABLE (host), "[mail.example.com]:2525");
    wait_until (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (host)), "mail.example.com"));
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (port)), ==, "2525");
    g_assert_true (postern_route_equal (postern_plan_get_edge_gateway (fixture->plan), expected));

    gtk_editable_set_text (GTK_EDITABLE (port), "99999");
    g_assert_null (postern_plan_get_edge_gateway (fixture->plan));
    wait_until (gtk_widget_has_css_class (port, "error"));
    gtk_test_accessible_assert_state (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (port))),
                                      GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
    must_show_text (gtk_widget_get_next_sibling (port),
                    "A port is a number from 1 to 65535. Mail servers listen on port 25.");
    must_hear ("A port is a number from 1 to 65535. Mail servers listen on port 25.");
}

static void
test_resolves (PageFixture *fixture, gconstpointer data)
{
    set_edge (fixture, "localhost", 25);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    wait_until (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Resolves to") != NULL &&
                strstr (adw_action_row_get_subtitle (
                            ADW_ACTION_ROW (get_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Resolves to"))),
                        "127.0.0.1") != NULL);

    /* A trusted network is compared with what the name stands for. */
    g_assert_null (find_widget (fixture->page, GTK_TYPE_BUTTON, "Remove from Trusted Networks"));
    postern_plan_add_trusted_network (fixture->plan, "127.0.0.0/8", NULL);
    g_signal_emit_by_name (get_widget (fixture->page, GTK_TYPE_BUTTON, "Remove from Trusted Networks"), "clicked");
    g_assert_cmpuint (postern_record_list_get_length (postern_plan_get_trusted_networks (fixture->plan)), ==, 0);
    g_assert_null (find_widget (fixture->page, GTK_TYPE_BUTTON, "Remove from Trusted Networks"));
}

/* What the page finds wrong. */
static const char *
get_finding (PageFixture *fixture)
{
    GtkWidget *row = get_widget (fixture->page, POSTERN_TYPE_FINDING_ROW, NULL);

    return gtk_label_get_text (GTK_LABEL (get_widget (row, GTK_TYPE_LABEL, NULL)));
}

static void
test_trusted_address (PageFixture *fixture, gconstpointer data)
{
    set_edge (fixture, "192.168.0.1", 25);
    postern_plan_add_trusted_network (fixture->plan, "192.168.0.0/24", NULL);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    wait_until (find_widget (fixture->page, GTK_TYPE_BUTTON, "Remove from Trusted Networks") != NULL);
    must_hear (get_finding (fixture));
    postern_record_list_remove_all (postern_plan_get_trusted_networks (fixture->plan));
    wait_until (find_widget (fixture->page, GTK_TYPE_BUTTON, "Remove from Trusted Networks") == NULL);
}

static void
test_connection (PageFixture *fixture, gconstpointer data)
{
    guint16 port;
    g_autoptr (MailServer) server = start_server (&port);
    const char *answer;

    set_edge (fixture, "127.0.0.1", port);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    press_test (fixture);
    answer = adw_action_row_get_subtitle (ADW_ACTION_ROW (get_answer (fixture)));
    g_assert_nonnull (strstr (answer, "edge.test ESMTP practice"));
    g_assert_nonnull (strstr (answer, "STARTTLS"));
    must_hear (answer);

    /* What another address would answer is not known yet. */
    gtk_editable_set_text (GTK_EDITABLE (get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Host")), "127.0.0.2");
    g_assert_null (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Answer"));
}

static void
test_no_connection (PageFixture *fixture, gconstpointer data)
{
    guint16 port;
    g_autoptr (MailServer) server = start_server (&port);

    /* Now nothing listens there. */
    g_clear_pointer (&server, mail_server_stop);
    set_edge (fixture, "127.0.0.1", port);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    press_test (fixture);
    g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_answer (fixture))), "refuse"));
}

/*
 * The keyboard focus while something is asked: nobody who goes on with Tab at any moment is thrown back
 */

static GtkWidget *
get_row (PageFixture *fixture, const char *title)
{
    wait_until (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, title) != NULL);
    return get_widget (fixture->page, ADW_TYPE_ACTION_ROW, title);
}

static gboolean
says (GtkWidget *row, const char *text)
{
    return strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), text) != NULL;
}

static void
count_cb (guint *n)
{
    (*n)++;
}

static guint
press_tab_until (PageFixture *fixture, GtkWidget *end)
{
    guint n = 0;

    while (gtk_window_get_focus (fixture->window) != end && n++ < 10)
        gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
    g_assert_true (gtk_window_get_focus (fixture->window) == end);
    return n;
}

/* Focuses a row, or the text in it, does something that changes what it says, and sees that the focus stays there and
 * that Tab goes on from it as before. */
static void
watch_focus (PageFixture *fixture, GtkWidget *row, GtkWidget *focus, void (*act) (PageFixture *),
             const char *const *texts)
{
    GtkWidget *end = get_widget (fixture->page, GTK_TYPE_BUTTON, "_Test Connection");
    guint n_moves = 0, n_before;
    gulong handler;

    gtk_window_set_focus (fixture->window, focus);
    n_before = press_tab_until (fixture, end);
    gtk_window_set_focus (fixture->window, focus);
    handler = g_signal_connect_swapped (fixture->window, "notify::focus-widget", G_CALLBACK (count_cb), &n_moves);
    act (fixture);
    for (; *texts != NULL; texts++) {
        wait_until (says (row, *texts));
        g_assert_true (gtk_widget_get_visible (row));
        g_assert_true (gtk_window_get_focus (fixture->window) == focus);
    }
    g_assert_cmpuint (n_moves, ==, 0);
    g_signal_handler_disconnect (fixture->window, handler);
    g_assert_cmpuint (press_tab_until (fixture, end), ==, n_before);
}

static void
look_up_again (PageFixture *fixture)
{
    set_edge (fixture, "localhost", 2525);
}

static void
look_up_what_is_not_there (PageFixture *fixture)
{
    set_edge (fixture, "nowhere.invalid", 25);
}

static void
test_focus_while_resolving (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *row, *label;

    set_edge (fixture, "localhost", 25);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    row = get_row (fixture, "Resolves to");
    wait_until (says (row, "127.0.0.1"));
    label = get_widget (row, GTK_TYPE_LABEL, adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
    g_assert_true (gtk_label_get_selectable (GTK_LABEL (label)));
    watch_focus (fixture, row, row, look_up_again, (const char *[]){ "Looking up…", "127.0.0.1", NULL });
    watch_focus (fixture, row, label, look_up_what_is_not_there,
                 (const char *[]){ "Looking up…", "nowhere.invalid", NULL });
}

static void
test_focus_while_connecting (PageFixture *fixture, gconstpointer data)
{
    guint16 port;
    g_autoptr (MailServer) server = start_server (&port);
    GtkWidget *row;

    set_edge (fixture, "127.0.0.1", port);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    press_test (fixture);
    row = get_answer (fixture);
    watch_focus (fixture, row, row, press_test, (const char *[]){ "Connecting…", "edge.test ESMTP practice", NULL });
}

/* A page that is closed in the middle of a test leaves nothing behind: the fixture looks after that. */
static void
test_left (PageFixture *fixture, gconstpointer data)
{
    set_edge (fixture, "192.0.2.1", 25);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    press_test (fixture);
    must_show_text (fixture->page, "Connecting…");
    press_test (fixture);
}

/*
 * Whether the edge gateway verifies recipients, and what the scenario says of that
 */

static GtkWidget *
get_verification (PageFixture *fixture, const char *beginning)
{
    GtkWidget *row = get_row (fixture, "Recipient verification");

    wait_until (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), beginning));
    return row;
}

static gboolean
may_change_scenario (PageFixture *fixture)
{
    return find_widget (fixture->page, ADW_TYPE_BUTTON_ROW, "Change _Scenario") != NULL;
}

static void
test_accepts_any_recipient (PageFixture *fixture, gconstpointer data)
{
    guint16 port;
    g_autoptr (MailServer) server = start_server (&port);
    GtkWidget *row;

    set_edge (fixture, "127.0.0.1", port);
    postern_plan_add_domain (fixture->plan, "example.com", NULL);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    g_assert_null (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Recipient verification"));
    press_test (fixture);
    row = get_verification (fixture, "It accepts a recipient that nobody has, so it does not verify recipients.");
    g_assert_true (says (row, "The scenario says that it does."));
    must_hear (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
    g_assert_true (may_change_scenario (fixture));

    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_NOT_VERIFYING);
    get_verification (fixture, "It accepts a recipient that nobody has: it does not verify recipients, as the");
    g_assert_false (may_change_scenario (fixture));

    /* What another address would answer is not known yet. */
    gtk_editable_set_text (GTK_EDITABLE (get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "Host")), "127.0.0.2");
    g_assert_null (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, "Recipient verification"));
}

static void
test_refuses_unknown_recipients (PageFixture *fixture, gconstpointer data)
{
    guint16 port;
    g_autoptr (MailServer) server = mail_server_start ("550 5.1.1 no such user", &port);

    set_edge (fixture, "127.0.0.1", port);
    postern_plan_add_domain (fixture->plan, ".example.org", NULL);
    postern_plan_add_domain (fixture->plan, "example.com", NULL);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    press_test (fixture);
    get_verification (fixture, "It refuses a recipient that nobody has: it verifies recipients, as the scenario says.");
    g_assert_false (may_change_scenario (fixture));
    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_NOT_VERIFYING);
    get_verification (fixture, "It refuses a recipient that nobody has, so it verifies recipients.");
    g_assert_true (may_change_scenario (fixture));
}

/* Greylisting is no answer to that question. */
static void
test_puts_recipients_off (PageFixture *fixture, gconstpointer data)
{
    guint16 port;
    g_autoptr (MailServer) server = mail_server_start ("450 4.2.0 greylisted", &port);
    GtkWidget *row;

    set_edge (fixture, "127.0.0.1", port);
    postern_plan_add_domain (fixture->plan, "example.com", NULL);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    press_test (fixture);
    row = get_row (fixture, "Recipient verification");
    wait_until (!says (row, "Asking for a recipient"));
    g_assert_true (says (row, "450 4.2.0 greylisted"));
    g_assert_false (says (row, "scenario"));
    g_assert_false (may_change_scenario (fixture));
}

static void
test_no_domain_to_ask_for (PageFixture *fixture, gconstpointer data)
{
    guint16 port;
    g_autoptr (MailServer) server = start_server (&port);

    set_edge (fixture, "127.0.0.1", port);
    page_fixture_show (fixture, POSTERN_STEP_EDGE_GATEWAY);
    press_test (fixture);
    get_verification (fixture, "It can be asked as soon as there is a local domain in the plan.");
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();

#define ADD(path, function)                                                                                            \
    g_test_add ("/edge-gateway-page/" path, PageFixture, NULL, page_fixture_set_up, function, page_fixture_tear_down)
    ADD ("enter", test_enter);
    ADD ("paste", test_paste);
    ADD ("resolves", test_resolves);
    ADD ("trusted-address", test_trusted_address);
    ADD ("connection", test_connection);
    ADD ("no-connection", test_no_connection);
    ADD ("focus-while-resolving", test_focus_while_resolving);
    ADD ("focus-while-connecting", test_focus_while_connecting);
    ADD ("left", test_left);
    ADD ("accepts-any-recipient", test_accepts_any_recipient);
    ADD ("refuses-unknown-recipients", test_refuses_unknown_recipients);
    ADD ("puts-recipients-off", test_puts_recipients_off);
    ADD ("no-domain-to-ask-for", test_no_domain_to_ask_for);
    return g_test_run ();
}
