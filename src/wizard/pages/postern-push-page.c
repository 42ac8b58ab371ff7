/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-push-page.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-announce.h"
#include "wizard/postern-change-expander.h"
#include "wizard/postern-change-group.h"
#include "wizard/postern-closures.h"
#include "wizard/postern-connection.h"
#include "wizard/postern-interrupted-group.h"
#include "wizard/postern-keyring.h"
#include "wizard/postern-push-row.h"
#include "wizard/postern-push-runner.h"
#include "wizard/postern-text-dialog.h"
#include "wizard/postern-ui.h"

struct _PosternPushPage {
    PosternPage parent_instance;

    PosternPushRunner *runner;
    gboolean begun;
    gboolean resumed; /* whether it is about a push that was interrupted */

    GtkListBox *steps_list;
    GtkListBox *theirs_list;
    PosternInterruptedGroup *interrupted_group;
    GtkEditable *user_row;
    GtkEditable *secret_row;
    GListStore *theirs;
    AdwAlertDialog *stop_dialog; /* while it is shown */
};

G_DEFINE_FINAL_TYPE (PosternPushPage, postern_push_page, POSTERN_TYPE_PAGE)

typedef enum {
    PROP_RUNNER = 1,
} PosternPushPageProperty;

static GParamSpec *properties[PROP_RUNNER + 1];

static gboolean
has_failed (PosternPushPage *self, gboolean running, PosternPushOutcome outcome, gboolean interrupted)
{
    return !running && (interrupted || (outcome != POSTERN_PUSH_OUTCOME_NONE && outcome != POSTERN_PUSH_OUTCOME_DONE));
}

static gboolean
has_steps (PosternPushPage *self, gboolean running, PosternPushOutcome outcome)
{
    return running || outcome != POSTERN_PUSH_OUTCOME_NONE;
}

static gboolean
has_details (PosternPushPage *self, PosternPushOutcome outcome)
{
    return outcome != POSTERN_PUSH_OUTCOME_NONE;
}

/* What there is to do about a push that was interrupted. */
static gboolean
has_answers (PosternPushPage *self, gboolean running, gboolean interrupted)
{
    return interrupted && !running;
}

/* One that cannot be read can only be given up. */
static gboolean
is_readable (PosternPushPage *self, gboolean running, gboolean interrupted)
{
    return interrupted && !running && postern_push_runner_get_journal (self->runner) != NULL;
}

static gboolean
wants_secret (PosternPushPage *self, gboolean running, gboolean interrupted, PosternGateway *gateway)
{
    return is_readable (self, running, interrupted) && gateway == NULL;
}

static gboolean
wants_user (PosternPushPage *self, gboolean running, gboolean interrupted, PosternGateway *gateway,
            PosternGatewayAddress *address)
{
    return wants_secret (self, running, interrupted, gateway) && address != NULL &&
           postern_gateway_address_get_kind (address) == POSTERN_GATEWAY_KIND_PMG;
}

static char *
secret_title (PosternPushPage *self, PosternGatewayAddress *address)
{
    gboolean is_password = address != NULL && postern_gateway_address_get_kind (address) == POSTERN_GATEWAY_KIND_PMG;

    return g_strdup (is_password ? C_ ("entry", "Password") : C_ ("entry", "Access Token"));
}

static const char *
heading_of (PosternPushOutcome outcome)
{
    switch (outcome) {
    case POSTERN_PUSH_OUTCOME_DONE:
        return _ ("The gateway is set up");
    case POSTERN_PUSH_OUTCOME_UNTOUCHED:
        return _ ("The gateway was not changed");
    case POSTERN_PUSH_OUTCOME_CONFLICT:
        return _ ("Someone else has changed the gateway");
    case POSTERN_PUSH_OUTCOME_UNDONE:
        return _ ("The gateway has what it had before");
    case POSTERN_PUSH_OUTCOME_STUCK:
        return _ ("The gateway needs attention");
    case POSTERN_PUSH_OUTCOME_NONE:
    default:
        return _ ("Setting up the gateway");
    }
}

/* Of a push that was interrupted, “not changed” would be said of the wrong moment. */
static const char *
get_end_heading (PosternPushPage *self)
{
    PosternPushOutcome outcome = postern_push_runner_get_outcome (self->runner);

    return self->resumed && outcome == POSTERN_PUSH_OUTCOME_UNTOUCHED ? _ ("The interrupted push was not taken up")
                                                                      : heading_of (outcome);
}

static void
show_theirs (PosternPushPage *self)
{
    GPtrArray *changes = postern_push_runner_get_their_changes (self->runner);
    g_autoptr (GPtrArray) groups = changes == NULL ? NULL : postern_change_group_split (changes);

    g_list_store_splice (self->theirs, 0, g_list_model_get_n_items (G_LIST_MODEL (self->theirs)),
                         groups == NULL ? NULL : groups->pdata, groups == NULL ? 0 : groups->len);
}

/* After a conflict the person has to see the changes again: trying again would replace what nobody has looked at. */
static const char *
get_primary_label (PosternPushPage *self)
{
    PosternPushOutcome outcome = postern_push_runner_get_outcome (self->runner);

    if (postern_push_runner_get_journal (self->runner) != NULL)
        return C_ ("button", "_Finish");
    if (postern_push_runner_get_interrupted (self->runner) || self->resumed)
        return C_ ("button", "_Back");
    return outcome == POSTERN_PUSH_OUTCOME_CONFLICT ? C_ ("button", "_Back to Review") : C_ ("button", "_Try Again");
}

static void
show_end (PosternPushPage *self)
{
    PosternPage *page = POSTERN_PAGE (self);
    const char *heading = get_end_heading (self);

    g_object_set (self, "heading", heading, "consequence", NULL, NULL);
    show_theirs (self);
    postern_interrupted_group_show (self->interrupted_group, postern_push_runner_get_journal (self->runner));
    postern_page_set_primary_label (page, get_primary_label (self));
    postern_announce (self, heading, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
    if (postern_push_runner_get_what_happened (self->runner) != NULL)
        postern_announce (self, postern_push_runner_get_what_happened (self->runner),
                          GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
    gtk_widget_grab_focus (postern_page_get_primary_button (page));
}

/* Whether what was carried out is this session's plan, and not that of a push that stood in its way. */
static gboolean
is_our_plan (PosternPushPage *self)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    PosternPlan *configuration = postern_session_get_configuration (session);
    g_autoptr (PosternPlan) wanted = NULL;

    if (!self->resumed)
        return TRUE;
    if (configuration == NULL || postern_session_get_gateway (session) == NULL)
        return FALSE;
    wanted = postern_gateway_express (postern_session_get_gateway (session), postern_session_get_plan (session));
    return postern_plan_equal (configuration, wanted);
}

static void
on_running_changed_cb (PosternPushPage *self)
{
    PosternPage *page = POSTERN_PAGE (self);
    gboolean running = postern_push_runner_get_running (self->runner);

    postern_page_set_busy (page, running);
    adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), !running);
    if (running)
        return;
    if (self->stop_dialog != NULL)
        adw_dialog_force_close (ADW_DIALOG (self->stop_dialog));
    if (postern_push_runner_get_outcome (self->runner) != POSTERN_PUSH_OUTCOME_DONE || !is_our_plan (self)) {
        show_end (self);
        return;
    }
    postern_session_set_pushed (postern_page_get_session (page), postern_push_runner_get_what_happened (self->runner),
                                postern_push_runner_get_changes (self->runner));
    postern_page_finish (page);
}

/* A push was cut off earlier: what was to be done, when, and what can be done about it. */
static void
show_interrupted (PosternPushPage *self)
{
    PosternPage *page = POSTERN_PAGE (self);
    PosternSession *session = postern_page_get_session (page);
    PosternJournal *journal = postern_push_runner_get_journal (self->runner);
    g_autofree char *place = postern_gateway_address_to_display (postern_session_get_address (session));
    /* Translators: %s is a host. */
    g_autofree char *heading = g_strdup_printf (_ ("A push to %s was interrupted"), place);
    g_autofree char *text = NULL;

    if (journal != NULL) {
        g_autoptr (GDateTime) begun = g_date_time_to_local (postern_journal_get_begun (journal));
        g_autofree char *when = g_date_time_format (begun, "%c");

        /* Translators: %s is a date and time. */
        text = g_strdup_printf (
            _ ("It was begun on %s. It has to be dealt with before the gateway is told anything else."), when);
        if (postern_journal_get_user (journal) != NULL)
            gtk_editable_set_text (self->user_row, postern_journal_get_user (journal));
    }
    g_object_set (self, "heading", heading, "consequence", text, NULL);
    postern_interrupted_group_show (self->interrupted_group, journal);
    postern_page_set_primary_label (page, get_primary_label (self));
    postern_announce (self, heading, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
    if (postern_session_get_gateway (session) == NULL && journal != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (self->secret_row));
    else
        gtk_widget_grab_focus (postern_page_get_primary_button (page));
}

static void
begin (PosternPushPage *self)
{
    g_object_set (self, "heading", heading_of (POSTERN_PUSH_OUTCOME_NONE), "consequence",
                  _ ("The gateway tries the new configuration, proves it, and keeps the old one if that fails."), NULL);
    postern_page_set_primary_label (POSTERN_PAGE (self), C_ ("button", "_Next"));
    postern_push_runner_start (self->runner);
}

/* What was typed here, where the session is not connected. */
static PosternGateway *
make_gateway (PosternPushPage *self, GError **error)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));

    if (postern_session_get_gateway (session) != NULL)
        return g_object_ref (postern_session_get_gateway (session));
    return postern_connection_make_gateway (postern_session_get_address (session), postern_session_get_pin (session),
                                            gtk_editable_get_text (self->user_row),
                                            gtk_editable_get_text (self->secret_row), error);
}

static void
resume (PosternPushPage *self, gboolean undo)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = make_gateway (self, &error);

    if (gateway == NULL) {
        postern_page_set_error (POSTERN_PAGE (self), error->message, NULL);
        return;
    }
    postern_page_set_error (POSTERN_PAGE (self), NULL, NULL);
    self->resumed = TRUE;
    g_object_set (self, "heading", undo ? _ ("Undoing the interrupted push") : _ ("Finishing the interrupted push"),
                  "consequence", NULL, NULL);
    postern_push_runner_resume (self->runner, gateway, undo);
}

static void
on_undo_cb (PosternPushPage *self)
{
    resume (self, TRUE);
}

static void
on_give_up_cb (PosternPushPage *self)
{
    g_autoptr (GError) error = NULL;

    if (postern_push_runner_give_up (self->runner, &error))
        gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
    else
        postern_page_set_error (POSTERN_PAGE (self), error->message, NULL);
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternPushPage) self = user_data;
    g_autofree char *user = NULL;
    char *secret = postern_keyring_lookup_finish (result, &user, NULL);

    if (secret != NULL && self->runner != NULL && *gtk_editable_get_text (self->secret_row) == '\0') {
        gtk_editable_set_text (self->secret_row, secret);
        if (user != NULL)
            gtk_editable_set_text (self->user_row, user);
    }
    postern_keyring_free_secret (secret);
}

/* The way is free, or an earlier push is in it. */
static void
on_looked_cb (PosternPushPage *self)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));

    postern_page_set_busy (POSTERN_PAGE (self), FALSE);
    if (!postern_push_runner_get_interrupted (self->runner)) {
        if (postern_session_get_gateway (session) != NULL)
            begin (self);
        return;
    }
    show_interrupted (self);
    if (postern_session_get_gateway (session) == NULL)
        postern_keyring_lookup_async (postern_session_get_address (session),
                                      postern_page_get_cancellable (POSTERN_PAGE (self)), on_looked_up_cb,
                                      g_object_ref (self));
}

static void
on_stop_answered_cb (PosternPushPage *self, const char *response)
{
    self->stop_dialog = NULL;
    if (g_str_equal (response, "undo") || g_str_equal (response, "keep"))
        postern_push_runner_stop (self->runner, g_str_equal (response, "undo"));
}

static void
on_stop_cb (PosternPushPage *self)
{
    AdwDialog *dialog;

    if (self->stop_dialog != NULL || !postern_push_runner_get_running (self->runner))
        return;
    dialog = adw_alert_dialog_new (C_ ("title", "Stop Setting Up the Gateway?"),
                                   _ ("What the gateway is doing at this moment is finished first."));
    adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "undo", C_ ("button", "_Undo Changes"), "keep",
                                    C_ ("button", "_Keep What Is Done"), "continue", C_ ("button", "_Continue"), NULL);
    adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "undo", ADW_RESPONSE_DESTRUCTIVE);
    adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "continue");
    adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "continue");
    g_signal_connect_object (dialog, "response", G_CALLBACK (on_stop_answered_cb), self, G_CONNECT_SWAPPED);
    self->stop_dialog = ADW_ALERT_DIALOG (dialog);
    adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_show_details_cb (PosternPushPage *self)
{
    g_autofree char *text = postern_push_runner_to_text (self->runner);

    adw_dialog_present (postern_text_dialog_new (C_ ("title", "Details"), text), GTK_WIDGET (self));
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
    return postern_push_row_new (item);
}

static GtkWidget *
make_their_row (gpointer item, gpointer user_data)
{
    return postern_change_expander_new (item);
}

static void
postern_push_page_activate (PosternPage *page)
{
    PosternPushPage *self = POSTERN_PUSH_PAGE (page);
    PosternSession *session = postern_page_get_session (page);
    PosternGatewayAddress *address = postern_session_get_address (session);

    if (self->begun || address == NULL)
        return;
    self->begun = TRUE;
    if (postern_journal_is_interrupted (address)) {
        postern_page_set_busy (page, TRUE);
        postern_push_runner_look (self->runner);
    } else if (postern_session_get_gateway (session) != NULL) {
        begin (self);
    }
}

static void
postern_push_page_proceed (PosternPage *page)
{
    PosternPushPage *self = POSTERN_PUSH_PAGE (page);

    if (postern_push_runner_get_journal (self->runner) != NULL)
        resume (self, FALSE);
    else if (self->resumed || postern_push_runner_get_interrupted (self->runner) ||
             postern_push_runner_get_outcome (self->runner) == POSTERN_PUSH_OUTCOME_CONFLICT)
        gtk_widget_activate_action (GTK_WIDGET (page), "navigation.pop", NULL);
    else
        begin (self);
}

/* Closing the window is a way to stop, and is asked about as that. */
static gboolean
postern_push_page_may_leave (PosternPage *page)
{
    PosternPushPage *self = POSTERN_PUSH_PAGE (page);

    if (!postern_push_runner_get_running (self->runner))
        return TRUE;
    on_stop_cb (self);
    return FALSE;
}

static void
postern_push_page_constructed (GObject *object)
{
    PosternPushPage *self = POSTERN_PUSH_PAGE (object);

    G_OBJECT_CLASS (postern_push_page_parent_class)->constructed (object);
    self->runner = postern_push_runner_new (postern_page_get_session (POSTERN_PAGE (self)));
    g_object_notify_by_pspec (object, properties[PROP_RUNNER]);
    gtk_list_box_bind_model (self->steps_list, G_LIST_MODEL (self->runner), make_row, NULL, NULL);
    gtk_list_box_bind_model (self->theirs_list, G_LIST_MODEL (self->theirs), make_their_row, NULL, NULL);
    g_signal_connect_object (self->runner, "notify::running", G_CALLBACK (on_running_changed_cb), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->runner, "looked", G_CALLBACK (on_looked_cb), self, G_CONNECT_SWAPPED);
}

static void
postern_push_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_RUNNER)
        g_value_set_object (value, POSTERN_PUSH_PAGE (object)->runner);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_push_page_dispose (GObject *object)
{
    PosternPushPage *self = POSTERN_PUSH_PAGE (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_PUSH_PAGE);
    g_clear_object (&self->runner);
    g_clear_object (&self->theirs);
    G_OBJECT_CLASS (postern_push_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (POSTERN_TYPE_CHANGE_GROUP);
    g_type_ensure (POSTERN_TYPE_INTERRUPTED_GROUP);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-push-page.ui");
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_child (widget_class, PosternPushPage, steps_list);
    gtk_widget_class_bind_template_child (widget_class, PosternPushPage, theirs_list);
    gtk_widget_class_bind_template_child (widget_class, PosternPushPage, interrupted_group);
    gtk_widget_class_bind_template_child (widget_class, PosternPushPage, theirs);
    gtk_widget_class_bind_template_child (widget_class, PosternPushPage, user_row);
    gtk_widget_class_bind_template_child (widget_class, PosternPushPage, secret_row);
    gtk_widget_class_bind_template_callback (widget_class, has_failed);
    gtk_widget_class_bind_template_callback (widget_class, has_details);
    gtk_widget_class_bind_template_callback (widget_class, has_steps);
    gtk_widget_class_bind_template_callback (widget_class, has_answers);
    gtk_widget_class_bind_template_callback (widget_class, is_readable);
    gtk_widget_class_bind_template_callback (widget_class, wants_secret);
    gtk_widget_class_bind_template_callback (widget_class, wants_user);
    gtk_widget_class_bind_template_callback (widget_class, secret_title);
    gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_undo_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_give_up_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_show_details_cb);
}

static void
postern_push_page_class_init (PosternPushPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    PosternPageClass *page_class = POSTERN_PAGE_CLASS (klass);

    object_class->get_property = postern_push_page_get_property;
    object_class->constructed = postern_push_page_constructed;
    object_class->dispose = postern_push_page_dispose;
    page_class->activate = postern_push_page_activate;
    page_class->proceed = postern_push_page_proceed;
    page_class->may_leave = postern_push_page_may_leave;
    properties[PROP_RUNNER] =
        g_param_spec_object ("runner", NULL, NULL, POSTERN_TYPE_PUSH_RUNNER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    g_type_ensure (POSTERN_TYPE_PUSH_RUNNER);
    bind_template (widget_class);
}

static void
postern_push_page_init (PosternPushPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    g_object_ref (self->theirs);
}
