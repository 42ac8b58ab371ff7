/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-help-popover.h"

#include "wizard/postern-ui.h"

struct _PosternHelpPopover {
    GtkPopover parent_instance;

    char *text;
};

G_DEFINE_FINAL_TYPE (PosternHelpPopover, postern_help_popover, GTK_TYPE_POPOVER)

typedef enum {
    PROP_TEXT = 1,
} PosternHelpPopoverProperty;

static GParamSpec *properties[PROP_TEXT + 1];

static void
postern_help_popover_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_TEXT)
        g_value_set_string (value, POSTERN_HELP_POPOVER (object)->text);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_help_popover_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id != PROP_TEXT)
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    else if (g_set_str (&POSTERN_HELP_POPOVER (object)->text, g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
}

static void
postern_help_popover_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_HELP_POPOVER);
    G_OBJECT_CLASS (postern_help_popover_parent_class)->dispose (object);
}

static void
postern_help_popover_finalize (GObject *object)
{
    g_free (POSTERN_HELP_POPOVER (object)->text);
    G_OBJECT_CLASS (postern_help_popover_parent_class)->finalize (object);
}

static void
postern_help_popover_class_init (PosternHelpPopoverClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = postern_help_popover_get_property;
    object_class->set_property = postern_help_popover_set_property;
    object_class->dispose = postern_help_popover_dispose;
    object_class->finalize = postern_help_popover_finalize;
    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
    gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), POSTERN_UI_PATH "postern-help-popover.ui");
}

static void
postern_help_popover_init (PosternHelpPopover *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
