/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-change-row.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"

struct _PosternChangeRow {
    AdwBin parent_instance;

    PosternChange *change;

    GtkImage *icon;
    GtkLabel *subject_label;
    GtkLabel *values_label;
};

G_DEFINE_FINAL_TYPE (PosternChangeRow, postern_change_row, ADW_TYPE_BIN)

typedef enum {
    PROP_CHANGE = 1,
} PosternChangeRowProperty;

static GParamSpec *properties[PROP_CHANGE + 1];

static const struct {
    const char *icon_name;
    const char *css_class;
    const char *label;
} looks[] = {
    [POSTERN_CHANGE_ADD] = { "list-add-symbolic", "success", NC_ ("change", "Added") },
    [POSTERN_CHANGE_REMOVE] = { "list-remove-symbolic", "error", NC_ ("change", "Removed") },
    [POSTERN_CHANGE_MODIFY] = { "document-edit-symbolic", "accent", NC_ ("change", "Changed") },
};

static char *
subject_text (PosternChangeRow *self, PosternChange *change)
{
    return g_strdup (change == NULL ? "" : postern_change_get_subject (change));
}

static char *
values_text (PosternChangeRow *self, PosternChange *change)
{
    const char *before = change == NULL ? NULL : postern_change_get_before (change);
    const char *after = change == NULL ? NULL : postern_change_get_after (change);

    if (before != NULL && after != NULL)
        /* Translators: what a setting is, and what it will be. */
        return g_strdup_printf (C_ ("change", "%s → %s"), before, after);
    return g_strdup (after != NULL ? after : before != NULL ? before : "");
}

static gboolean
has_values (PosternChangeRow *self, PosternChange *change)
{
    return change != NULL && (postern_change_get_before (change) != NULL || postern_change_get_after (change) != NULL);
}

static void
show_kind (PosternChangeRow *self)
{
    PosternChangeKind kind = postern_change_get_kind (self->change);
    const char *label = g_dpgettext2 (GETTEXT_PACKAGE, "change", looks[kind].label);

    gtk_image_set_from_icon_name (self->icon, looks[kind].icon_name);
    gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]){ looks[kind].css_class, NULL });
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), label);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
postern_change_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_CHANGE)
        g_value_set_object (value, POSTERN_CHANGE_ROW (object)->change);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_change_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternChangeRow *self = POSTERN_CHANGE_ROW (object);

    if (id != PROP_CHANGE) {
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
        return;
    }
    if (!g_set_object (&self->change, g_value_get_object (value)))
        return;
    if (self->change != NULL)
        show_kind (self);
    g_object_notify_by_pspec (object, properties[PROP_CHANGE]);
}

static void
postern_change_row_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_CHANGE_ROW);
    g_clear_object (&POSTERN_CHANGE_ROW (object)->change);
    G_OBJECT_CLASS (postern_change_row_parent_class)->dispose (object);
}

static void
postern_change_row_class_init (PosternChangeRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_change_row_get_property;
    object_class->set_property = postern_change_row_set_property;
    object_class->dispose = postern_change_row_dispose;
    properties[PROP_CHANGE] =
        g_param_spec_object ("change", NULL, NULL, POSTERN_TYPE_CHANGE,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-change-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternChangeRow, icon);
    gtk_widget_class_bind_template_child (widget_class, PosternChangeRow, subject_label);
    gtk_widget_class_bind_template_child (widget_class, PosternChangeRow, values_label);
    gtk_widget_class_bind_template_callback (widget_class, subject_text);
    gtk_widget_class_bind_template_callback (widget_class, values_text);
    gtk_widget_class_bind_template_callback (widget_class, has_values);
    gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
postern_change_row_init (PosternChangeRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    /* Of several in a template, GTK 4.18 keeps the last. */
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->icon,
                                    self->subject_label, self->values_label, NULL, -1);
}

GtkWidget *
postern_change_row_new (PosternChange *change)
{
    return g_object_new (POSTERN_TYPE_CHANGE_ROW, "change", change, NULL);
}
