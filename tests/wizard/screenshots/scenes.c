/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scenes.h"

#include <glib/gi18n-lib.h>

#include "mail-server.h"
#include "scenes-of-dialogs.h"
#include "scenes-of-the-end.h"
#include "stage.h"
#include "wizard/postern-domain-row.h"
#include "wizard/postern-draft.h"
#include "wizard/postern-scenario-finder.h"

static GtkWidget *
get_entry (Stage *stage, const char *title)
{
    return get_widget (stage_get_page (stage), ADW_TYPE_ENTRY_ROW, title);
}

static void
play_welcome (Stage *stage)
{
    stage_show (stage, POSTERN_STEP_WELCOME);
}

static void
keep_draft (Stage *stage, const char *id)
{
    g_autoptr (PosternDraft) draft = postern_draft_new (id, stage->session, POSTERN_STEP_REVIEW, FALSE);
    g_autoptr (GError) error = NULL;

    postern_draft_save (draft, &error);
    g_assert_no_error (error);
}

/* Plans that were left: one with everything, one that is hardly begun. */
static void
play_recent (Stage *stage)
{
    g_autoptr (PosternPlan) empty = postern_plan_new ();
    g_autoptr (PosternGatewayAddress) address =
        postern_gateway_address_parse ("a-gateway-with-a-long-name.mail.example.com", NULL);

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_NOT_VERIFYING);
    postern_session_set_address (stage->session, address, NULL);
    keep_draft (stage, "long");
    postern_plan_assign (stage->plan, empty);
    postern_session_set_address (stage->session, NULL, NULL);
    stage_add_domain (stage, "example.org");
    keep_draft (stage, "short");
    stage_show (stage, POSTERN_STEP_WELCOME);
    wait_until (find_widget (stage->window, ADW_TYPE_PREFERENCES_GROUP, C_ ("title", "Recent")) != NULL);
    postern_draft_delete ("long");
    postern_draft_delete ("short");
}

static void
play_scenario (Stage *stage)
{
    stage_show (stage, POSTERN_STEP_SCENARIO);
}

/* The scenario was changed later, and somebody is not sure. */
static void
play_not_sure (Stage *stage)
{
    GtkWidget *finder;

    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    stage_show (stage, POSTERN_STEP_SCENARIO);
    g_object_set (stage_get_page (stage), "scenario", POSTERN_SCENARIO_EDGE_NOT_VERIFYING, NULL);
    finder = get_widget (stage->window, POSTERN_TYPE_SCENARIO_FINDER, NULL);
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (finder), TRUE);
    gtk_editable_set_text (GTK_EDITABLE (get_entry (stage, C_ ("entry", "Mail Domain"))), "not a domain");
    stage_press (stage, C_ ("button", "_Find Out"));
}

static void
play_gateway (Stage *stage)
{
    stage_show (stage, POSTERN_STEP_GATEWAY);
}

/* There were others before. */
static void
play_gateway_recent (Stage *stage)
{
    static const char *const addresses[] = { "gw.example.com", "a-gateway-with-a-long-name.mail.example.com:8443" };

    for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
        g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (addresses[i], NULL);

        postern_session_set_address (stage->session, address, NULL);
        keep_draft (stage, addresses[i]);
    }
    postern_session_set_address (stage->session, NULL, NULL);
    stage_show (stage, POSTERN_STEP_GATEWAY);
    wait_until (find_widget (stage->window, ADW_TYPE_PREFERENCES_GROUP, C_ ("title", "Recent Gateways")) != NULL);
    for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
        postern_draft_delete (addresses[i]);
}

static void
play_gateway_connected (Stage *stage)
{
    stage_connect (stage, NULL);
    stage_show (stage, POSTERN_STEP_GATEWAY);
}

static void
connect_by_hand (Stage *stage, PosternGatewayAddress *address)
{
    g_autofree char *text = postern_gateway_address_to_string (address);

    stage_show (stage, POSTERN_STEP_GATEWAY);
    gtk_editable_set_text (GTK_EDITABLE (get_entry (stage, C_ ("entry", "Address"))), text);
    stage_press (stage, C_ ("button", "_Connect"));
}

static void
play_gateway_unknown_certificate (Stage *stage)
{
    g_autoptr (PosternGatewayAddress) address = NULL;

    stage_connect (stage, NULL);
    address = test_gateway_dup_address (stage->gateway);
    postern_session_set_address (stage->session, NULL, NULL);
    connect_by_hand (stage, address);
    wait_until (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (stage->window)) != NULL);
}

/* Nothing listens on TCP port 1 of this machine. */
static void
play_gateway_unreachable (Stage *stage)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse ("https://127.0.0.1:1", NULL);

    connect_by_hand (stage, address);
    wait_until (find_widget (stage->window, GTK_TYPE_BUTTON, C_ ("button", "_Try Again")) != NULL);
}

static void
play_domains_empty (Stage *stage)
{
    stage_show (stage, POSTERN_STEP_DOMAINS);
}

static void
play_domains (Stage *stage)
{
    GtkWidget *row;

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_show (stage, POSTERN_STEP_DOMAINS);
    wait_until (find_widget (stage->window, POSTERN_TYPE_DOMAIN_ROW, NULL) != NULL);
    row = get_widget (stage->window, POSTERN_TYPE_DOMAIN_ROW, NULL);
    g_object_set (row, "expanded-domain", postern_domain_row_get_domain (POSTERN_DOMAIN_ROW (row)), NULL);
    stage_wait_for_findings (stage);
}

/* Some are to be removed together. */
static void
play_domains_selected (Stage *stage)
{
    GtkWidget *list;

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_show (stage, POSTERN_STEP_DOMAINS);
    wait_until (find_widget (stage->window, POSTERN_TYPE_DOMAIN_ROW, NULL) != NULL);
    stage_wait_for_findings (stage);
    list = gtk_widget_get_ancestor (get_widget (stage->window, POSTERN_TYPE_DOMAIN_ROW, NULL), GTK_TYPE_LIST_VIEW);
    gtk_selection_model_select_range (gtk_list_view_get_model (GTK_LIST_VIEW (list)), 1, 2, TRUE);
}

/* Lines were pasted of which some are none, and the internal server is not right. */
static void
play_domains_problems (Stage *stage)
{
    GtkWidget *host;

    stage_show (stage, POSTERN_STEP_DOMAINS);
    gtk_editable_set_text (GTK_EDITABLE (get_entry (stage, C_ ("entry", "Add Domain"))),
                           "example.com\nalice@example.org\nco.uk\nexample.com\n*.example.net");
    host = get_entry (stage, C_ ("route", "Host"));
    gtk_editable_set_text (GTK_EDITABLE (host), "10.0.0.300");
    press_enter (host);
    stage_wait_for_findings (stage);
}

static void
play_edge_empty (Stage *stage)
{
    stage_set_scenario (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_show (stage, POSTERN_STEP_EDGE_GATEWAY);
}

static gboolean
is_testing (Stage *stage)
{
    gboolean testing;

    g_object_get (stage_get_page (stage), "testing", &testing, NULL);
    return testing;
}

/* A name that resolves, a port where nothing answers, and a trusted network that the edge gateway is in. */
static void
play_edge (Stage *stage)
{
    g_autoptr (PosternRoute) edge = postern_route_new ("localhost", 1, FALSE, NULL);

    stage_set_scenario (stage, POSTERN_SCENARIO_EDGE_NOT_VERIFYING);
    postern_plan_set_edge_gateway (stage->plan, edge);
    stage_add_network (stage, "127.0.0.0/8");
    stage_show (stage, POSTERN_STEP_EDGE_GATEWAY);
    stage_press (stage, C_ ("button", "_Test Connection"));
    wait_until (!is_testing (stage));
    wait_until (find_widget (stage_get_page (stage), ADW_TYPE_SPINNER, NULL) == NULL);
    stage_wait_for_findings (stage);
}

/* It does not do what the scenario says. */
static void
play_edge_contradicts (Stage *stage)
{
    guint16 port;
    g_autoptr (MailServer) server = mail_server_start ("250 2.1.5 Ok", &port);
    g_autoptr (PosternRoute) edge = postern_route_new ("127.0.0.1", port, FALSE, NULL);

    stage_set_scenario (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_plan_set_edge_gateway (stage->plan, edge);
    stage_add_domain (stage, "example.com");
    stage_show (stage, POSTERN_STEP_EDGE_GATEWAY);
    stage_press (stage, C_ ("button", "_Test Connection"));
    wait_until (find_widget (stage->window, ADW_TYPE_BUTTON_ROW, C_ ("button", "Change _Scenario")) != NULL);
    stage_wait_for_findings (stage);
}

static void
play_networks_empty (Stage *stage)
{
    stage_show (stage, POSTERN_STEP_TRUSTED_NETWORKS);
}

static void
play_networks (Stage *stage)
{
    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_add_network (stage, "10.0.0.0/8");
    stage_add_network (stage, "203.0.113.0/24");
    stage_add_network (stage, "0.0.0.0/0");
    stage_show (stage, POSTERN_STEP_TRUSTED_NETWORKS);
    stage_wait_for_findings (stage);
}

static void
play_checks (Stage *stage)
{
    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    stage_show (stage, POSTERN_STEP_CHECKS);
}

/* Everything is set otherwise than the scenario recommends. */
static void
play_checks_overridden (Stage *stage)
{
    stage_set_company (stage, POSTERN_SCENARIO_EDGE_NOT_VERIFYING);
    postern_plan_set_recipient_verification (stage->plan, POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED);
    postern_plan_set_use_spf (stage->plan, TRUE);
    postern_plan_set_use_dmarc (stage->plan, TRUE);
    postern_plan_set_rejected_mail (stage->plan, POSTERN_REJECTED_MAIL_REJECT);
    stage_show (stage, POSTERN_STEP_CHECKS);
    stage_wait_for_findings (stage);
}

const Scene scenes[] = {
    { "welcome", play_welcome },
    { "welcome-recent", play_recent },
    { "scenario", play_scenario },
    { "scenario-not-sure", play_not_sure },
    { "gateway", play_gateway },
    { "gateway-recent", play_gateway_recent },
    { "gateway-connected", play_gateway_connected },
    { "gateway-certificate", play_gateway_unknown_certificate },
    { "gateway-unreachable", play_gateway_unreachable },
    { "domains-empty", play_domains_empty },
    { "domains", play_domains },
    { "domains-selected", play_domains_selected },
    { "domains-problems", play_domains_problems },
    { "edge-gateway-empty", play_edge_empty },
    { "edge-gateway", play_edge },
    { "edge-gateway-contradicts", play_edge_contradicts },
    { "networks-empty", play_networks_empty },
    { "networks", play_networks },
    { "checks", play_checks },
    { "checks-overridden", play_checks_overridden },
    { "review", scene_review },
    { "review-errors", scene_review_errors },
    { "review-postfix", scene_review_postfix },
    { "push-working", scene_push_working },
    { "push-stopping", scene_push_stopping },
    { "push-failed", scene_push_failed },
    { "push-conflict", scene_push_conflict },
    { "push-stuck", scene_push_stuck },
    { "welcome-interrupted", scene_welcome_interrupted },
    { "push-interrupted", scene_push_interrupted },
    { "push-interrupted-steps", scene_push_interrupted_steps },
    { "result", scene_result },
    { "result-fails", scene_result_fails },
    { "ksmg", scene_ksmg },
    { "menu", scene_menu },
    { "background", scene_background },
    { "help", scene_help },
    { "shortcuts", scene_shortcuts },
    { "import-empty", scene_import_empty },
    { "import", scene_import },
    { "import-nothing", scene_import_nothing },
    { "remove-all", scene_remove_all },
    { "merge", scene_merge },
    { "changes", scene_changes },
    { NULL },
};
