/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-finding-row.h"

#include <glib/gi18n-lib.h>

#include "wizard/postern-ui.h"
#include "wizard/postern-wrap.h"

struct _PosternFindingRow {
    GtkBox parent_instance;

    PosternFinding *finding;
    PosternPlan *plan;
    gboolean page_link;

    GtkImage *icon;
    GtkButton *cure_button;
    GtkLabel *message_label;
};

G_DEFINE_FINAL_TYPE (PosternFindingRow, postern_finding_row, GTK_TYPE_BOX)

typedef enum {
    PROP_FINDING = 1,
    PROP_PLAN,
    PROP_PAGE_LINK,
} PosternFindingRowProperty;

static GParamSpec *properties[PROP_PAGE_LINK + 1];

enum { CURE, SHOW_PAGE, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef struct {
    const char *icon_name;
    const char *css_class;
    const char *label;
} Look;

static const Look looks[] = {
    [POSTERN_SEVERITY_ERROR] = { "dialog-error-symbolic", "error", NC_ ("finding", "Error") },
    [POSTERN_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warning", NC_ ("finding", "Warning") },
    [POSTERN_SEVERITY_NOTE] = { "dialog-information-symbolic", "accent", NC_ ("finding", "Note") },
};

static void
show_severity (PosternFindingRow *self)
{
    const Look *look = &looks[postern_finding_get_severity (self->finding)];
    const char *label = g_dpgettext2 (GETTEXT_PACKAGE, "finding", look->label);

    gtk_image_set_from_icon_name (self->icon, look->icon_name);
    gtk_widget_set_css_classes (GTK_WIDGET (self->icon), (const char *[]){ look->css_class, NULL });
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), label);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static char *
section_title (PosternFindingRow *self, PosternFinding *finding)
{
    return g_strdup (finding != NULL ? postern_section_get_title (postern_finding_get_section (finding)) : "");
}

static gboolean
has_text (PosternFindingRow *self, const char *text)
{
    return text != NULL && *text != '\0';
}

static gboolean
either (PosternFindingRow *self, gboolean a, gboolean b)
{
    return a || b;
}

static void
on_cure_clicked_cb (PosternFindingRow *self)
{
    g_autoptr (PosternFindingRow) alive = g_object_ref (self);
    gboolean done = FALSE;

    g_signal_emit (self, signals[CURE], 0, self->finding, &done);
    if (!done && self->plan != NULL)
        postern_cure_apply (self->finding, self->plan);
}

static void
on_link_clicked_cb (PosternFindingRow *self)
{
    g_signal_emit (self, signals[SHOW_PAGE], 0, postern_finding_get_section (self->finding));
}

/* Until now there was no label in it. */
static void
on_label_cb (PosternFindingRow *self, GParamSpec *pspec, GtkButton *button)
{
    postern_wrap_labels (GTK_WIDGET (button));
}

static void
set_finding (PosternFindingRow *self, PosternFinding *finding)
{
    if (!g_set_object (&self->finding, finding))
        return;
    if (finding != NULL)
        show_severity (self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
}

static void
postern_finding_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternFindingRow *self = POSTERN_FINDING_ROW (object);

    switch ((PosternFindingRowProperty)id) {
    case PROP_FINDING:
        g_value_set_object (value, self->finding);
        break;
    case PROP_PLAN:
        g_value_set_object (value, self->plan);
        break;
    case PROP_PAGE_LINK:
        g_value_set_boolean (value, self->page_link);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_finding_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternFindingRow *self = POSTERN_FINDING_ROW (object);

    switch ((PosternFindingRowProperty)id) {
    case PROP_FINDING:
        set_finding (self, g_value_get_object (value));
        break;
    case PROP_PLAN:
        if (g_set_object (&self->plan, g_value_get_object (value)))
            g_object_notify_by_pspec (object, pspec);
        break;
    case PROP_PAGE_LINK:
        if (self->page_link != g_value_get_boolean (value)) {
            self->page_link = g_value_get_boolean (value);
            g_object_notify_by_pspec (object, pspec);
        }
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_finding_row_dispose (GObject *object)
{
    PosternFindingRow *self = POSTERN_FINDING_ROW (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_FINDING_ROW);
    g_clear_object (&self->finding);
    g_clear_object (&self->plan);
    G_OBJECT_CLASS (postern_finding_row_parent_class)->dispose (object);
}

static void
postern_finding_row_class_init (PosternFindingRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_finding_row_get_property;
    object_class->set_property = postern_finding_row_set_property;
    object_class->dispose = postern_finding_row_dispose;

    properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, POSTERN_TYPE_FINDING, flags);
    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN, flags);
    properties[PROP_PAGE_LINK] = g_param_spec_boolean ("page-link", NULL, NULL, FALSE, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[CURE] =
        g_signal_new ("cure", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                      NULL, G_TYPE_BOOLEAN, 1, POSTERN_TYPE_FINDING);
    signals[SHOW_PAGE] = g_signal_new ("show-page", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, POSTERN_TYPE_SECTION);

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-finding-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternFindingRow, icon);
    gtk_widget_class_bind_template_child (widget_class, PosternFindingRow, cure_button);
    gtk_widget_class_bind_template_child (widget_class, PosternFindingRow, message_label);
    gtk_widget_class_bind_template_callback (widget_class, section_title);
    gtk_widget_class_bind_template_callback (widget_class, has_text);
    gtk_widget_class_bind_template_callback (widget_class, either);
    gtk_widget_class_bind_template_callback (widget_class, on_cure_clicked_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_label_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_link_clicked_cb);
    gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
    gtk_widget_class_set_css_name (widget_class, "finding");
}

static void
postern_finding_row_init (PosternFindingRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    /* Of several in a template, GTK 4.18 keeps the last. */
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->icon,
                                    self->message_label, NULL, -1);
}

GtkWidget *
postern_finding_row_new (PosternFinding *finding, PosternPlan *plan)
{
    g_return_val_if_fail (POSTERN_IS_FINDING (finding), NULL);
    return g_object_new (POSTERN_TYPE_FINDING_ROW, "finding", finding, "plan", plan, NULL);
}

PosternFinding *
postern_finding_row_get_finding (PosternFindingRow *self)
{
    g_return_val_if_fail (POSTERN_IS_FINDING_ROW (self), NULL);
    return self->finding;
}
