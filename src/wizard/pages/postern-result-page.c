/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-result-page.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-announce.h"
#include "wizard/postern-closures.h"
#include "wizard/postern-mail-follower.h"
#include "wizard/postern-mail-row.h"
#include "wizard/postern-proof-row.h"
#include "wizard/postern-report.h"
#include "wizard/postern-report-saver.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-verification-runner.h"

struct _PosternResultPage {
    PosternPage parent_instance;

    PosternVerificationRunner *runner;
    PosternMailFollower *mail;
    gboolean begun;

    GtkListBox *proofs_list;
    GtkListBox *mail_list;
    GtkEditable *recipient_row;
};

G_DEFINE_FINAL_TYPE (PosternResultPage, postern_result_page, POSTERN_TYPE_PAGE)

typedef enum {
    PROP_RUNNER = 1,
    PROP_MAIL,
} PosternResultPageProperty;

static GParamSpec *properties[PROP_MAIL + 1];

static gboolean
has_edge (PosternResultPage *self, PosternScenario scenario)
{
    return postern_scenario_has_edge_gateway (scenario);
}

static gboolean
is_direct (PosternResultPage *self, PosternScenario scenario)
{
    return !postern_scenario_has_edge_gateway (scenario);
}

static gboolean
is_idle (PosternResultPage *self, gboolean running)
{
    return !running;
}

static gboolean
can_prove (PosternResultPage *self, PosternGatewayInfo *info)
{
    return info != NULL && postern_gateway_info_get_mta_state (info) != POSTERN_MTA_STATE_NONE;
}

static gboolean
tells_mail (PosternResultPage *self, PosternGatewayInfo *info)
{
    return info != NULL && postern_gateway_info_has_capability (info, "mail-log");
}

static char *
mail_text (PosternResultPage *self, guint n, const char *failure, gboolean gap)
{
    if (failure != NULL)
        return g_strdup (failure);
    if (n == 0)
        return g_strdup (
            _ ("No message has come so far. Send one through the gateway: what becomes of it appears here."));
    if (gap)
        return g_strdup (
            _ ("What became of messages, the newest first. Some entries are missing: the gateway no longer "
               "knows them."));
    return g_strdup (_ ("What became of messages, the newest first."));
}

/* The heading never says more than what was proven. */
static void
update_heading (PosternResultPage *self)
{
    guint n = g_list_model_get_n_items (G_LIST_MODEL (self->runner));
    guint holds = postern_verification_runner_count (self->runner, POSTERN_PROOF_HOLDS);
    guint fails = postern_verification_runner_count (self->runner, POSTERN_PROOF_FAILS);
    g_autofree char *text = NULL;

    if (postern_verification_runner_get_running (self->runner)) {
        g_object_set (self, "heading", _ ("The gateway is set up"), "consequence",
                      _ ("It has what the plan says. Now its mail server is asked whether mail flows as planned."),
                      NULL);
        return;
    }
    if (fails > 0)
        text = g_strdup_printf (
            /* Translators: the first %u is how many proofs do not hold, the second how many there are; the plural
             * follows the first. A proof is a real SMTP dialogue that shows whether the gateway does what the plan
             * says. */
            ngettext ("%u of %u proofs does not hold: the mail server answers otherwise than the plan says.",
                      "%u of %u proofs do not hold: the mail server answers otherwise than the plan says.", fails),
            fails, n);
    else if (holds == n)
        text = g_strdup (_ ("Its mail server was asked, and answers as the plan says."));
    else
        text =
            /* Translators: the first %u is how many proofs could not be completed, the second how many there are;
             * the plural follows the first. */
            g_strdup_printf (ngettext ("It has what the plan says. %u of %u proofs could not be completed.",
                                       "It has what the plan says. %u of %u proofs could not be completed.", n - holds),
                             n - holds, n);
    g_object_set (self, "heading",
                  fails > 0 ? _ ("The gateway is set up, but mail does not flow as planned")
                            : _ ("The gateway is set up"),
                  "consequence", text, NULL);
    postern_announce (self, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_running_changed_cb (PosternResultPage *self)
{
    update_heading (self);
    if (!postern_verification_runner_get_running (self->runner))
        postern_page_set_error (POSTERN_PAGE (self), postern_verification_runner_get_failure (self->runner),
                                C_ ("button", "_Try Again"));
}

/* As people write several: with commas, semicolons or spaces between them. */
static char **
list_recipients (PosternResultPage *self)
{
    g_auto (GStrv) words = g_strsplit_set (gtk_editable_get_text (self->recipient_row), ",; \t", -1);
    g_autoptr (GStrvBuilder) recipients = g_strv_builder_new ();

    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_strv_builder_add (recipients, words[i]);
    return g_strv_builder_end (recipients);
}

static void
prove (PosternResultPage *self)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    g_auto (GStrv) recipients = list_recipients (self);

    postern_page_set_error (POSTERN_PAGE (self), NULL, NULL);
    if (!can_prove (self, postern_session_get_info (session)))
        g_object_set (self, "consequence",
                      _ ("It has what the plan says. It has no mail server that could be asked whether mail flows: it "
                         "is only for practice."),
                      NULL);
    else if (postern_session_get_gateway (session) != NULL)
        postern_verification_runner_start (
            self->runner, postern_session_get_gateway (session), postern_session_get_plan (session),
            postern_gateway_info_has_capability (postern_session_get_info (session), POSTERN_CAPABILITY_SCAN),
            (const char *const *)recipients, postern_page_get_cancellable (POSTERN_PAGE (self)));
}

static void
save_report (PosternResultPage *self)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    PosternGatewayAddress *address = postern_session_get_address (session);
    g_autofree char *gateway = address == NULL ? NULL : postern_gateway_address_to_display (address);
    g_autoptr (GPtrArray) findings = postern_session_judge (session);
    PosternReport report = {
        .plan = postern_session_get_plan (session),
        .gateway = gateway,
        .info = postern_session_get_info (session),
        .findings = findings,
        .proofs = postern_verification_runner_get_proofs (self->runner),
    };

    report.outcome = postern_session_get_pushed (session, &report.changes);
    postern_report_saver_run (POSTERN_PAGE (self), postern_report_to_text (&report));
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
    PosternResultPage *self = user_data;

    return postern_proof_row_new (item, postern_verification_runner_is_asked (self->runner, item));
}

static GtkWidget *
make_mail_row (gpointer item, gpointer user_data)
{
    return postern_mail_row_new (item);
}

static void
postern_result_page_activate (PosternPage *page)
{
    PosternResultPage *self = POSTERN_RESULT_PAGE (page);
    PosternSession *session = postern_page_get_session (page);

    if (!self->begun)
        prove (self);
    self->begun = TRUE;
    if (tells_mail (self, postern_session_get_info (session)) && postern_session_get_gateway (session) != NULL)
        postern_mail_follower_start (self->mail, postern_session_get_gateway (session));
}

static void
postern_result_page_deactivate (PosternPage *page)
{
    if (POSTERN_RESULT_PAGE (page)->mail != NULL)
        postern_mail_follower_stop (POSTERN_RESULT_PAGE (page)->mail);
}

static void
postern_result_page_retry (PosternPage *page)
{
    prove (POSTERN_RESULT_PAGE (page));
}

static void
postern_result_page_constructed (GObject *object)
{
    PosternResultPage *self = POSTERN_RESULT_PAGE (object);

    G_OBJECT_CLASS (postern_result_page_parent_class)->constructed (object);
    gtk_list_box_bind_model (self->proofs_list, G_LIST_MODEL (self->runner), make_row, self, NULL);
    gtk_list_box_bind_model (self->mail_list, G_LIST_MODEL (self->mail), make_mail_row, NULL, NULL);
    g_signal_connect_object (self->runner, "notify::running", G_CALLBACK (on_running_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
postern_result_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_RUNNER)
        g_value_set_object (value, POSTERN_RESULT_PAGE (object)->runner);
    else if (id == PROP_MAIL)
        g_value_set_object (value, POSTERN_RESULT_PAGE (object)->mail);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_result_page_dispose (GObject *object)
{
    PosternResultPage *self = POSTERN_RESULT_PAGE (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_RESULT_PAGE);
    g_clear_object (&self->runner);
    g_clear_object (&self->mail);
    G_OBJECT_CLASS (postern_result_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (POSTERN_TYPE_MAIL_FOLLOWER);
    g_type_ensure (POSTERN_TYPE_VERIFICATION_RUNNER);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-result-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternResultPage, proofs_list);
    gtk_widget_class_bind_template_child (widget_class, PosternResultPage, mail_list);
    gtk_widget_class_bind_template_child (widget_class, PosternResultPage, recipient_row);
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_callback (widget_class, has_edge);
    gtk_widget_class_bind_template_callback (widget_class, is_direct);
    gtk_widget_class_bind_template_callback (widget_class, is_idle);
    gtk_widget_class_bind_template_callback (widget_class, can_prove);
    gtk_widget_class_bind_template_callback (widget_class, tells_mail);
    gtk_widget_class_bind_template_callback (widget_class, mail_text);
    gtk_widget_class_bind_template_callback (widget_class, prove);
    gtk_widget_class_bind_template_callback (widget_class, save_report);
}

static void
postern_result_page_class_init (PosternResultPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    PosternPageClass *page_class = POSTERN_PAGE_CLASS (klass);

    object_class->get_property = postern_result_page_get_property;
    object_class->constructed = postern_result_page_constructed;
    object_class->dispose = postern_result_page_dispose;
    page_class->activate = postern_result_page_activate;
    page_class->deactivate = postern_result_page_deactivate;
    page_class->retry = postern_result_page_retry;
    properties[PROP_RUNNER] = g_param_spec_object ("runner", NULL, NULL, POSTERN_TYPE_VERIFICATION_RUNNER,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    properties[PROP_MAIL] =
        g_param_spec_object ("mail", NULL, NULL, POSTERN_TYPE_MAIL_FOLLOWER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    bind_template (widget_class);
}

static void
postern_result_page_init (PosternResultPage *self)
{
    self->runner = postern_verification_runner_new ();
    self->mail = postern_mail_follower_new ();
    gtk_widget_init_template (GTK_WIDGET (self));
    g_object_set (self, "first-focus", postern_page_get_primary_button (POSTERN_PAGE (self)), NULL);
}
