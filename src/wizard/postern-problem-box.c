/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-problem-box.h"

#include "wizard/postern-announce.h"
#include "wizard/postern-closures.h"
#include "wizard/postern-ui.h"

struct _PosternProblemBox {
    AdwBin parent_instance;

    char *message;
    char *retry_label;

    GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (PosternProblemBox, postern_problem_box, ADW_TYPE_BIN)

typedef enum {
    PROP_MESSAGE = 1,
    PROP_RETRY_LABEL,
} PosternProblemBoxProperty;

static GParamSpec *properties[PROP_RETRY_LABEL + 1];

enum { RETRY, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
on_clicked_cb (PosternProblemBox *self)
{
    g_signal_emit (self, signals[RETRY], 0);
}

static void
set_message (PosternProblemBox *self, const char *message)
{
    if (!g_set_str (&self->message, message))
        return;
    if (message != NULL && *message != '\0')
        postern_announce (self, message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

static void
postern_problem_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternProblemBox *self = POSTERN_PROBLEM_BOX (object);

    switch ((PosternProblemBoxProperty)id) {
    case PROP_MESSAGE:
        g_value_set_string (value, self->message);
        break;
    case PROP_RETRY_LABEL:
        g_value_set_string (value, self->retry_label);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_problem_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternProblemBox *self = POSTERN_PROBLEM_BOX (object);

    switch ((PosternProblemBoxProperty)id) {
    case PROP_MESSAGE:
        set_message (self, g_value_get_string (value));
        break;
    case PROP_RETRY_LABEL:
        if (g_set_str (&self->retry_label, g_value_get_string (value)))
            g_object_notify_by_pspec (object, pspec);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_problem_box_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_PROBLEM_BOX);
    G_OBJECT_CLASS (postern_problem_box_parent_class)->dispose (object);
}

static void
postern_problem_box_finalize (GObject *object)
{
    g_free (POSTERN_PROBLEM_BOX (object)->message);
    g_free (POSTERN_PROBLEM_BOX (object)->retry_label);
    G_OBJECT_CLASS (postern_problem_box_parent_class)->finalize (object);
}

static void
postern_problem_box_class_init (PosternProblemBoxClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

    object_class->get_property = postern_problem_box_get_property;
    object_class->set_property = postern_problem_box_set_property;
    object_class->dispose = postern_problem_box_dispose;
    object_class->finalize = postern_problem_box_finalize;

    properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
    properties[PROP_RETRY_LABEL] = g_param_spec_string ("retry-label", NULL, NULL, NULL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
    signals[RETRY] =
        g_signal_new ("retry", POSTERN_TYPE_PROBLEM_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-problem-box.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternProblemBox, label);
    gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
    postern_closures_bind (widget_class);
    gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

/* A fingerprint or a host name that is broken at the end of a line must not gain a hyphen. */
static void
keep_words_whole (GtkLabel *label)
{
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

    pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
    gtk_label_set_attributes (label, attributes);
}

static void
postern_problem_box_init (PosternProblemBox *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    keep_words_whole (self->label);
}
