/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-message-trial.h"

#include <glib/gi18n-lib.h>
#include "plan/postern-verdict.h"
#include "wizard/postern-announce.h"
#include "wizard/postern-ui.h"

/* How long a text rests before it is judged, in milliseconds. */
#define PAUSE 400

struct _PosternMessageTrial {
    AdwPreferencesGroup parent_instance;

    PosternPlan *plan;
    PosternMailFlow *picture;
    guint pause_id;

    GtkEditable *client_row;
    GtkEditable *recipient_row;
    AdwActionRow *answer_row;
    GtkImage *answer_icon;
};

G_DEFINE_FINAL_TYPE (PosternMessageTrial, postern_message_trial, ADW_TYPE_PREFERENCES_GROUP)

typedef enum {
    PROP_PLAN = 1,
    PROP_PICTURE,
} PosternMessageTrialProperty;

static GParamSpec *properties[PROP_PICTURE + 1];

static void
show_answer (PosternMessageTrial *self, const char *text, const char *icon_name, const char *css_class)
{
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->answer_row), text);
    gtk_image_set_from_icon_name (self->answer_icon, icon_name);
    gtk_widget_set_css_classes (GTK_WIDGET (self->answer_icon), (const char *[]){ css_class, NULL });
    gtk_widget_set_visible (GTK_WIDGET (self->answer_row), TRUE);
    postern_announce (self, text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_verdict (PosternMessageTrial *self, const PosternVerdict *verdict, const char *recipient)
{
    g_autofree char *sentence = postern_verdict_to_sentence (verdict, recipient);

    if (verdict->loops)
        show_answer (self, sentence, "dialog-warning-symbolic", "warning");
    else if (verdict->outcome == POSTERN_VERDICT_REFUSED)
        show_answer (self, sentence, "window-close-symbolic", "error");
    else
        show_answer (self, sentence, "object-select-symbolic", "success");
    if (self->picture != NULL)
        postern_mail_flow_light_up (self->picture, verdict);
}

static void
hide_answer (PosternMessageTrial *self)
{
    gtk_widget_set_visible (GTK_WIDGET (self->answer_row), FALSE);
    if (self->picture != NULL)
        postern_mail_flow_light_up (self->picture, NULL);
}

static void
judge (PosternMessageTrial *self)
{
    g_autofree char *client = g_strstrip (g_strdup (gtk_editable_get_text (self->client_row)));
    g_autofree char *recipient = g_strstrip (g_strdup (gtk_editable_get_text (self->recipient_row)));
    g_autoptr (GError) error = NULL;
    PosternVerdict verdict;

    if (self->plan == NULL || *client == '\0' || *recipient == '\0')
        hide_answer (self);
    else if (postern_plan_judge_text (self->plan, client, recipient, &verdict, &error))
        show_verdict (self, &verdict, recipient);
    else {
        hide_answer (self);
        show_answer (self, error->message, "dialog-question-symbolic", "dimmed");
    }
}

static gboolean
on_pause_cb (gpointer user_data)
{
    PosternMessageTrial *self = user_data;

    self->pause_id = 0;
    judge (self);
    return G_SOURCE_REMOVE;
}

static void
on_changed_cb (PosternMessageTrial *self)
{
    g_clear_handle_id (&self->pause_id, g_source_remove);
    self->pause_id = g_timeout_add (PAUSE, on_pause_cb, self);
}

static void
on_settled_cb (PosternMessageTrial *self)
{
    if (self->pause_id == 0)
        return;
    g_clear_handle_id (&self->pause_id, g_source_remove);
    judge (self);
}

static void
set_plan (PosternMessageTrial *self, PosternPlan *plan)
{
    if (self->plan == plan)
        return;
    if (self->plan != NULL)
        g_signal_handlers_disconnect_by_func (self->plan, on_changed_cb, self);
    g_set_object (&self->plan, plan);
    if (plan != NULL)
        g_signal_connect_object (plan, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAN]);
}

static void
postern_message_trial_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternMessageTrial *self = POSTERN_MESSAGE_TRIAL (object);

    switch ((PosternMessageTrialProperty)id) {
    case PROP_PLAN:
        g_value_set_object (value, self->plan);
        break;
    case PROP_PICTURE:
        g_value_set_object (value, self->picture);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_message_trial_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternMessageTrial *self = POSTERN_MESSAGE_TRIAL (object);

    switch ((PosternMessageTrialProperty)id) {
    case PROP_PLAN:
        set_plan (self, g_value_get_object (value));
        break;
    case PROP_PICTURE:
        g_set_weak_pointer (&self->picture, g_value_get_object (value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_message_trial_dispose (GObject *object)
{
    PosternMessageTrial *self = POSTERN_MESSAGE_TRIAL (object);

    g_clear_handle_id (&self->pause_id, g_source_remove);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_MESSAGE_TRIAL);
    g_clear_weak_pointer (&self->picture);
    g_clear_object (&self->plan);
    G_OBJECT_CLASS (postern_message_trial_parent_class)->dispose (object);
}

static void
postern_message_trial_class_init (PosternMessageTrialClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_message_trial_get_property;
    object_class->set_property = postern_message_trial_set_property;
    object_class->dispose = postern_message_trial_dispose;

    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    properties[PROP_PICTURE] =
        g_param_spec_object ("picture", NULL, NULL, POSTERN_TYPE_MAIL_FLOW, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-message-trial.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternMessageTrial, client_row);
    gtk_widget_class_bind_template_child (widget_class, PosternMessageTrial, recipient_row);
    gtk_widget_class_bind_template_child (widget_class, PosternMessageTrial, answer_row);
    gtk_widget_class_bind_template_child (widget_class, PosternMessageTrial, answer_icon);
    gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_settled_cb);
}

static void
postern_message_trial_init (PosternMessageTrial *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
