/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-gateway-page.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-announce.h"
#include "wizard/postern-closures.h"
#include "wizard/postern-connector.h"
#include "wizard/postern-feedback-row.h"
#include "wizard/postern-keyring.h"
#include "wizard/postern-recent-gateways.h"
#include "wizard/postern-trust-dialog.h"
#include "wizard/postern-ui.h"

struct _PosternGatewayPage {
    PosternPage parent_instance;

    PosternConnector *connector;

    GtkWidget *address_row;
    GtkWidget *user_row;
    GtkWidget *token_row;
    AdwComboRow *type_row;
    AdwSwitchRow *remember_row;
    AdwSwitchRow *start_row;
    GtkWidget *connect_button;
    PosternRecentGateways *recent_gateways;
};

G_DEFINE_FINAL_TYPE (PosternGatewayPage, postern_gateway_page, POSTERN_TYPE_PAGE)

static gboolean
is_connecting (PosternGatewayPage *self, PosternConnectorState state)
{
    return state == POSTERN_CONNECTOR_CONNECTING;
}

static gboolean
is_editable (PosternGatewayPage *self, PosternConnectorState state)
{
    return state != POSTERN_CONNECTOR_CONNECTING;
}

static gboolean
is_missing (PosternGatewayPage *self, PosternConnectorState state)
{
    return state != POSTERN_CONNECTOR_CONNECTED;
}

static gboolean
is_connected (PosternGatewayPage *self, PosternConnectorState state)
{
    return state == POSTERN_CONNECTOR_CONNECTED;
}

static gboolean
has_user (PosternGatewayPage *self, PosternGatewayKind kind)
{
    return kind == POSTERN_GATEWAY_KIND_PMG;
}

static char *
secret_title (PosternGatewayPage *self, PosternGatewayKind kind)
{
    gboolean is_password = kind == POSTERN_GATEWAY_KIND_PMG;

    return g_strdup (is_password ? C_ ("entry", "Password") : C_ ("entry", "Access Token"));
}

/* What the gateway has said beside: nodes of a cluster that are not in sync, a user who may only look. */
static char *
remarks_text (PosternGatewayPage *self, PosternGatewayInfo *info)
{
    return info == NULL ? g_strdup ("") : g_strjoinv ("\n\n", (char **)postern_gateway_info_get_remarks (info));
}

static gboolean
can_connect (PosternGatewayPage *self, PosternConnectorState state, const char *address, const char *error)
{
    return (state == POSTERN_CONNECTOR_IDLE || state == POSTERN_CONNECTOR_FAILED) && address != NULL &&
           *address != '\0' && (error == NULL || *error == '\0');
}

static char *
product_text (PosternGatewayPage *self, const char *product, const char *version)
{
    return product == NULL ? NULL : g_strdup_printf ("%s %s", product, version == NULL ? "" : version);
}

static char *
mta_text (PosternGatewayPage *self, PosternGatewayInfo *info)
{
    const char *version;

    if (info == NULL)
        return NULL;
    if (postern_gateway_info_get_mta_state (info) == POSTERN_MTA_STATE_NONE)
        return g_strdup (_ ("None: this gateway only practises and carries no mail"));
    version = postern_gateway_info_get_mta_version (info);
    /* Translators: a mail server's name, version and state: “Postfix 3.10.5 · Running”. */
    return g_strdup_printf (C_ ("mail server", "%s %s · %s"), postern_gateway_info_get_mta_name (info),
                            version == NULL ? "" : version,
                            postern_mta_state_get_title (postern_gateway_info_get_mta_state (info)));
}

static gboolean
is_configured (PosternGatewayPage *self, PosternPlan *configuration)
{
    return configuration != NULL && !postern_plan_is_empty (configuration);
}

/* The list's first entry is “found by itself”, as the enumeration's first value is “unknown”. */
static guint
kind_to_position (PosternGatewayPage *self, PosternGatewayKind kind)
{
    return (guint)kind;
}

static void
on_type_selected_cb (PosternGatewayPage *self)
{
    guint position = adw_combo_row_get_selected (self->type_row);

    if (self->connector != NULL && position != GTK_INVALID_LIST_POSITION)
        g_object_set (self->connector, "kind", position, NULL);
}

static void
on_address_settled_cb (PosternGatewayPage *self)
{
    if (self->connector != NULL)
        postern_connector_settle (self->connector);
}

static void
on_connect_cb (PosternGatewayPage *self)
{
    postern_connector_connect (self->connector);
}

static void
go_without_gateway (PosternGatewayPage *self, PosternMode mode)
{
    postern_connector_stop (self->connector);
    postern_session_set_mode (postern_page_get_session (POSTERN_PAGE (self)), mode);
    postern_page_finish (POSTERN_PAGE (self));
}

static void
on_plan_only_cb (PosternGatewayPage *self)
{
    go_without_gateway (self, POSTERN_MODE_PLAN);
}

static void
on_ksmg_cb (PosternGatewayPage *self)
{
    go_without_gateway (self, POSTERN_MODE_KSMG);
}

static void
on_trust_answered_cb (PosternTrustDialog *dialog, const char *response, PosternGatewayPage *self)
{
    if (self->connector == NULL)
        return;
    if (g_str_equal (response, "trust"))
        postern_connector_trust (self->connector, postern_trust_dialog_get_certificate (dialog));
    else
        postern_connector_decline (self->connector);
}

static PosternGatewayKind
get_kind (PosternGatewayPage *self)
{
    PosternGatewayKind kind;

    g_object_get (self->connector, "kind", &kind, NULL);
    return kind;
}

static void
on_certificate_cb (PosternGatewayPage *self, PosternCertificate *certificate, const char *trusted)
{
    AdwDialog *dialog = postern_trust_dialog_new (certificate, trusted, get_kind (self));

    g_signal_connect_object (dialog, "response", G_CALLBACK (on_trust_answered_cb), self, G_CONNECT_DEFAULT);
    adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* What the keyring said, in a toast; a keyring that is not there is no reason to stop. */
static void
tell_about_keyring (PosternGatewayPage *self, const char *format, const GError *error)
{
    g_autoptr (GString) text = NULL;

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    text = g_string_new (format);
    g_string_replace (text, "%s", error->message, 1);
    postern_page_add_toast (POSTERN_PAGE (self),
                            g_object_new (ADW_TYPE_TOAST, "title", text->str, "use-markup", FALSE, NULL));
}

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternGatewayPage) self = user_data;
    g_autoptr (GError) error = NULL;

    if (!postern_keyring_store_finish (result, &error))
        /* Translators: %s is what the keyring said. */
        tell_about_keyring (self, _ ("It could not be put into the keyring: %s"), error);
}

static void
on_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternGatewayPage) self = user_data;
    g_autoptr (GError) error = NULL;

    if (!postern_keyring_clear_finish (result, &error))
        /* Translators: %s is what the keyring said. */
        tell_about_keyring (self, _ ("It could not be removed from the keyring: %s"), error);
}

static void
remember (PosternGatewayPage *self)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));

    if (adw_switch_row_get_active (self->remember_row))
        postern_keyring_store_async (postern_session_get_address (session), postern_session_get_user (session),
                                     gtk_editable_get_text (GTK_EDITABLE (self->token_row)), NULL, on_stored_cb,
                                     g_object_ref (self));
}

/* Whoever switches it off wants it forgotten at once, also if nothing is connected. */
static void
on_forget_cb (PosternGatewayPage *self)
{
    g_autoptr (PosternGatewayAddress) address =
        self->connector == NULL ? NULL : postern_connector_dup_address (self->connector);

    if (address == NULL)
        return;
    if (!adw_switch_row_get_active (self->remember_row))
        postern_keyring_clear_async (address, on_cleared_cb, g_object_ref (self));
    else if (postern_connector_get_state (self->connector) == POSTERN_CONNECTOR_CONNECTED)
        remember (self);
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternGatewayPage) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autofree char *user = NULL;
    char *secret = postern_keyring_lookup_finish (result, &user, &error);

    /* Without a keyring one types it; that is said where somebody wants it remembered. */
    if (error != NULL)
        g_debug ("The keyring was not asked: %s", error->message);
    /* What somebody has begun to type counts more. */
    if (secret != NULL && self->connector != NULL && *gtk_editable_get_text (GTK_EDITABLE (self->token_row)) == '\0') {
        if (user != NULL)
            g_object_set (self->connector, "user", user, NULL);
        gtk_editable_set_text (GTK_EDITABLE (self->token_row), secret);
        adw_switch_row_set_active (self->remember_row, TRUE);
    }
    postern_keyring_free_secret (secret);
}

static void
look_up (PosternGatewayPage *self)
{
    PosternGatewayAddress *address = postern_session_get_address (postern_page_get_session (POSTERN_PAGE (self)));

    if (address != NULL && postern_connector_get_state (self->connector) == POSTERN_CONNECTOR_IDLE)
        postern_keyring_lookup_async (address, postern_page_get_cancellable (POSTERN_PAGE (self)), on_looked_up_cb,
                                      g_object_ref (self));
}

/* As if it had been entered, with what is known of it: whoever has trusted its certificate is not asked again. */
static void
on_recent_chosen_cb (PosternGatewayPage *self, PosternDraft *draft)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    g_autoptr (PosternGatewayAddress) address = postern_gateway_address_parse (postern_draft_get_address (draft), NULL);

    postern_connector_set_address (self->connector, address);
    g_object_set (self->connector, "user", postern_draft_get_user (draft), "token", "", NULL);
    postern_session_set_address (session, address, postern_draft_get_pin (draft));
    look_up (self);
    gtk_widget_grab_focus (self->token_row);
}

static void
update_page (PosternGatewayPage *self)
{
    PosternPage *page = POSTERN_PAGE (self);
    g_autofree char *failure = NULL;

    switch (postern_connector_get_state (self->connector)) {
    case POSTERN_CONNECTOR_CONNECTED:
        postern_page_set_incomplete (page, NULL);
        break;
    case POSTERN_CONNECTOR_CONNECTING:
    case POSTERN_CONNECTOR_ASKING:
        postern_page_set_error (page, NULL, NULL);
        postern_page_set_incomplete (page, _ ("The gateway is being asked."));
        break;
    case POSTERN_CONNECTOR_FAILED:
        g_object_get (self->connector, "failure", &failure, NULL);
        postern_page_set_error (page, failure, C_ ("button", "_Try Again"));
        postern_page_set_incomplete (page, _ ("Connect to the gateway first."));
        break;
    case POSTERN_CONNECTOR_IDLE:
    default:
        postern_page_set_error (page, NULL, NULL);
        postern_page_set_incomplete (page, _ ("Connect to the gateway first."));
    }
}

/* The button that was pressed has lost the focus while nothing could be pressed. */
static void
focus_after_failure (PosternGatewayPage *self)
{
    gboolean wants_user =
        get_kind (self) == POSTERN_GATEWAY_KIND_PMG && *gtk_editable_get_text (GTK_EDITABLE (self->user_row)) == '\0';

    gtk_widget_grab_focus (wants_user ? self->user_row : self->connect_button);
}

static void
on_state_changed_cb (PosternGatewayPage *self)
{
    update_page (self);
    if (postern_connector_get_state (self->connector) == POSTERN_CONNECTOR_FAILED)
        focus_after_failure (self);
    if (postern_connector_get_state (self->connector) != POSTERN_CONNECTOR_CONNECTED)
        return;
    remember (self);
    adw_switch_row_set_active (self->start_row, postern_plan_is_empty (postern_page_get_plan (POSTERN_PAGE (self))));
    postern_announce (self, _ ("Connected"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    gtk_widget_grab_focus (postern_page_get_primary_button (POSTERN_PAGE (self)));
}

/* Enter connects until there is a connection, and then goes on. */
static void
update_default (PosternGatewayPage *self)
{
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
    gboolean connected = postern_connector_get_state (self->connector) == POSTERN_CONNECTOR_CONNECTED;

    if (GTK_IS_WINDOW (root))
        gtk_window_set_default_widget (GTK_WINDOW (root), connected
                                                              ? postern_page_get_primary_button (POSTERN_PAGE (self))
                                                              : self->connect_button);
}

/* The gateway's records, with the scenario that was chosen here; if that is another one, its own recommendations. */
static void
start_from_configuration (PosternPlan *plan, PosternPlan *configuration)
{
    PosternScenario scenario = postern_plan_get_scenario (plan);
    g_autoptr (PosternPlan) start = postern_plan_copy (configuration);

    if (postern_plan_get_scenario (start) != scenario) {
        postern_plan_set_scenario (start, scenario);
        postern_plan_apply_presets (start);
    }
    postern_plan_assign (plan, start);
}

static void
postern_gateway_page_proceed (PosternPage *page)
{
    PosternGatewayPage *self = POSTERN_GATEWAY_PAGE (page);
    PosternPlan *configuration = postern_session_get_configuration (postern_page_get_session (page));

    if (is_configured (self, configuration) && adw_switch_row_get_active (self->start_row)) {
        start_from_configuration (postern_page_get_plan (page), configuration);
        /* Once is enough: who comes back has gone on from there. */
        adw_switch_row_set_active (self->start_row, FALSE);
    }
    postern_page_finish (page);
}

static void
postern_gateway_page_activate (PosternPage *page)
{
    look_up (POSTERN_GATEWAY_PAGE (page));
    postern_recent_gateways_load (POSTERN_GATEWAY_PAGE (page)->recent_gateways, postern_page_get_cancellable (page));
}

static void
postern_gateway_page_deactivate (PosternPage *page)
{
    if (POSTERN_GATEWAY_PAGE (page)->connector != NULL)
        postern_connector_stop (POSTERN_GATEWAY_PAGE (page)->connector);
}

static void
postern_gateway_page_retry (PosternPage *page)
{
    postern_connector_connect (POSTERN_GATEWAY_PAGE (page)->connector);
}

static void
postern_gateway_page_constructed (GObject *object)
{
    PosternGatewayPage *self = POSTERN_GATEWAY_PAGE (object);

    G_OBJECT_CLASS (postern_gateway_page_parent_class)->constructed (object);
    postern_connector_set_session (self->connector, postern_page_get_session (POSTERN_PAGE (self)));
    g_signal_connect_object (self->connector, "notify::state", G_CALLBACK (on_state_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->connector, "certificate", G_CALLBACK (on_certificate_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->connector, "notify::state", G_CALLBACK (update_default), self, G_CONNECT_SWAPPED);
    g_signal_connect (self, "notify::is-front", G_CALLBACK (update_default), NULL);
    update_page (self);
}

static void
postern_gateway_page_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_GATEWAY_PAGE);
    G_OBJECT_CLASS (postern_gateway_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-gateway-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, connector);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, address_row);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, user_row);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, token_row);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, type_row);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, remember_row);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, start_row);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, connect_button);
    gtk_widget_class_bind_template_child (widget_class, PosternGatewayPage, recent_gateways);
    gtk_widget_class_bind_template_callback (widget_class, is_connecting);
    gtk_widget_class_bind_template_callback (widget_class, is_editable);
    gtk_widget_class_bind_template_callback (widget_class, is_missing);
    gtk_widget_class_bind_template_callback (widget_class, is_connected);
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_callback (widget_class, has_user);
    gtk_widget_class_bind_template_callback (widget_class, remarks_text);
    gtk_widget_class_bind_template_callback (widget_class, secret_title);
    gtk_widget_class_bind_template_callback (widget_class, can_connect);
    gtk_widget_class_bind_template_callback (widget_class, product_text);
    gtk_widget_class_bind_template_callback (widget_class, mta_text);
    gtk_widget_class_bind_template_callback (widget_class, is_configured);
    gtk_widget_class_bind_template_callback (widget_class, kind_to_position);
    gtk_widget_class_bind_template_callback (widget_class, on_type_selected_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_address_settled_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_connect_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_recent_chosen_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_forget_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_plan_only_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_ksmg_cb);
}

static void
postern_gateway_page_class_init (PosternGatewayPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    PosternPageClass *page_class = POSTERN_PAGE_CLASS (klass);

    object_class->constructed = postern_gateway_page_constructed;
    object_class->dispose = postern_gateway_page_dispose;
    page_class->activate = postern_gateway_page_activate;
    page_class->deactivate = postern_gateway_page_deactivate;
    page_class->proceed = postern_gateway_page_proceed;
    page_class->retry = postern_gateway_page_retry;

    g_type_ensure (POSTERN_TYPE_CONNECTOR);
    g_type_ensure (POSTERN_TYPE_FEEDBACK_ROW);
    g_type_ensure (POSTERN_TYPE_GATEWAY_INFO);
    g_type_ensure (POSTERN_TYPE_RECENT_GATEWAYS);
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
postern_gateway_page_init (PosternGatewayPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
