/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-help-button.h"

#include "wizard/postern-closures.h"
#include "wizard/postern-ui.h"

/* By this many pixels the text is narrower than the window: for the frame of the popover. */
#define WINDOW_MARGIN 48

struct _PosternHelpButton {
    AdwBin parent_instance;

    char *text;

    GtkMenuButton *button;
    AdwClamp *clamp; /* around the text; NULL until that is asked for */
};

G_DEFINE_FINAL_TYPE (PosternHelpButton, postern_help_button, ADW_TYPE_BIN)

typedef enum {
    PROP_TEXT = 1,
} PosternHelpButtonProperty;

static GParamSpec *properties[PROP_TEXT + 1];

static GtkWidget *
make_label (void)
{
    /* clang-format off */
    return g_object_new (GTK_TYPE_LABEL,
                         "wrap", TRUE,
                         "xalign", 0.0,
                         "width-chars", 12,
                         "max-width-chars", 44,
                         "margin-top", 12,
                         "margin-bottom", 12,
                         "margin-start", 12,
                         "margin-end", 12,
                         NULL);
    /* clang-format on */
}

static GtkWidget *
make_popover (PosternHelpButton *self)
{
    GtkWidget *label = make_label (), *scroller, *popover;

    g_object_bind_property (self, "text", label, "label", G_BINDING_SYNC_CREATE);
    self->clamp = g_object_new (ADW_TYPE_CLAMP, "unit", ADW_LENGTH_UNIT_PX, "child", label, NULL);
    scroller =
        g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                      "propagate-natural-width", TRUE, "max-content-height", 420, "child", self->clamp, NULL);
    popover = g_object_new (GTK_TYPE_POPOVER, "child", scroller, NULL);
    gtk_accessible_update_relation (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
    return popover;
}

/* Only when it is asked for: each page has one, and most are never opened. On a small screen there is no more room than
 * the window has. */
static void
prepare_popover_cb (GtkMenuButton *button, gpointer user_data)
{
    PosternHelpButton *self = POSTERN_HELP_BUTTON (user_data);
    const int room = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (button)))) - WINDOW_MARGIN;

    if (gtk_menu_button_get_popover (button) == NULL)
        gtk_menu_button_set_popover (button, make_popover (self));
    adw_clamp_set_maximum_size (self->clamp, MAX (room, 0));
    adw_clamp_set_tightening_threshold (self->clamp, MAX (room, 0));
}

static void
postern_help_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_TEXT)
        g_value_set_string (value, POSTERN_HELP_BUTTON (object)->text);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_help_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id != PROP_TEXT)
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    else if (g_set_str (&POSTERN_HELP_BUTTON (object)->text, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
}

static void
postern_help_button_dispose (GObject *object)
{
    /* The bin must not look for a child that the template has taken away. */
    adw_bin_set_child (ADW_BIN (object), NULL);
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_HELP_BUTTON);
    G_OBJECT_CLASS (postern_help_button_parent_class)->dispose (object);
}

static void
postern_help_button_finalize (GObject *object)
{
    g_free (POSTERN_HELP_BUTTON (object)->text);
    G_OBJECT_CLASS (postern_help_button_parent_class)->finalize (object);
}

static void
postern_help_button_class_init (PosternHelpButtonClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_help_button_get_property;
    object_class->set_property = postern_help_button_set_property;
    object_class->dispose = postern_help_button_dispose;
    object_class->finalize = postern_help_button_finalize;
    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-help-button.ui");
    postern_closures_bind (widget_class);
    gtk_widget_class_bind_template_child (widget_class, PosternHelpButton, button);
}

static void
postern_help_button_init (PosternHelpButton *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    gtk_menu_button_set_create_popup_func (self->button, prepare_popover_cb, self, NULL);
}

void
postern_help_button_open (PosternHelpButton *self)
{
    g_return_if_fail (POSTERN_IS_HELP_BUTTON (self));
    if (gtk_widget_get_visible (GTK_WIDGET (self)))
        gtk_menu_button_popup (self->button);
}
