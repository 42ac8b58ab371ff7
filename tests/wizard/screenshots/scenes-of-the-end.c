/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scenes-of-the-end.h"

#include <glib/gi18n-lib.h>

#include "camera.h"
#include "gateway/postern-journal.h"
#include "gateway/postern-pmg-step.h"
#include "stage.h"
#include "wizard/postern-change-expander.h"
#include "wizard/postern-runbook-row.h"

static GtkWidget *
get_entry (Stage *stage, const char *title)
{
    return get_widget (stage_get_page (stage), ADW_TYPE_ENTRY_ROW, title);
}

static PosternPlan *
make_former_plan (void)
{
    PosternPlan *plan = postern_plan_new ();

    postern_plan_add_domain (plan, "the-company-as-it-was-called-before.example.net", NULL);
    postern_plan_add_trusted_network (plan, "10.0.0.0/8", NULL);
    return plan;
}

static void
expand_changes (GtkWidget *widget)
{
    if (ADW_IS_EXPANDER_ROW (widget))
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        expand_changes (child);
}

/* The gateway has something else; one message is tried. */
void
scene_review (Stage *stage)
{
    g_autoptr (PosternPlan) former = make_former_plan ();
    GtkWidget *recipient;

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_connect (stage, former);
    stage_show (stage, POSTERN_STEP_REVIEW);
    stage_wait_for_findings (stage);
    wait_until (find_widget (stage_get_page (stage), POSTERN_TYPE_CHANGE_EXPANDER, NULL) != NULL);
    expand_changes (GTK_WIDGET (stage_get_page (stage)));
    gtk_editable_set_text (GTK_EDITABLE (get_entry (stage, C_ ("entry", "From address"))), "203.0.113.9");
    recipient = get_entry (stage, C_ ("entry", "Recipient"));
    gtk_editable_set_text (GTK_EDITABLE (recipient), "someone@example.com");
    press_enter (recipient);
}

void
scene_review_errors (Stage *stage)
{
    g_autoptr (PosternRoute) edge = postern_route_parse ("192.0.2.1", NULL);

    stage_set_scenario (stage, POSTERN_SCENARIO_DIRECT);
    postern_plan_set_edge_gateway (stage->plan, edge);
    stage_add_network (stage, "0.0.0.0/0");
    postern_session_set_mode (stage->session, POSTERN_MODE_PLAN);
    stage_show (stage, POSTERN_STEP_REVIEW);
    stage_wait_for_findings (stage);
}

void
scene_review_postfix (Stage *stage)
{
    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_session_set_mode (stage->session, POSTERN_MODE_PLAN);
    stage_show (stage, POSTERN_STEP_REVIEW);
    gtk_widget_activate_action (GTK_WIDGET (stage_get_page (stage)), "review.show-postfix", NULL);
    stage_wait_for_dialog (stage);
}

/* The gateway does not say whether it does what it was told, and is asked for as long as anyone looks. */
void
scene_push_working (Stage *stage)
{
    static const TestFault vague = { .name = "vague", .method = "PUT", .status = 504, .body = "" };

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_connect (stage, NULL);
    test_gateway_misbehave (stage->gateway, &vague);
    stage_show (stage, POSTERN_STEP_PUSH);
    wait_until (test_gateway_count_requests (stage->gateway, "PUT") > 0);
    camera_settle (GTK_WINDOW (stage->window));
}

void
scene_push_stopping (Stage *stage)
{
    scene_push_working (stage);
    stage_press (stage, C_ ("button", "_Stop"));
    stage_wait_for_dialog (stage);
}

static void
wait_for_the_end (Stage *stage)
{
    gboolean busy = TRUE;

    while (busy) {
        g_main_context_iteration (NULL, TRUE);
        g_object_get (stage_get_page (stage), "busy", &busy, NULL);
    }
    camera_settle (GTK_WINDOW (stage->window));
}

/* The gateway's mail server does not take the configuration. */
void
scene_push_failed (Stage *stage)
{
    static const TestFault refusal = {
        .name = "refusal",
        .method = "PUT",
        .status = 500,
        .content_type = "application/problem+json",
        .body = "{\"type\":\"about:blank\",\"title\":\"The mail server refused it\",\"status\":500,\"code\":"
                "\"mta-refused\",\"detail\":\"postfix: fatal: bad string length 0 < 1: relayhost =\"}",
    };

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_connect (stage, NULL);
    test_gateway_misbehave (stage->gateway, &refusal);
    stage_show (stage, POSTERN_STEP_PUSH);
    wait_for_the_end (stage);
}

void
scene_push_conflict (Stage *stage)
{
    g_autoptr (PosternPlan) theirs = make_former_plan ();

    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    stage_connect (stage, NULL);
    test_gateway_change (stage->gateway, theirs);
    stage_show (stage, POSTERN_STEP_PUSH);
    wait_for_the_end (stage);
}

/* The gateway makes something live that is neither the plan nor what it had. */
void
scene_push_stuck (Stage *stage)
{
    g_autoptr (PosternPlan) distorted = make_former_plan ();

    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    stage_connect (stage, NULL);
    test_gateway_distort (stage->gateway, distorted);
    stage_show (stage, POSTERN_STEP_PUSH);
    wait_for_the_end (stage);
}

static PosternJournal *
begin_journal (Stage *stage, PosternGatewayAddress *address, const char *user)
{
    g_autoptr (PosternPlan) former = make_former_plan ();
    g_autoptr (GError) error = NULL;
    PosternJournal *journal = postern_journal_begin (address, "sha256:pin", user, former, "6", stage->plan, &error);

    g_assert_no_error (error);
    return journal;
}

/* A push to @address was cut off before the wizard was started. What is on the page is enough for a picture. */
static void
show_interrupted (Stage *stage, PosternGatewayAddress *address)
{
    postern_session_set_address (stage->session, address, "sha256:pin");
    stage_show (stage, POSTERN_STEP_PUSH);
    wait_until (find_widget (stage->window, GTK_TYPE_BUTTON, C_ ("button", "_Give Up This Push")) != NULL);
    g_assert_true (postern_journal_forget (address, NULL));
}

/* What says so on the welcome page, of a gateway whose name is long. */
void
scene_welcome_interrupted (Stage *stage)
{
    g_autoptr (PosternGatewayAddress) address =
        postern_gateway_address_parse ("https://a-gateway-with-a-long-name.mail.example.com", NULL);

    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    g_object_unref (begin_journal (stage, address, NULL));
    stage_show (stage, POSTERN_STEP_SCENARIO);
    stage_show (stage, POSTERN_STEP_WELCOME);
    wait_until (find_widget (stage->window, ADW_TYPE_BANNER, NULL) != NULL);
    g_assert_true (postern_journal_forget (address, NULL));
}

void
scene_push_interrupted (Stage *stage)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse ("https://gw.example.com", NULL);

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    g_object_unref (begin_journal (stage, address, NULL));
    show_interrupted (stage, address);
    wait_until (find_widget (stage_get_page (stage), POSTERN_TYPE_CHANGE_EXPANDER, NULL) != NULL);
    expand_changes (GTK_WIDGET (stage_get_page (stage)));
}

/* Steps as a Proxmox Mail Gateway is told them; in the middle of the third everything ended. */
static void
note_steps (PosternJournal *journal)
{
    static const char *const domains[] = { "example.com", ".example.com", "xn--e1afmkfd.xn--p1ai",
                                           "a-company-with-a-long-name.subsidiary.example.org" };
    g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

    for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
        g_autoptr (PosternPmgStep) step = postern_pmg_step_new_add (POSTERN_PMG_LIST_DOMAINS, domains[i]);

        g_ptr_array_add (steps, postern_pmg_step_to_texts (step));
    }
    g_assert_true (postern_journal_set_steps (journal, steps, NULL));
    for (guint i = 0; i < 3; i++)
        g_assert_true (postern_journal_begin_step (journal, i, NULL));
}

void
scene_push_interrupted_steps (Stage *stage)
{
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse ("pmg://pmg.example.com", NULL);
    PosternJournal *journal;

    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    journal = begin_journal (stage, address, "ann@pmg");
    note_steps (journal);
    g_object_unref (journal);
    show_interrupted (stage, address);
    expand_changes (GTK_WIDGET (stage_get_page (stage)));
}

static gboolean
is_proven (Stage *stage)
{
    g_autoptr (GObject) runner = NULL;
    gboolean running;

    g_object_get (stage_get_page (stage), "runner", &runner, NULL);
    g_object_get (runner, "running", &running, NULL);
    return !running;
}

void
scene_result (Stage *stage)
{
    stage_set_company (stage, POSTERN_SCENARIO_DIRECT);
    stage_connect (stage, stage->plan);
    test_gateway_tell_mail (
        stage->gateway, "{\"time\":\"2026-08-01T10:00:00Z\",\"queue_id\":\"4bX\",\"client\":\"mail.example.net"
                        "[203.0.113.9]\",\"from\":\"newsletter@a-long-sender-domain.example.net\",\"to\":"
                        "\"alice@example.com\",\"verdict\":\"delivered\",\"code\":\"2.0.0\",\"reply\":\"250 2.0.0 Ok: "
                        "queued as 4bXq7T2zPjz1\",\"next_hop\":\"10.0.0.20[10.0.0.20]:25\"}");
    test_gateway_tell_mail (
        stage->gateway,
        "{\"time\":\"2026-08-01T10:00:01Z\",\"queue_id\":null,\"client\":\"unknown[203.0.113.10]\","
        "\"from\":\"\",\"to\":\"nobody@example.com\",\"verdict\":\"refused-for-now\",\"code\":\"4.1.1\","
        "\"reply\":\"450 4.1.1 <nobody@example.com>: Recipient address rejected: unverified address: "
        "Address verification in progress\",\"next_hop\":null}");
    stage_show (stage, POSTERN_STEP_RESULT);
    wait_until (is_proven (stage));
}

/* The mail server does not behave as the plan says, and once it cannot be asked. */
void
scene_result_fails (Stage *stage)
{
    g_autoptr (PosternPlan) former = make_former_plan ();

    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    stage_connect (stage, former);
    stage_show (stage, POSTERN_STEP_RESULT);
    wait_until (is_proven (stage));
}

void
scene_ksmg (Stage *stage)
{
    stage_set_company (stage, POSTERN_SCENARIO_EDGE_VERIFYING);
    postern_session_set_mode (stage->session, POSTERN_MODE_KSMG);
    stage_show (stage, POSTERN_STEP_KSMG);
    gtk_widget_activate (
        get_widget (get_widget (stage->window, POSTERN_TYPE_RUNBOOK_ROW, NULL), GTK_TYPE_CHECK_BUTTON, NULL));
}
