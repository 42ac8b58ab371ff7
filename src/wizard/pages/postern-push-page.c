/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-push-page.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-closures.h"
#include "wizard/postern-push-row.h"
#include "wizard/postern-push-runner.h"
#include "wizard/postern-text-dialog.h"
#include "wizard/postern-ui.h"

struct _PosternPushPage {
    PosternPage parent_instance;

    PosternPushRunner *runner;
    gboolean begun;

    GtkListBox *steps_list;
    AdwAlertDialog *stop_dialog; /* while it is shown */
};

G_DEFINE_FINAL_TYPE (PosternPushPage, postern_push_page, POSTERN_TYPE_PAGE)

typedef enum {
    PROP_RUNNER = 1,
} PosternPushPageProperty;

static GParamSpec *properties[PROP_RUNNER + 1];

static gboolean
has_failed (PosternPushPage *self, gboolean running, PosternPushOutcome outcome)
{
    return !running && outcome != POSTERN_PUSH_OUTCOME_NONE && outcome != POSTERN_PUSH_OUTCOME_DONE;
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

/* After a conflict the person has to see the changes again: trying again would replace what nobody has looked at. */
static void
show_end (PosternPushPage *self)
{
    PosternPage *page = POSTERN_PAGE (self);
    PosternPushOutcome outcome = postern_push_runner_get_outcome (self->runner);

    g_object_set (self, "heading", heading_of (outcome), "consequence", NULL, NULL);
    postern_page_set_primary_label (page, outcome == POSTERN_PUSH_OUTCOME_CONFLICT ? C_ ("button", "_Back to Review")
                                                                                   : C_ ("button", "_Try Again"));
    gtk_accessible_announce (GTK_ACCESSIBLE (self), heading_of (outcome), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
    if (postern_push_runner_get_what_happened (self->runner) != NULL)
        gtk_accessible_announce (GTK_ACCESSIBLE (self), postern_push_runner_get_what_happened (self->runner),
                                 GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
    gtk_widget_grab_focus (postern_page_get_primary_button (page));
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
    if (postern_push_runner_get_outcome (self->runner) != POSTERN_PUSH_OUTCOME_DONE) {
        show_end (self);
        return;
    }
    postern_session_set_pushed (postern_page_get_session (page), postern_push_runner_get_what_happened (self->runner),
                                postern_push_runner_get_changes (self->runner));
    postern_page_finish (page);
}

static void
begin (PosternPushPage *self)
{
    g_object_set (self, "heading", heading_of (POSTERN_PUSH_OUTCOME_NONE), "consequence",
                  _ ("The gateway tries the new configuration, proves it, and keeps the old one if that fails."), NULL);
    postern_page_set_primary_label (POSTERN_PAGE (self), C_ ("button", "_Next"));
    postern_push_runner_start (self->runner);
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

static void
postern_push_page_activate (PosternPage *page)
{
    PosternPushPage *self = POSTERN_PUSH_PAGE (page);

    if (!self->begun && postern_session_get_gateway (postern_page_get_session (page)) != NULL) {
        self->begun = TRUE;
        begin (self);
    }
}

static void
postern_push_page_proceed (PosternPage *page)
{
    PosternPushPage *self = POSTERN_PUSH_PAGE (page);

    if (postern_push_runner_get_outcome (self->runner) == POSTERN_PUSH_OUTCOME_CONFLICT)
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
    g_signal_connect_object (self->runner, "notify::running", G_CALLBACK (on_running_changed_cb), self,
                             G_CONNECT_SWAPPED);
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
    G_OBJECT_CLASS (postern_push_page_parent_class)->dispose (object);
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
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-push-page.ui");
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_child (widget_class, PosternPushPage, steps_list);
    gtk_widget_class_bind_template_callback (widget_class, has_failed);
    gtk_widget_class_bind_template_callback (widget_class, on_stop_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_show_details_cb);
}

static void
postern_push_page_init (PosternPushPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
