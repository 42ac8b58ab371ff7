/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-import-line-row.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"

struct _PosternImportLineRow {
    AdwBin parent_instance;

    PosternImportLine *line;

    GtkImage *icon;
    GtkLabel *title_label;
    GtkLabel *subtitle_label;
};

G_DEFINE_FINAL_TYPE (PosternImportLineRow, postern_import_line_row, ADW_TYPE_BIN)

typedef enum {
    PROP_LINE = 1,
} PosternImportLineRowProperty;

static GParamSpec *properties[PROP_LINE + 1];

static const struct {
    const char *icon_name;
    const char *css_class;
} looks[] = {
    [POSTERN_IMPORT_TAKEN] = { "list-add-symbolic", "success" },
    [POSTERN_IMPORT_PRESENT] = { "object-select-symbolic", "dimmed" },
    [POSTERN_IMPORT_REFUSED] = { "dialog-warning-symbolic", "warning" },
};

/* What could be understood under its name; else what stands in the file. */
static char *
title_text (PosternImportLineRow *self, PosternImportLine *line)
{
    if (line == NULL)
        return g_strdup ("");
    if (postern_import_line_get_status (line) == POSTERN_IMPORT_REFUSED)
        return g_strdup (postern_import_line_get_text (line));
    switch (postern_import_line_get_subject (line)) {
    case POSTERN_IMPORT_SUBJECT_INTERNAL_SERVER:
        return g_strdup (C_ ("title", "Internal Mail Server"));
    case POSTERN_IMPORT_SUBJECT_EDGE_GATEWAY:
        return g_strdup (_ ("Edge Gateway"));
    case POSTERN_IMPORT_SUBJECT_DOMAIN:
    case POSTERN_IMPORT_SUBJECT_NETWORK:
    default:
        return g_strdup (postern_import_line_get_name (line));
    }
}

static char *
subtitle_text (PosternImportLineRow *self, PosternImportLine *line)
{
    const char *reason = line != NULL ? postern_import_line_get_reason (line) : NULL;
    const char *route = line != NULL ? postern_import_line_get_route (line) : NULL;
    guint number = line != NULL ? postern_import_line_get_number (line) : 0;

    if (reason != NULL)
        /* Translators: %1$u is the number of a line in a file, %2$s a sentence that says why it is not taken. */
        return g_strdup_printf (_ ("Line %1$u: %2$s"), number, reason);
    if (route != NULL)
        /* Translators: %1$u is the number of a line in a file, %2$s a mail server. */
        return g_strdup_printf (_ ("Line %1$u: mail goes to %2$s"), number, route);
    /* Translators: the number of a line in a file. */
    return g_strdup_printf (_ ("Line %u"), number);
}

static void
show_status (PosternImportLineRow *self)
{
    PosternImportStatus status = postern_import_line_get_status (self->line);
    const char *label = postern_import_status_get_title (status);

    gtk_image_set_from_icon_name (self->icon, looks[status].icon_name);
    gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]){ looks[status].css_class, NULL });
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), label);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
postern_import_line_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_LINE)
        g_value_set_object (value, POSTERN_IMPORT_LINE_ROW (object)->line);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_import_line_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternImportLineRow *self = POSTERN_IMPORT_LINE_ROW (object);

    if (id != PROP_LINE) {
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
        return;
    }
    if (!g_set_object (&self->line, g_value_get_object (value)))
        return;
    if (self->line != NULL)
        show_status (self);
    g_object_notify_by_pspec (object, properties[PROP_LINE]);
}

static void
postern_import_line_row_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_IMPORT_LINE_ROW);
    g_clear_object (&POSTERN_IMPORT_LINE_ROW (object)->line);
    G_OBJECT_CLASS (postern_import_line_row_parent_class)->dispose (object);
}

static void
postern_import_line_row_class_init (PosternImportLineRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_import_line_row_get_property;
    object_class->set_property = postern_import_line_row_set_property;
    object_class->dispose = postern_import_line_row_dispose;
    properties[PROP_LINE] = g_param_spec_object ("line", NULL, NULL, POSTERN_TYPE_IMPORT_LINE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-import-line-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternImportLineRow, icon);
    gtk_widget_class_bind_template_child (widget_class, PosternImportLineRow, title_label);
    gtk_widget_class_bind_template_child (widget_class, PosternImportLineRow, subtitle_label);
    gtk_widget_class_bind_template_callback (widget_class, title_text);
    gtk_widget_class_bind_template_callback (widget_class, subtitle_text);
    gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
postern_import_line_row_init (PosternImportLineRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    /* Of several in a template, GTK 4.18 keeps the last. */
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->icon,
                                    self->title_label, self->subtitle_label, NULL, -1);
}
