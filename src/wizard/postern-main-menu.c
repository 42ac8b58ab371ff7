/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-main-menu.h"

#include "wizard/postern-ui.h"

struct _PosternMainMenu {
    AdwBin parent_instance;

    gboolean primary;

    GtkMenuButton *button;
    GMenuModel *primary_menu;
};

G_DEFINE_FINAL_TYPE (PosternMainMenu, postern_main_menu, ADW_TYPE_BIN)

typedef enum {
    PROP_PRIMARY = 1,
} PosternMainMenuProperty;

static GParamSpec *properties[PROP_PRIMARY + 1];

static void
make_popup_cb (GtkMenuButton *button, gpointer user_data)
{
    if (gtk_menu_button_get_menu_model (button) == NULL)
        gtk_menu_button_set_menu_model (button, POSTERN_MAIN_MENU (user_data)->primary_menu);
}

static void
postern_main_menu_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_PRIMARY)
        g_value_set_boolean (value, POSTERN_MAIN_MENU (object)->primary);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_main_menu_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternMainMenu *self = POSTERN_MAIN_MENU (object);

    if (id != PROP_PRIMARY) {
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
        return;
    }
    if (self->primary == g_value_get_boolean (value))
        return;
    self->primary = g_value_get_boolean (value);
    g_object_notify_by_pspec (object, properties[PROP_PRIMARY]);
}

static void
postern_main_menu_dispose (GObject *object)
{
    /* The bin must not look for a child that the template has taken away. */
    adw_bin_set_child (ADW_BIN (object), NULL);
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_MAIN_MENU);
    G_OBJECT_CLASS (postern_main_menu_parent_class)->dispose (object);
}

static void
postern_main_menu_class_init (PosternMainMenuClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_main_menu_get_property;
    object_class->set_property = postern_main_menu_set_property;
    object_class->dispose = postern_main_menu_dispose;
    properties[PROP_PRIMARY] = g_param_spec_boolean (
        "primary", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-main-menu.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternMainMenu, button);
    gtk_widget_class_bind_template_child (widget_class, PosternMainMenu, primary_menu);
}

static void
postern_main_menu_init (PosternMainMenu *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    gtk_menu_button_set_create_popup_func (self->button, make_popup_cb, self, NULL);
}

GMenuModel *
postern_main_menu_get_model (PosternMainMenu *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIN_MENU (self), NULL);
    return self->primary_menu;
}
