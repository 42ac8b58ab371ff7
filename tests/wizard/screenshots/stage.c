/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stage.h"

#include "camera.h"
#include "test-certificate.h"
#include "wizard/postern-findings-model.h"

void
stage_open (Stage *stage, GtkApplication *application)
{
    stage->window = postern_window_new (application);
    stage->session = postern_window_get_session (stage->window);
    stage->plan = postern_session_get_plan (stage->session);
    stage->gateway = NULL;
    gtk_window_present (GTK_WINDOW (stage->window));
    wait_until (gtk_widget_get_mapped (GTK_WIDGET (stage_get_page (stage))));
}

void
stage_close (Stage *stage)
{
    gpointer gone = stage->window;

    g_object_add_weak_pointer (G_OBJECT (stage->window), &gone);
    gtk_window_destroy (GTK_WINDOW (stage->window));
    wait_until (gone == NULL);
    g_clear_pointer (&stage->gateway, test_gateway_free);
}

PosternPage *
stage_get_page (Stage *stage)
{
    GtkWidget *view = get_widget (stage->window, ADW_TYPE_NAVIGATION_VIEW, NULL);

    return POSTERN_PAGE (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)));
}

void
stage_show (Stage *stage, PosternStep step)
{
    postern_window_show_step (stage->window, step);
    wait_until (postern_page_get_step (stage_get_page (stage)) == step &&
                gtk_widget_get_mapped (GTK_WIDGET (stage_get_page (stage))));
    camera_settle (GTK_WINDOW (stage->window));
}

void
stage_set_scenario (Stage *stage, PosternScenario scenario)
{
    postern_plan_set_scenario (stage->plan, scenario);
    postern_plan_apply_presets (stage->plan);
}

void
stage_add_domain (Stage *stage, const char *name)
{
    g_autoptr (GError) error = NULL;

    postern_plan_add_domain (stage->plan, name, &error);
    g_assert_no_error (error);
}

void
stage_add_network (Stage *stage, const char *network)
{
    g_autoptr (GError) error = NULL;

    postern_plan_add_trusted_network (stage->plan, network, &error);
    g_assert_no_error (error);
}

void
stage_set_company (Stage *stage, PosternScenario scenario)
{
    g_autoptr (PosternRoute) internal = postern_route_new ("10.0.0.20", 25, FALSE, NULL);
    g_autoptr (PosternRoute) edge = postern_route_new ("relay.the-edge-gateway.example.net", 25, FALSE, NULL);
    g_autoptr (PosternRoute) own = postern_route_new ("mail.branch-office.example.org", 2525, TRUE, NULL);
    PosternDomain *branch;

    stage_set_scenario (stage, scenario);
    postern_plan_set_internal_server (stage->plan, internal);
    if (postern_scenario_has_edge_gateway (scenario))
        postern_plan_set_edge_gateway (stage->plan, edge);
    stage_add_domain (stage, "example.com");
    stage_add_domain (stage, ".example.com");
    stage_add_domain (stage, "пример.рф");
    stage_add_domain (stage, "a-company-with-a-long-name.subsidiary.example.org");
    branch = postern_record_list_lookup (postern_plan_get_domains (stage->plan),
                                         "a-company-with-a-long-name.subsidiary.example.org");
    postern_domain_set_route (branch, own);
    postern_domain_set_routing (branch, POSTERN_DOMAIN_ROUTING_OWN);
    stage_add_network (stage, "10.0.0.20");
    stage_add_network (stage, "2001:db8:85a3::/64");
}

void
stage_connect (Stage *stage, PosternPlan *plan)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (PosternGateway) gateway = NULL;
    g_autoptr (PosternGatewayInfo) info = NULL;
    g_autoptr (PosternPlan) configuration = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *revision = NULL;

    stage->gateway = test_gateway_new (certificate);
    if (plan != NULL)
        test_gateway_change (stage->gateway, plan);
    gateway = test_gateway_connect (stage->gateway, 5);
    info = postern_gateway_connect (gateway, NULL, &error);
    g_assert_no_error (error);
    configuration = postern_gateway_read (gateway, &revision, NULL, &error);
    g_assert_no_error (error);
    postern_session_set_address (stage->session, postern_gateway_get_address (gateway), NULL);
    postern_session_set_connection (stage->session, gateway, info, configuration, revision);
}

/* A button that shows a spinner as well has its label inside. */
static GtkWidget *
find_button (Stage *stage, const char *label)
{
    GtkWidget *button = find_widget (stage->window, GTK_TYPE_BUTTON, label);
    g_auto (GStrv) parts = g_strsplit (label, "_", -1);
    g_autofree char *text = g_strjoinv ("", parts);

    if (button != NULL)
        return button;
    return gtk_widget_get_ancestor (get_widget (stage->window, GTK_TYPE_LABEL, text), GTK_TYPE_BUTTON);
}

void
stage_press (Stage *stage, const char *label)
{
    GtkWidget *button = find_button (stage, label);

    g_assert_true (gtk_widget_get_sensitive (button));
    g_signal_emit_by_name (button, "clicked");
}

void
stage_wait_for_dialog (Stage *stage)
{
    wait_until (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (stage->window)) != NULL);
    camera_settle (GTK_WINDOW (stage->window));
}

void
stage_wait_for_findings (Stage *stage)
{
    wait_until (postern_findings_model_get_settled (postern_session_get_findings (stage->session)));
}
