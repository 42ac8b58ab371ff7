/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-edge-gateway-page.h"

#include <glib/gi18n-lib.h>

#include "probe/postern-connection-probe.h"
#include "wizard/postern-announce.h"
#include "wizard/postern-edge-verification-row.h"
#include "wizard/postern-findings-box.h"
#include "wizard/postern-resolution.h"
#include "wizard/postern-route-editor.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"

struct _PosternEdgeGatewayPage {
    PosternPage parent_instance;

    PosternConnectionProbe *answer; /* to the last test of this very route */
    GCancellable *test;             /* of the test that is under way */
    GListStore *name_findings;      /* what can only be said about a name once it is resolved */

    PosternResolution *resolution;
    PosternRouteEditor *editor;
    PosternFindingsBox *findings_box;
    PosternFindingsBox *name_findings_box;
    GtkWidget *answer_row;
    PosternEdgeVerificationRow *verification_row;
};

G_DEFINE_FINAL_TYPE (PosternEdgeGatewayPage, postern_edge_gateway_page, POSTERN_TYPE_PAGE)

typedef enum {
    PROP_ANSWER = 1,
    PROP_TESTING,
} PosternEdgeGatewayPageProperty;

static GParamSpec *properties[PROP_TESTING + 1];

static PosternPlan *
plan_of (PosternEdgeGatewayPage *self)
{
    return postern_page_get_plan (POSTERN_PAGE (self));
}

/*
 * Testing the connection
 */

static void
set_answer (PosternEdgeGatewayPage *self, PosternConnectionProbe *answer)
{
    if (g_set_object (&self->answer, answer))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANSWER]);
}

/*
 * @test: (nullable): the test that is under way now; @answer: (nullable): to the last one
 *
 * Both are told as one: between the two there would be neither, and the row that shows them would vanish for that
 * moment, with the keyboard focus on it.
 */
static void
set_test (PosternEdgeGatewayPage *self, GCancellable *test, PosternConnectionProbe *answer)
{
    gboolean was_testing = self->test != NULL;

    g_object_freeze_notify (G_OBJECT (self));
    g_set_object (&self->test, test);
    if (was_testing != (test != NULL))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TESTING]);
    set_answer (self, answer);
    g_object_thaw_notify (G_OBJECT (self));
}

static void
stop_test (PosternEdgeGatewayPage *self)
{
    if (self->test == NULL)
        return;
    g_cancellable_cancel (self->test);
    set_test (self, NULL, self->answer);
}

static gpointer
probe (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    return postern_connection_probe_run (data, cancellable, error);
}

static void
probed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
    PosternEdgeGatewayPage *self = POSTERN_EDGE_GATEWAY_PAGE (object);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternConnectionProbe) answer = postern_worker_run_finish (self, result, &error);

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_test (self, NULL, answer);
    if (answer == NULL) {
        postern_page_set_error (POSTERN_PAGE (self), error->message, NULL);
        return;
    }
    postern_announce (self->answer_row, postern_connection_probe_get_summary (answer),
                      GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    if (postern_connection_probe_get_succeeded (answer))
        postern_edge_verification_row_ask (self->verification_row);
}

static void
on_test_clicked_cb (PosternEdgeGatewayPage *self)
{
    PosternRoute *route = postern_plan_get_edge_gateway (plan_of (self));
    g_autoptr (GCancellable) test = g_cancellable_new ();
    PosternProbeTarget *target;

    if (route == NULL)
        return;
    g_cancellable_cancel (self->test);
    set_test (self, test, NULL);
    postern_edge_verification_row_forget (self->verification_row);
    target = postern_probe_target_new (postern_route_get_host (route), postern_route_get_port (route),
                                       postern_route_get_mx (route));
    postern_worker_run_async (self, probe, target, g_object_unref, g_object_unref, NULL, test, probed_cb, NULL);
}

/* Back on the way: what comes after it is gone through again, with all that was entered. */
static void
on_change_scenario_cb (PosternEdgeGatewayPage *self)
{
    GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

    adw_navigation_view_pop_to_tag (ADW_NAVIGATION_VIEW (view),
                                    postern_enum_to_nick (POSTERN_TYPE_STEP, POSTERN_STEP_SCENARIO));
}

/*
 * What the name resolves to
 */

/* The plan's findings know addresses only: what a name stands for is not in a plan. */
static void
judge_name (PosternEdgeGatewayPage *self)
{
    PosternRoute *route = postern_plan_get_edge_gateway (plan_of (self));
    GInetAddress *address = NULL;
    PosternNetwork *network = postern_resolution_find_trusted (self->resolution, plan_of (self), &address);
    g_autoptr (PosternFinding) finding = NULL;
    g_autofree char *shown = NULL;
    g_autofree char *message = NULL;

    g_list_store_remove_all (self->name_findings);
    if (network == NULL || route == NULL)
        return;
    shown = g_inet_address_to_string (address);
    message = g_strdup_printf (
        /* Translators: %1$s is a host name, %2$s its address, %3$s a network. */
        _ ("The edge gateway %1$s has the address %2$s, which is inside the trusted network %3$s: recipients of mail "
           "from the "
           "Internet are never verified, and everything that the edge gateway passes on may be relayed to anyone. "
           "Remove the "
           "network, or enter only the internal mail servers."),
        postern_route_get_host (route), shown, postern_network_get_text (network));
    finding = postern_finding_new ("edge-trusted", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_TRUSTED_NETWORKS,
                                   postern_network_get_text (network), message, POSTERN_CURE_REMOVE_NETWORK);
    g_list_store_append (self->name_findings, finding);
}

static void
on_route_changed_cb (PosternEdgeGatewayPage *self)
{
    PosternRoute *route = postern_plan_get_edge_gateway (plan_of (self));
    const char *reason = NULL;

    g_cancellable_cancel (self->test);
    set_test (self, NULL, NULL);
    postern_edge_verification_row_forget (self->verification_row);
    postern_resolution_set_route (self->resolution, route);
    if (postern_route_editor_get_unfinished (self->editor))
        reason = _ ("The edge gateway is not a complete address yet.");
    else if (route == NULL)
        reason = _ ("Enter the host of the edge gateway.");
    postern_page_set_incomplete (POSTERN_PAGE (self), reason);
}

/*
 * What the template shows
 */

static char *
resolution_text (PosternEdgeGatewayPage *self, gboolean busy, const char *text)
{
    return g_strdup (busy ? _ ("Looking up…") : text != NULL ? text : "");
}

static gboolean
either (PosternEdgeGatewayPage *self, gboolean a, const char *text)
{
    return a || text != NULL;
}

static char *
answer_text (PosternEdgeGatewayPage *self, gboolean testing, PosternConnectionProbe *answer)
{
    if (testing)
        return g_strdup (_ ("Connecting…"));
    return g_strdup (answer != NULL ? postern_connection_probe_get_summary (answer) : "");
}

static char *
answer_icon (PosternEdgeGatewayPage *self, PosternConnectionProbe *answer)
{
    if (answer == NULL)
        return g_strdup ("");
    return g_strdup (postern_connection_probe_get_succeeded (answer) ? "object-select-symbolic"
                                                                     : "dialog-warning-symbolic");
}

static char **
answer_classes (PosternEdgeGatewayPage *self, PosternConnectionProbe *answer)
{
    const char *classes[] = { NULL, NULL };

    if (answer != NULL)
        classes[0] = postern_connection_probe_get_succeeded (answer) ? "success" : "warning";
    return g_strdupv ((char **)classes);
}

static gboolean
has_answer (PosternEdgeGatewayPage *self, gboolean testing, PosternConnectionProbe *answer)
{
    return testing || answer != NULL;
}

/* The button can be used while a test is under way, and begins anew: an insensitive one would lose the focus. */
static gboolean
is_set (PosternEdgeGatewayPage *self, PosternRoute *route)
{
    return route != NULL;
}

/* What was given up when the page was left is asked again. */
static void
postern_edge_gateway_page_activate (PosternPage *page)
{
    PosternEdgeGatewayPage *self = POSTERN_EDGE_GATEWAY_PAGE (page);

    if (postern_resolution_get_text (self->resolution) == NULL)
        postern_resolution_set_route (self->resolution, NULL);
    postern_resolution_set_route (self->resolution, postern_plan_get_edge_gateway (plan_of (self)));
}

static void
postern_edge_gateway_page_deactivate (PosternPage *page)
{
    PosternEdgeGatewayPage *self = POSTERN_EDGE_GATEWAY_PAGE (page);

    stop_test (self);
    if (self->resolution == NULL)
        return;
    postern_edge_verification_row_stop (self->verification_row);
    postern_resolution_stop (self->resolution);
}

static void
postern_edge_gateway_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternEdgeGatewayPage *self = POSTERN_EDGE_GATEWAY_PAGE (object);

    switch ((PosternEdgeGatewayPageProperty)id) {
    case PROP_ANSWER:
        g_value_set_object (value, self->answer);
        break;
    case PROP_TESTING:
        g_value_set_boolean (value, self->test != NULL);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_edge_gateway_page_constructed (GObject *object)
{
    PosternEdgeGatewayPage *self = POSTERN_EDGE_GATEWAY_PAGE (object);
    PosternPlan *plan = plan_of (self);
    PosternFindingsModel *findings = postern_session_get_findings (postern_page_get_session (POSTERN_PAGE (self)));

    G_OBJECT_CLASS (postern_edge_gateway_page_parent_class)->constructed (object);
    g_object_bind_property (plan, "edge-gateway", self->editor, "route",
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    g_object_set (self->findings_box, "model", findings, "plan", plan, NULL);
    g_object_set (self->name_findings_box, "model", self->name_findings, "plan", plan, NULL);
    g_signal_connect_object (plan, "notify::edge-gateway", G_CALLBACK (on_route_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->editor, "notify::unfinished", G_CALLBACK (on_route_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (postern_plan_get_trusted_networks (plan), "items-changed", G_CALLBACK (judge_name), self,
                             G_CONNECT_SWAPPED);
    on_route_changed_cb (self);
}

static void
postern_edge_gateway_page_dispose (GObject *object)
{
    PosternEdgeGatewayPage *self = POSTERN_EDGE_GATEWAY_PAGE (object);

    stop_test (self);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_EDGE_GATEWAY_PAGE);
    g_clear_object (&self->answer);
    g_clear_object (&self->name_findings);
    G_OBJECT_CLASS (postern_edge_gateway_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (POSTERN_TYPE_EDGE_VERIFICATION_ROW);
    g_type_ensure (POSTERN_TYPE_FINDINGS_BOX);
    g_type_ensure (POSTERN_TYPE_RESOLUTION);
    g_type_ensure (POSTERN_TYPE_ROUTE_EDITOR);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-edge-gateway-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternEdgeGatewayPage, resolution);
    gtk_widget_class_bind_template_child (widget_class, PosternEdgeGatewayPage, editor);
    gtk_widget_class_bind_template_child (widget_class, PosternEdgeGatewayPage, findings_box);
    gtk_widget_class_bind_template_child (widget_class, PosternEdgeGatewayPage, name_findings_box);
    gtk_widget_class_bind_template_child (widget_class, PosternEdgeGatewayPage, answer_row);
    gtk_widget_class_bind_template_child (widget_class, PosternEdgeGatewayPage, verification_row);
    gtk_widget_class_bind_template_callback (widget_class, answer_classes);
    gtk_widget_class_bind_template_callback (widget_class, answer_icon);
    gtk_widget_class_bind_template_callback (widget_class, answer_text);
    gtk_widget_class_bind_template_callback (widget_class, either);
    gtk_widget_class_bind_template_callback (widget_class, has_answer);
    gtk_widget_class_bind_template_callback (widget_class, judge_name);
    gtk_widget_class_bind_template_callback (widget_class, is_set);
    gtk_widget_class_bind_template_callback (widget_class, on_change_scenario_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_test_clicked_cb);
    gtk_widget_class_bind_template_callback (widget_class, resolution_text);
}

static void
postern_edge_gateway_page_class_init (PosternEdgeGatewayPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_edge_gateway_page_get_property;
    object_class->constructed = postern_edge_gateway_page_constructed;
    object_class->dispose = postern_edge_gateway_page_dispose;
    POSTERN_PAGE_CLASS (klass)->activate = postern_edge_gateway_page_activate;
    POSTERN_PAGE_CLASS (klass)->deactivate = postern_edge_gateway_page_deactivate;

    properties[PROP_ANSWER] = g_param_spec_object ("answer", NULL, NULL, POSTERN_TYPE_CONNECTION_PROBE, flags);
    properties[PROP_TESTING] = g_param_spec_boolean ("testing", NULL, NULL, FALSE, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
postern_edge_gateway_page_init (PosternEdgeGatewayPage *self)
{
    self->name_findings = g_list_store_new (POSTERN_TYPE_FINDING);
    gtk_widget_init_template (GTK_WIDGET (self));
}
