/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-review-page.h"

#include <glib/gi18n-lib.h>
#include "plan/postern-hostname.h"
#include "plan/postern-postfix.h"
#include "wizard/postern-closures.h"
#include "wizard/postern-change-expander.h"
#include "wizard/postern-changes-model.h"
#include "wizard/postern-finding-row.h"
#include "wizard/postern-mail-flow.h"
#include "wizard/postern-message-trial.h"
#include "wizard/postern-plan-summary.h"
#include "wizard/postern-report.h"
#include "wizard/postern-report-saver.h"
#include "wizard/postern-text-dialog.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"

struct _PosternReviewPage {
    PosternPage parent_instance;

    PosternChangesModel *changes;
    GtkListBox *findings_list;
    GtkListBox *changes_list;
};

G_DEFINE_FINAL_TYPE (PosternReviewPage, postern_review_page, POSTERN_TYPE_PAGE)

static PosternFindingsModel *
get_findings (PosternReviewPage *self)
{
    return postern_session_get_findings (postern_page_get_session (POSTERN_PAGE (self)));
}

static gboolean
is_push (PosternReviewPage *self, PosternMode mode)
{
    return mode == POSTERN_MODE_PUSH;
}

static char *
findings_text (PosternReviewPage *self, gboolean settled, guint n)
{
    if (!settled)
        return g_strdup (_ ("The plan is being checked…"));
    return g_strdup (n == 0 ? _ ("No problems were found.") : "");
}

static char *
changes_text (PosternReviewPage *self, gboolean settled, guint n, PosternPlan *configuration, PosternMode mode)
{
    if (!settled)
        return g_strdup (_ ("The plan is being compared…"));
    if (mode != POSTERN_MODE_PUSH || configuration == NULL)
        return g_strdup (_ ("Compared with a gateway that has nothing yet, because none has been asked."));
    if (n == 0)
        return g_strdup (_ ("No changes: the gateway has what the plan says."));
    return g_strdup_printf (ngettext ("%'u change: what the gateway has → what it will have.",
                                      "%'u changes: what the gateway has → what it will have.", n),
                            n);
}

static gboolean
is_verifying (PosternReviewPage *self, PosternRecipientVerification verification)
{
    return verification == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;
}

/* By this gateway or by the one in front of it. */
static gboolean
is_verified_somewhere (PosternReviewPage *self, PosternScenario scenario, PosternRecipientVerification verification)
{
    return scenario == POSTERN_SCENARIO_EDGE_VERIFYING || is_verifying (self, verification);
}

static gboolean
is_checking (PosternReviewPage *self, gboolean spf, gboolean dmarc)
{
    return spf || dmarc;
}

/* Short, for the picture: the usual port goes without saying. */
static char *
hop_text (PosternReviewPage *self, PosternRoute *route)
{
    g_autofree char *host = NULL;

    if (route == NULL)
        return NULL;
    if (postern_route_get_port (route) != POSTERN_ROUTE_DEFAULT_PORT)
        return postern_route_to_display (route);
    if (postern_route_get_address (route) != NULL)
        return g_strdup (postern_route_get_host (route));
    host = postern_hostname_to_display (postern_route_get_host (route));
    return postern_route_get_mx (route) ? g_strdup_printf (C_ ("picture", "MX of %s"), host) : g_steal_pointer (&host);
}

static const char *
get_primary_label (PosternMode mode)
{
    switch (mode) {
    case POSTERN_MODE_PLAN:
        return C_ ("button", "_Save Plan…");
    case POSTERN_MODE_KSMG:
        return C_ ("button", "_Show Steps");
    case POSTERN_MODE_PUSH:
    default:
        return C_ ("button", "_Set Up Gateway");
    }
}

/* Why one cannot go on, NULL if one can. */
static const char *
get_obstacle (PosternReviewPage *self)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    PosternFindingsModel *findings = get_findings (self);

    if (postern_session_get_mode (session) == POSTERN_MODE_PLAN)
        return NULL;
    if (!postern_findings_model_get_settled (findings))
        return _ ("The plan is being checked…");
    if (postern_findings_model_get_n_errors (findings) > 0)
        return _ ("The errors have to be cured first.");
    if (postern_session_get_mode (session) == POSTERN_MODE_KSMG)
        return NULL;
    if (postern_session_get_gateway (session) == NULL)
        return _ ("Connect to the gateway first.");
    if (!postern_changes_model_get_settled (self->changes))
        return _ ("The plan is being compared…");
    return NULL;
}

static void
update_obstacle (PosternReviewPage *self)
{
    PosternMode mode = postern_session_get_mode (postern_page_get_session (POSTERN_PAGE (self)));

    if (self->changes == NULL)
        return;
    postern_page_set_incomplete (POSTERN_PAGE (self), get_obstacle (self));
    postern_page_set_primary_label (POSTERN_PAGE (self), get_primary_label (mode));
}

static void
on_show_page_cb (PosternReviewPage *self, PosternSection section)
{
    postern_page_edit_step (POSTERN_PAGE (self), postern_step_from_section (section));
}

static void
on_edit_cb (PosternReviewPage *self, PosternStep step)
{
    postern_page_edit_step (POSTERN_PAGE (self), step);
}

static GtkWidget *
make_finding_row (gpointer item, gpointer user_data)
{
    PosternReviewPage *self = user_data;
    GtkWidget *child = postern_finding_row_new (item, postern_page_get_plan (POSTERN_PAGE (self)));

    g_object_set (child, "page-link", TRUE, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12,
                  NULL);
    g_signal_connect_object (child, "show-page", G_CALLBACK (on_show_page_cb), self, G_CONNECT_SWAPPED);
    return g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "focusable", FALSE, "child", child, NULL);
}

static GtkWidget *
make_change_row (gpointer item, gpointer user_data)
{
    return postern_change_expander_new (item);
}

static gpointer
say_as_postfix (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    return postern_plan_to_postfix_fragment (data);
}

static void
on_postfix_said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autofree char *text = postern_worker_run_finish (source, result, NULL);

    if (text != NULL)
        adw_dialog_present (postern_text_dialog_new (C_ ("title", "Postfix Configuration"), text), GTK_WIDGET (source));
}

static void
show_postfix (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternPage *page = POSTERN_PAGE (widget);

    postern_worker_run_async (page, say_as_postfix, postern_plan_copy (postern_page_get_plan (page)), g_object_unref,
                              g_free, NULL, postern_page_get_cancellable (page), on_postfix_said_cb, NULL);
}

static GPtrArray *
list_findings (PosternReviewPage *self)
{
    GListModel *model = G_LIST_MODEL (get_findings (self));
    GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < g_list_model_get_n_items (model); i++)
        g_ptr_array_add (findings, g_list_model_get_item (model, i));
    return findings;
}

static void
save_report (GtkWidget *widget, const char *action, GVariant *parameter)
{
    PosternReviewPage *self = POSTERN_REVIEW_PAGE (widget);
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    PosternGatewayAddress *address = postern_session_get_address (session);
    g_autofree char *gateway = address == NULL ? NULL : postern_gateway_address_to_display (address);
    g_autoptr (GPtrArray) findings = list_findings (self);
    PosternReport report = {
        .plan = postern_session_get_plan (session),
        .gateway = gateway,
        .info = postern_session_get_info (session),
        .findings = findings,
        .changes = postern_changes_model_get_changes (self->changes),
    };

    postern_report_saver_run (POSTERN_PAGE (self), postern_report_to_text (&report));
}

static void
postern_review_page_proceed (PosternPage *page)
{
    if (postern_session_get_mode (postern_page_get_session (page)) == POSTERN_MODE_PLAN)
        gtk_widget_activate_action (GTK_WIDGET (page), "win.save-as", NULL);
    else
        postern_page_finish (page);
}

static void
postern_review_page_constructed (GObject *object)
{
    PosternReviewPage *self = POSTERN_REVIEW_PAGE (object);
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    PosternFindingsModel *findings = postern_session_get_findings (session);

    G_OBJECT_CLASS (postern_review_page_parent_class)->constructed (object);
    postern_changes_model_set_session (self->changes, session);
    gtk_list_box_bind_model (self->findings_list, G_LIST_MODEL (findings), make_finding_row, self, NULL);
    gtk_list_box_bind_model (self->changes_list, G_LIST_MODEL (self->changes), make_change_row, NULL, NULL);
    g_signal_connect_object (findings, "notify", G_CALLBACK (update_obstacle), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->changes, "notify::settled", G_CALLBACK (update_obstacle), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "notify::gateway", G_CALLBACK (update_obstacle), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (session, "notify::mode", G_CALLBACK (update_obstacle), self, G_CONNECT_SWAPPED);
    update_obstacle (self);
}

static void
postern_review_page_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_REVIEW_PAGE);
    G_OBJECT_CLASS (postern_review_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-review-page.ui");
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_child (widget_class, PosternReviewPage, changes);
    gtk_widget_class_bind_template_child (widget_class, PosternReviewPage, findings_list);
    gtk_widget_class_bind_template_child (widget_class, PosternReviewPage, changes_list);
    gtk_widget_class_bind_template_callback (widget_class, is_push);
    gtk_widget_class_bind_template_callback (widget_class, is_verifying);
    gtk_widget_class_bind_template_callback (widget_class, is_verified_somewhere);
    gtk_widget_class_bind_template_callback (widget_class, is_checking);
    gtk_widget_class_bind_template_callback (widget_class, findings_text);
    gtk_widget_class_bind_template_callback (widget_class, changes_text);
    gtk_widget_class_bind_template_callback (widget_class, hop_text);
    gtk_widget_class_bind_template_callback (widget_class, on_edit_cb);
}

static void
postern_review_page_class_init (PosternReviewPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->constructed = postern_review_page_constructed;
    object_class->dispose = postern_review_page_dispose;
    POSTERN_PAGE_CLASS (klass)->proceed = postern_review_page_proceed;

    g_type_ensure (POSTERN_TYPE_CHANGES_MODEL);
    g_type_ensure (POSTERN_TYPE_FINDINGS_MODEL);
    g_type_ensure (POSTERN_TYPE_GATEWAY_INFO);
    g_type_ensure (POSTERN_TYPE_MAIL_FLOW);
    g_type_ensure (POSTERN_TYPE_MESSAGE_TRIAL);
    g_type_ensure (POSTERN_TYPE_PLAN_SUMMARY);
    bind_template (widget_class);
    gtk_widget_class_install_action (widget_class, "review.show-postfix", NULL, show_postfix);
    gtk_widget_class_install_action (widget_class, "review.save-report", NULL, save_report);
}

static void
postern_review_page_init (PosternReviewPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
