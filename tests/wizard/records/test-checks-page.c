/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"
#include "page-fixture.h"

#include <string.h>
#include "../../probe/script-server.h"
#include "wizard/postern-finding-row.h"

static AdwSwitchRow *
get_switch (PageFixture *fixture, const char *title)
{
    return ADW_SWITCH_ROW (get_widget (fixture->page, ADW_TYPE_SWITCH_ROW, title));
}

static gboolean
says (PageFixture *fixture, const char *title, const char *text)
{
    return strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_switch (fixture, title))), text) != NULL;
}

static void
use_scenario (PageFixture *fixture, PosternScenario scenario)
{
    postern_plan_set_scenario (fixture->plan, scenario);
    postern_plan_apply_presets (fixture->plan);
}

static const char *const verification = "Reject messages to unverified recipients";
static const char *const recommended = "Recommended for this scenario";

static void
test_direct (PageFixture *fixture, gconstpointer data)
{
    page_fixture_show (fixture, POSTERN_STEP_CHECKS);
    g_assert_true (adw_switch_row_get_active (get_switch (fixture, verification)));
    g_assert_true (adw_switch_row_get_active (get_switch (fixture, "Use SPF")));
    g_assert_true (says (fixture, verification, recommended));
    g_assert_true (says (fixture, "Use SPF", recommended));
    g_assert_true (says (fixture, "Sender authentication in the rules", recommended));
    g_assert_null (find_widget (fixture->page, ADW_TYPE_SWITCH_ROW, "Check the sender before the edge gateway"));
    g_assert_true (page_is (fixture, "complete"));
}

static void
test_override (PageFixture *fixture, gconstpointer data)
{
    GtkWidget *use = NULL;

    use_scenario (fixture, POSTERN_SCENARIO_EDGE_VERIFYING);
    page_fixture_show (fixture, POSTERN_STEP_CHECKS);
    use = get_widget (fixture->page, GTK_TYPE_BUTTON, "Use _Recommended");
    g_assert_false (gtk_widget_get_sensitive (use));
    adw_switch_row_set_active (get_switch (fixture, verification), FALSE);
    g_assert_cmpint (postern_plan_get_recipient_verification (fixture->plan), ==, POSTERN_RECIPIENT_VERIFICATION_OFF);
    g_assert_false (says (fixture, verification, recommended));
    g_assert_true (says (fixture, verification, "edge gateway’s verification has no effect"));
    adw_switch_row_set_active (get_switch (fixture, "Use SPF"), TRUE);
    g_assert_true (says (fixture, "Use SPF", "legitimate mail is refused"));
    g_object_set (get_widget (fixture->page, ADW_TYPE_COMBO_ROW, "Refused messages"), "selected",
                  POSTERN_REJECTED_MAIL_REJECT, NULL);
    g_assert_cmpint (postern_plan_get_rejected_mail (fixture->plan), ==, POSTERN_REJECTED_MAIL_REJECT);

    g_assert_true (gtk_widget_get_sensitive (use));
    g_signal_emit_by_name (use, "clicked");
    g_assert_true (postern_plan_follows_presets (fixture->plan));
    must_hear ("All checks are as recommended");
    g_assert_true (adw_switch_row_get_active (get_switch (fixture, verification)));
    wait_until (find_widget (fixture->window, GTK_TYPE_BUTTON, "_Undo") != NULL);
    g_signal_emit_by_name (get_widget (fixture->window, GTK_TYPE_BUTTON, "_Undo"), "clicked");
    g_assert_cmpint (postern_plan_get_recipient_verification (fixture->plan), ==, POSTERN_RECIPIENT_VERIFICATION_OFF);
    g_assert_true (postern_plan_get_use_spf (fixture->plan));
    g_assert_cmpint (postern_plan_get_rejected_mail (fixture->plan), ==, POSTERN_REJECTED_MAIL_REJECT);
}

/* Another scenario recommends something else, and the page says so at once. */
static void
test_scenario (PageFixture *fixture, gconstpointer data)
{
    page_fixture_show (fixture, POSTERN_STEP_CHECKS);
    postern_plan_set_scenario (fixture->plan, POSTERN_SCENARIO_EDGE_NOT_VERIFYING);
    g_assert_true (says (fixture, verification, "sends a non-delivery report for each refusal"));
    g_assert_true (says (fixture, "Use DMARC", "legitimate mail is refused"));
    g_assert_null (find_widget (fixture->page, ADW_TYPE_SWITCH_ROW, "Sender authentication in the rules"));
    adw_switch_row_set_active (get_switch (fixture, "Check the sender before the edge gateway"), TRUE);
    g_assert_true (says (fixture, "Use DMARC", "Judges the sender that the edge gateway saw"));
}

static void
use_server (PageFixture *fixture, ScriptServer *server)
{
    g_autoptr (PosternRoute) route = postern_route_new ("127.0.0.1", script_server_get_port (server), FALSE, NULL);

    postern_plan_set_internal_server (fixture->plan, route);
    postern_plan_add_domain (fixture->plan, "a.example", NULL);
}

static void
rehearse (PageFixture *fixture)
{
    g_signal_emit_by_name (get_widget (fixture->page, ADW_TYPE_BUTTON_ROW, "Rehearse Verification"), "activated");
}

static gboolean
warns_of (PageFixture *fixture, const char *text)
{
    GListModel *findings = G_LIST_MODEL (postern_session_get_findings (fixture->session));

    for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
        g_autoptr (PosternFinding) finding = g_list_model_get_item (findings, i);

        if (strstr (postern_finding_get_message (finding), text) != NULL)
            return shows_text (fixture->page, postern_finding_get_message (finding));
    }
    return FALSE;
}

/* What the first server said, in words. */
static const char *
get_summary (PageFixture *fixture)
{
    g_autoptr (PosternRehearsal) rehearsal =
        g_list_model_get_item (G_LIST_MODEL (postern_session_get_rehearsals (fixture->session)), 0);

    return postern_rehearsal_get_summary (rehearsal); /* the list keeps it */
}

/* The internal server is really asked; that it accepts everybody is said, and is a finding as long as it goes there. */
static void
test_rehearsal (PageFixture *fixture, gconstpointer data)
{
    static const ScriptStep accepts_all[] = {
        { SCRIPT_SAY, "220 mx.test ESMTP\r\n" }, { SCRIPT_HEAR, "EHLO *" },
        { SCRIPT_SAY, "250 mx.test\r\n" },       { SCRIPT_HEAR, "MAIL FROM:<>" },
        { SCRIPT_SAY, "250 2.1.0 Ok\r\n" },      { SCRIPT_HEAR, "RCPT TO:<bob@a.example>" },
        { SCRIPT_SAY, "250 2.1.5 Ok\r\n" },      { SCRIPT_HEAR, "RCPT TO:<postern-probe-*@a.example>" },
        { SCRIPT_SAY, "250 2.1.5 Ok\r\n" },      { SCRIPT_HEAR, "QUIT" },
        { SCRIPT_SAY, "221 2.0.0 Bye\r\n" },     { SCRIPT_END }
    };
    ScriptServer *server = script_server_start (accepts_all, NULL, NULL);
    g_autofree char *name = g_strdup_printf ("127.0.0.1:%u", script_server_get_port (server));
    GtkWidget *row;

    page_fixture_show (fixture, POSTERN_STEP_CHECKS);
    rehearse (fixture);
    must_show_text (fixture->page, "There is no internal mail server to ask for recipients.");
    must_hear ("There is no internal mail server to ask for recipients.");
    use_server (fixture, server);
    type_text (get_widget (fixture->page, ADW_TYPE_ENTRY_ROW, "A recipient that exists"), "bob@a.example");
    rehearse (fixture);
    wait_until (find_widget (fixture->page, ADW_TYPE_ACTION_ROW, name) != NULL);
    row = get_widget (fixture->page, ADW_TYPE_ACTION_ROW, name);
    g_assert_nonnull (
        strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "accepts even an invented recipient"));
    g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Asked from this computer"));
    g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), get_summary (fixture)));
    must_hear (get_summary (fixture));
    wait_until (warns_of (fixture, "accepts every recipient"));
    wait_until (gtk_widget_get_sensitive (get_widget (fixture->page, ADW_TYPE_BUTTON_ROW, "Rehearse Verification")));
    script_server_finish (server);

    postern_plan_set_internal_server (fixture->plan, NULL);
    wait_until (!warns_of (fixture, "accepts every recipient"));
}

/* Lets the main loop turn while another thread is waited for. */
static gboolean
turn_cb (gpointer data)
{
    return G_SOURCE_CONTINUE;
}

/* A server that says nothing holds neither the window nor its end. */
static void
test_rehearsal_left (PageFixture *fixture, gconstpointer data)
{
    static const ScriptStep silent[] = { { SCRIPT_CANCEL }, { SCRIPT_HOLD }, { SCRIPT_END } };
    g_autoptr (GCancellable) connected = g_cancellable_new ();
    ScriptServer *server = script_server_start (silent, NULL, connected);
    guint turning;

    use_server (fixture, server);
    page_fixture_show (fixture, POSTERN_STEP_CHECKS);
    rehearse (fixture);
    g_assert_false (
        gtk_widget_get_sensitive (get_widget (fixture->page, ADW_TYPE_BUTTON_ROW, "Rehearse Verification")));
    turning = g_timeout_add (10, turn_cb, NULL);
    wait_until (g_cancellable_is_cancelled (connected));
    g_source_remove (turning);
    page_fixture_close (fixture);
    script_server_finish (server);
}

static void
test_accessible (PageFixture *fixture, gconstpointer data)
{
    page_fixture_show (fixture, POSTERN_STEP_CHECKS);
    gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_switch (fixture, "Use SPF")), GTK_ACCESSIBLE_ROLE_SWITCH);
    gtk_test_accessible_assert_state (GTK_ACCESSIBLE (get_switch (fixture, "Use SPF")), GTK_ACCESSIBLE_STATE_CHECKED,
                                      GTK_ACCESSIBLE_TRISTATE_TRUE);
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();

#define ADD(path, function)                                                                                            \
    g_test_add ("/checks-page/" path, PageFixture, NULL, page_fixture_set_up, function, page_fixture_tear_down)
    ADD ("direct", test_direct);
    ADD ("override", test_override);
    ADD ("scenario", test_scenario);
    ADD ("rehearsal", test_rehearsal);
    ADD ("rehearsal-left", test_rehearsal_left);
    ADD ("accessible", test_accessible);
    return g_test_run ();
}
