/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-feedback-row.h"

#include "wizard/postern-announce.h"
#include "wizard/postern-ui.h"

struct _PosternFeedbackRow {
    AdwPreferencesRow parent_instance; /* another row would not stand in the list of a preferences group */

    GtkLabel *label;
    GtkWidget *entry;
    char *message;
};

G_DEFINE_FINAL_TYPE (PosternFeedbackRow, postern_feedback_row, ADW_TYPE_PREFERENCES_ROW)

typedef enum {
    PROP_ENTRY = 1,
    PROP_MESSAGE,
} PosternFeedbackRowProperty;

static GParamSpec *properties[PROP_MESSAGE + 1];

/* What a screen reader takes for the entry: inside an AdwEntryRow it is a GtkText. */
static GtkAccessible *
find_accessible (PosternFeedbackRow *self)
{
    GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));

    return delegate != NULL ? GTK_ACCESSIBLE (delegate) : GTK_ACCESSIBLE (self->entry);
}

static void
mark_entry (PosternFeedbackRow *self)
{
    GtkAccessible *accessible;

    if (self->entry == NULL)
        return;
    accessible = find_accessible (self);
    if (self->message != NULL) {
        gtk_widget_add_css_class (self->entry, "error");
        gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
        gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->label, NULL, -1);
    } else {
        gtk_widget_remove_css_class (self->entry, "error");
        gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE, -1);
        gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
    }
}

static void
set_entry (PosternFeedbackRow *self, GtkWidget *entry)
{
    if (!g_set_weak_pointer (&self->entry, entry))
        return;
    mark_entry (self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRY]);
}

static void
postern_feedback_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternFeedbackRow *self = POSTERN_FEEDBACK_ROW (object);

    switch ((PosternFeedbackRowProperty)id) {
    case PROP_ENTRY:
        g_value_set_object (value, self->entry);
        break;
    case PROP_MESSAGE:
        g_value_set_string (value, self->message);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_feedback_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternFeedbackRow *self = POSTERN_FEEDBACK_ROW (object);

    switch ((PosternFeedbackRowProperty)id) {
    case PROP_ENTRY:
        set_entry (self, g_value_get_object (value));
        break;
    case PROP_MESSAGE:
        postern_feedback_row_set_message (self, g_value_get_string (value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_feedback_row_dispose (GObject *object)
{
    PosternFeedbackRow *self = POSTERN_FEEDBACK_ROW (object);

    g_clear_weak_pointer (&self->entry);
    G_OBJECT_CLASS (postern_feedback_row_parent_class)->dispose (object);
}

static void
postern_feedback_row_finalize (GObject *object)
{
    g_free (POSTERN_FEEDBACK_ROW (object)->message);
    G_OBJECT_CLASS (postern_feedback_row_parent_class)->finalize (object);
}

static void
postern_feedback_row_class_init (PosternFeedbackRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_feedback_row_get_property;
    object_class->set_property = postern_feedback_row_set_property;
    object_class->dispose = postern_feedback_row_dispose;
    object_class->finalize = postern_feedback_row_finalize;

    properties[PROP_ENTRY] = g_param_spec_object ("entry", NULL, NULL, GTK_TYPE_WIDGET, flags);
    properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
    gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), POSTERN_UI_PATH "postern-feedback-row.ui");
    gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), PosternFeedbackRow, label);
}

static void
postern_feedback_row_init (PosternFeedbackRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
postern_feedback_row_new (void)
{
    return g_object_new (POSTERN_TYPE_FEEDBACK_ROW, NULL);
}

const char *
postern_feedback_row_get_message (PosternFeedbackRow *self)
{
    g_return_val_if_fail (POSTERN_IS_FEEDBACK_ROW (self), NULL);
    return self->message;
}

void
postern_feedback_row_set_message (PosternFeedbackRow *self, const char *message)
{
    g_return_if_fail (POSTERN_IS_FEEDBACK_ROW (self));

    if (message != NULL && *message == '\0')
        message = NULL;
    if (!g_set_str (&self->message, message))
        return;
    gtk_label_set_label (self->label, message != NULL ? message : "");
    gtk_widget_set_visible (GTK_WIDGET (self), message != NULL);
    mark_entry (self);
    if (message != NULL)
        postern_announce (self, message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}
