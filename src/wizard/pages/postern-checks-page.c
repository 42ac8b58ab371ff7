/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-checks-page.h"

#include <glib/gi18n-lib.h>

#include "wizard/postern-announce.h"
#include "wizard/postern-findings-box.h"
#include "wizard/postern-rehearsal-group.h"
#include "wizard/postern-ui.h"

struct _PosternChecksPage {
    PosternPage parent_instance;

    GObject *verification_row;
    GObject *spf_row;
    GObject *dmarc_row;
    GObject *before_edge_row;
    GObject *rejected_row;
    GObject *authentication_row;
    PosternFindingsBox *findings_box;
};

G_DEFINE_FINAL_TYPE (PosternChecksPage, postern_checks_page, POSTERN_TYPE_PAGE)

/*
 * What each row says: what the check is, and below it whether that is recommended or what the difference leads to
 */

/* @consequence: (nullable): what it leads to, %NULL if it is as recommended */
static char *
with_advice (const char *explanation, const char *consequence)
{
    return g_strdup_printf ("%s\n%s", explanation,
                            consequence != NULL ? consequence : _ ("Recommended for this scenario"));
}

static gboolean
verification_differs (PosternChecksPage *self, PosternScenario scenario, PosternRecipientVerification verification)
{
    return verification != postern_scenario_get_presets (scenario)->recipient_verification;
}

static const char *
verification_consequence (PosternScenario scenario)
{
    switch (scenario) {
    case POSTERN_SCENARIO_DIRECT:
        return _ ("Off: mail to addresses that do not exist is accepted and then returned, often to forged senders.");
    case POSTERN_SCENARIO_EDGE_VERIFYING:
        return _ ("Off: this gateway says yes to every address, so the edge gateway’s verification has no effect.");
    case POSTERN_SCENARIO_EDGE_NOT_VERIFYING:
        return _ (
            "On: the edge gateway has accepted the message already, and sends a non-delivery report for each refusal.");
    default:
        g_return_val_if_reached (NULL);
    }
}

static char *
describe_verification (PosternChecksPage *self, PosternScenario scenario, PosternRecipientVerification verification)
{
    gboolean differs = verification_differs (self, scenario, verification);

    return with_advice (
        _ ("The gateway asks the internal mail server whether a recipient exists, and refuses the message if not. The "
           "first message to a recipient waits about 3 seconds. Not done for trusted hosts."),
        differs ? verification_consequence (scenario) : NULL);
}

static gboolean
sender_check_differs (PosternChecksPage *self, PosternScenario scenario, gboolean on, gboolean before_edge)
{
    /* Behind an edge gateway the checks are recommended only if they can see the sender before it. */
    if (postern_scenario_has_edge_gateway (scenario))
        return on && !before_edge;
    return !on;
}

static const char *
sender_check_consequence (PosternScenario scenario)
{
    if (postern_scenario_has_edge_gateway (scenario))
        return _ ("On: the edge gateway is judged instead of the true sender, so that legitimate mail is refused.");
    return _ ("Off: forged senders are recognised less often.");
}

static char *
describe_sender_check (PosternScenario scenario, gboolean differs, gboolean before_edge, const char *explanation)
{
    if (differs)
        return with_advice (explanation, sender_check_consequence (scenario));
    if (postern_scenario_has_edge_gateway (scenario) && before_edge)
        return with_advice (explanation, _ ("Judges the sender that the edge gateway saw"));
    return with_advice (explanation, NULL);
}

static char *
describe_spf (PosternChecksPage *self, PosternScenario scenario, gboolean on, gboolean before_edge)
{
    return describe_sender_check (scenario, sender_check_differs (self, scenario, on, before_edge), before_edge,
                                  _ ("Asks DNS whether the sending server may send for the sender’s domain."));
}

static char *
describe_dmarc (PosternChecksPage *self, PosternScenario scenario, gboolean on, gboolean before_edge)
{
    return describe_sender_check (
        scenario, sender_check_differs (self, scenario, on, before_edge), before_edge,
        _ ("Does what the sender’s domain asks for when neither SPF nor a signature (DKIM) confirms the "
           "sender."));
}

static char *
describe_before_edge (PosternChecksPage *self, gboolean on, gboolean use_spf, gboolean use_dmarc)
{
    const char *explanation =
        _ ("SPF and DMARC judge the host that gave the message to the edge gateway, not the edge gateway itself.");

    if (!use_spf && !use_dmarc)
        return with_advice (explanation, _ ("Has an effect only with SPF or DMARC"));
    return with_advice (explanation, on ? NULL : _ ("Off: the edge gateway is judged instead of the true sender."));
}

static gboolean
before_edge_differs (PosternChecksPage *self, gboolean on, gboolean use_spf, gboolean use_dmarc)
{
    return !on && (use_spf || use_dmarc);
}

static gboolean
rejected_differs (PosternChecksPage *self, PosternScenario scenario, PosternRejectedMail rejected_mail)
{
    return rejected_mail != postern_scenario_get_presets (scenario)->rejected_mail;
}

static char *
describe_rejected (PosternChecksPage *self, PosternScenario scenario, PosternRejectedMail rejected_mail)
{
    const char *consequence = NULL;

    if (rejected_differs (self, scenario, rejected_mail))
        consequence =
            rejected_mail == POSTERN_REJECTED_MAIL_REJECT
                ? _ ("Reject: the edge gateway sends a non-delivery report for each message, often to a forged sender.")
                : _ ("Delete: nobody learns that a message was refused, not even when that was a mistake.");
    return with_advice (_ ("What happens to a message that scanning refuses."), consequence);
}

static char *
describe_authentication (PosternChecksPage *self, gboolean on)
{
    return with_advice (_ ("Scanning rules may refuse a message by what SPF, DKIM and DMARC say about its sender."),
                        on ? _ ("On: stricter than needed; mail that was forwarded on its way may be refused.") : NULL);
}

static char *
advice_icon (PosternChecksPage *self, gboolean differs)
{
    return g_strdup (differs ? "dialog-warning-symbolic" : "object-select-symbolic");
}

static char **
advice_classes (PosternChecksPage *self, gboolean differs)
{
    const char *classes[] = { differs ? "warning" : "success", NULL };

    return g_strdupv ((char **)classes);
}

static gboolean
is_direct (PosternChecksPage *self, PosternScenario scenario)
{
    return !postern_scenario_has_edge_gateway (scenario);
}

/* Offered by gateways that can do it, and shown by others while it is on, so that it can be turned off. */
static gboolean
offers_before_edge (PosternChecksPage *self, PosternScenario scenario, PosternGatewayInfo *info, gboolean on)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));

    return postern_scenario_has_edge_gateway (scenario) &&
           (on || session == NULL || postern_session_enforces (session, "check_sender_before_edge"));
}

/* The arguments say when to look again. */
static gboolean
may_use_recommended (PosternChecksPage *self, PosternScenario scenario, PosternRecipientVerification verification,
                     gboolean use_spf, gboolean use_dmarc, gboolean authentication, PosternRejectedMail rejected_mail)
{
    PosternPlan *plan = postern_page_get_plan (POSTERN_PAGE (self));

    return plan != NULL && !postern_plan_follows_presets (plan);
}

/* What a toast needs to set the checks back. */
typedef struct {
    PosternPlan *plan;
    PosternPresets before;
} Override;

static void
override_free (gpointer data, GClosure *closure)
{
    Override *override = data;

    g_object_unref (override->plan);
    g_free (override);
}

static void
undo_cb (AdwToast *toast, Override *override)
{
    postern_plan_set_recipient_verification (override->plan, override->before.recipient_verification);
    postern_plan_set_use_spf (override->plan, override->before.use_spf);
    postern_plan_set_use_dmarc (override->plan, override->before.use_dmarc);
    postern_plan_set_sender_authentication (override->plan, override->before.sender_authentication);
    postern_plan_set_rejected_mail (override->plan, override->before.rejected_mail);
}

static void
on_use_recommended_clicked_cb (PosternChecksPage *self)
{
    PosternPlan *plan = postern_page_get_plan (POSTERN_PAGE (self));
    const char *text = _ ("All checks are as recommended");
    AdwToast *toast = adw_toast_new (text);
    Override *override = g_new (Override, 1);

    override->plan = g_object_ref (plan);
    override->before = (PosternPresets){
        .recipient_verification = postern_plan_get_recipient_verification (plan),
        .use_spf = postern_plan_get_use_spf (plan),
        .use_dmarc = postern_plan_get_use_dmarc (plan),
        .sender_authentication = postern_plan_get_sender_authentication (plan),
        .rejected_mail = postern_plan_get_rejected_mail (plan),
    };
    adw_toast_set_button_label (toast, C_ ("button", "_Undo"));
    g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), override, override_free, G_CONNECT_DEFAULT);
    postern_plan_apply_presets (plan);
    postern_page_add_toast (POSTERN_PAGE (self), toast);
    postern_announce (self, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
verification_to_active (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    g_value_set_boolean (to, g_value_get_enum (from) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED);
    return TRUE;
}

static gboolean
active_to_verification (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    g_value_set_enum (to, g_value_get_boolean (from) ? POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED
                                                     : POSTERN_RECIPIENT_VERIFICATION_OFF);
    return TRUE;
}

/* The rows of the drop-down stand in the order of the enumeration. */
static gboolean
rejected_to_selected (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    g_value_set_uint (to, g_value_get_enum (from));
    return TRUE;
}

static gboolean
selected_to_rejected (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    if (g_value_get_uint (from) == GTK_INVALID_LIST_POSITION)
        return FALSE;
    g_value_set_enum (to, g_value_get_uint (from));
    return TRUE;
}

static void
bind_rows (PosternChecksPage *self, PosternPlan *plan)
{
    const GBindingFlags flags = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

    g_object_bind_property_full (plan, "recipient-verification", self->verification_row, "active", flags,
                                 verification_to_active, active_to_verification, NULL, NULL);
    g_object_bind_property (plan, "use-spf", self->spf_row, "active", flags);
    g_object_bind_property (plan, "use-dmarc", self->dmarc_row, "active", flags);
    g_object_bind_property (plan, "check-sender-before-edge", self->before_edge_row, "active", flags);
    g_object_bind_property (plan, "sender-authentication", self->authentication_row, "active", flags);
    g_object_bind_property_full (plan, "rejected-mail", self->rejected_row, "selected", flags, rejected_to_selected,
                                 selected_to_rejected, NULL, NULL);
}

static void
postern_checks_page_constructed (GObject *object)
{
    PosternChecksPage *self = POSTERN_CHECKS_PAGE (object);
    PosternPage *page = POSTERN_PAGE (object);
    PosternPlan *plan = postern_page_get_plan (page);

    G_OBJECT_CLASS (postern_checks_page_parent_class)->constructed (object);
    bind_rows (self, plan);
    g_object_set (self->findings_box, "model", postern_session_get_findings (postern_page_get_session (page)), "plan",
                  plan, NULL);
}

static void
postern_checks_page_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_CHECKS_PAGE);
    G_OBJECT_CLASS (postern_checks_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (POSTERN_TYPE_FINDINGS_BOX);
    g_type_ensure (POSTERN_TYPE_REHEARSAL_GROUP);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-checks-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternChecksPage, verification_row);
    gtk_widget_class_bind_template_child (widget_class, PosternChecksPage, spf_row);
    gtk_widget_class_bind_template_child (widget_class, PosternChecksPage, dmarc_row);
    gtk_widget_class_bind_template_child (widget_class, PosternChecksPage, before_edge_row);
    gtk_widget_class_bind_template_child (widget_class, PosternChecksPage, rejected_row);
    gtk_widget_class_bind_template_child (widget_class, PosternChecksPage, authentication_row);
    gtk_widget_class_bind_template_child (widget_class, PosternChecksPage, findings_box);
    gtk_widget_class_bind_template_callback (widget_class, advice_classes);
    gtk_widget_class_bind_template_callback (widget_class, advice_icon);
    gtk_widget_class_bind_template_callback (widget_class, before_edge_differs);
    gtk_widget_class_bind_template_callback (widget_class, describe_authentication);
    gtk_widget_class_bind_template_callback (widget_class, describe_before_edge);
    gtk_widget_class_bind_template_callback (widget_class, describe_dmarc);
    gtk_widget_class_bind_template_callback (widget_class, describe_rejected);
    gtk_widget_class_bind_template_callback (widget_class, describe_spf);
    gtk_widget_class_bind_template_callback (widget_class, describe_verification);
    gtk_widget_class_bind_template_callback (widget_class, is_direct);
    gtk_widget_class_bind_template_callback (widget_class, may_use_recommended);
    gtk_widget_class_bind_template_callback (widget_class, offers_before_edge);
    gtk_widget_class_bind_template_callback (widget_class, on_use_recommended_clicked_cb);
    gtk_widget_class_bind_template_callback (widget_class, rejected_differs);
    gtk_widget_class_bind_template_callback (widget_class, sender_check_differs);
    gtk_widget_class_bind_template_callback (widget_class, verification_differs);
}

static void
postern_checks_page_class_init (PosternChecksPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->constructed = postern_checks_page_constructed;
    object_class->dispose = postern_checks_page_dispose;
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
postern_checks_page_init (PosternChecksPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
