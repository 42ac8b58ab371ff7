/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-route-editor.h"

#include "wizard/postern-feedback-row.h"
#include "wizard/postern-route-draft.h"
#include "wizard/postern-ui.h"

struct _PosternRouteEditor {
    AdwPreferencesGroup parent_instance;

    PosternRouteDraft *draft;
    AdwEntryRow *host_row;
};

G_DEFINE_FINAL_TYPE (PosternRouteEditor, postern_route_editor, ADW_TYPE_PREFERENCES_GROUP)

typedef enum {
    PROP_ROUTE = 1,
    PROP_UNFINISHED,
} PosternRouteEditorProperty;

static GParamSpec *properties[PROP_UNFINISHED + 1];

static void
on_field_left_cb (PosternRouteEditor *self)
{
    postern_route_draft_settle (self->draft);
}

static void
on_draft_route_cb (PosternRouteEditor *self)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROUTE]);
}

static void
on_draft_unfinished_cb (PosternRouteEditor *self)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNFINISHED]);
}

static void
postern_route_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternRouteEditor *self = POSTERN_ROUTE_EDITOR (object);

    switch ((PosternRouteEditorProperty)id) {
    case PROP_ROUTE:
        g_value_set_boxed (value, postern_route_editor_get_route (self));
        break;
    case PROP_UNFINISHED:
        g_value_set_boolean (value, postern_route_editor_get_unfinished (self));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_route_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    switch ((PosternRouteEditorProperty)id) {
    case PROP_ROUTE:
        postern_route_editor_set_route (POSTERN_ROUTE_EDITOR (object), g_value_get_boxed (value));
        break;
    case PROP_UNFINISHED:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_route_editor_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_ROUTE_EDITOR);
    G_OBJECT_CLASS (postern_route_editor_parent_class)->dispose (object);
}

static void
postern_route_editor_class_init (PosternRouteEditorClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_route_editor_get_property;
    object_class->set_property = postern_route_editor_set_property;
    object_class->dispose = postern_route_editor_dispose;

    properties[PROP_ROUTE] = g_param_spec_boxed ("route", NULL, NULL, POSTERN_TYPE_ROUTE, G_PARAM_READWRITE | flags);
    properties[PROP_UNFINISHED] = g_param_spec_boolean ("unfinished", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    g_type_ensure (POSTERN_TYPE_FEEDBACK_ROW);
    g_type_ensure (POSTERN_TYPE_ROUTE_DRAFT);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-route-editor.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRouteEditor, draft);
    gtk_widget_class_bind_template_child (widget_class, PosternRouteEditor, host_row);
    gtk_widget_class_bind_template_callback (widget_class, on_field_left_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_draft_route_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_draft_unfinished_cb);
}

static void
postern_route_editor_init (PosternRouteEditor *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
postern_route_editor_new (void)
{
    return g_object_new (POSTERN_TYPE_ROUTE_EDITOR, NULL);
}

PosternRoute *
postern_route_editor_get_route (PosternRouteEditor *self)
{
    g_return_val_if_fail (POSTERN_IS_ROUTE_EDITOR (self), NULL);
    /* A binding may look while the template goes. */
    return self->draft != NULL ? postern_route_draft_get_route (self->draft) : NULL;
}

void
postern_route_editor_set_route (PosternRouteEditor *self, PosternRoute *route)
{
    g_return_if_fail (POSTERN_IS_ROUTE_EDITOR (self));
    postern_route_draft_set_route (self->draft, route);
}

void
postern_route_editor_focus_host (PosternRouteEditor *self)
{
    g_return_if_fail (POSTERN_IS_ROUTE_EDITOR (self));
    gtk_widget_grab_focus (GTK_WIDGET (self->host_row));
}

gboolean
postern_route_editor_get_unfinished (PosternRouteEditor *self)
{
    gboolean unfinished = FALSE;

    g_return_val_if_fail (POSTERN_IS_ROUTE_EDITOR (self), FALSE);
    if (self->draft != NULL)
        g_object_get (self->draft, "unfinished", &unfinished, NULL);
    return unfinished;
}
