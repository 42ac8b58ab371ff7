/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-scenario-row.h"

#include "wizard/postern-mail-flow.h"
#include "wizard/postern-ui.h"

struct _PosternScenarioRow {
    AdwPreferencesRow parent_instance;

    PosternScenario scenario;
    PosternScenario selected;
    char *subtitle;

    GtkCheckButton *radio;
};

G_DEFINE_FINAL_TYPE (PosternScenarioRow, postern_scenario_row, ADW_TYPE_PREFERENCES_ROW)

typedef enum {
    PROP_SCENARIO = 1,
    PROP_SELECTED,
    PROP_SUBTITLE,
    PROP_GROUP,
} PosternScenarioRowProperty;

static GParamSpec *properties[PROP_GROUP + 1];

static gboolean
is_same (PosternScenarioRow *self, PosternScenario a, PosternScenario b)
{
    return a == b;
}

static void
on_toggled_cb (PosternScenarioRow *self)
{
    if (!gtk_check_button_get_active (self->radio) || self->selected == self->scenario)
        return;
    self->selected = self->scenario;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Arrow keys go through the group and choose, as they do wherever radio buttons stand together. GTK would do it, but
 * the list box around the rows takes the keys for its own cursor, and Tab stops at the chosen button only. */
static void
move (GtkWidget *widget, const char *action, GVariant *parameter)
{
    GtkWidget *other = g_variant_get_int32 (parameter) > 0 ? gtk_widget_get_next_sibling (widget)
                                                           : gtk_widget_get_prev_sibling (widget);

    if (!POSTERN_IS_SCENARIO_ROW (other)) {
        gtk_widget_error_bell (widget);
        return;
    }
    gtk_widget_grab_focus (GTK_WIDGET (POSTERN_SCENARIO_ROW (other)->radio));
    gtk_check_button_set_active (POSTERN_SCENARIO_ROW (other)->radio, TRUE);
}

/* A click anywhere in the row is a click on its button. */
static void
postern_scenario_row_activate (GtkListBoxRow *row)
{
    gtk_check_button_set_active (POSTERN_SCENARIO_ROW (row)->radio, TRUE);
}

static void
postern_scenario_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternScenarioRow *self = POSTERN_SCENARIO_ROW (object);

    switch ((PosternScenarioRowProperty)id) {
    case PROP_SCENARIO:
        g_value_set_enum (value, self->scenario);
        break;
    case PROP_SELECTED:
        g_value_set_enum (value, self->selected);
        break;
    case PROP_SUBTITLE:
        g_value_set_string (value, self->subtitle);
        break;
    case PROP_GROUP:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_scenario_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternScenarioRow *self = POSTERN_SCENARIO_ROW (object);
    PosternScenarioRow *group;

    switch ((PosternScenarioRowProperty)id) {
    case PROP_SCENARIO:
        self->scenario = g_value_get_enum (value);
        break;
    case PROP_SELECTED:
        self->selected = g_value_get_enum (value);
        break;
    case PROP_SUBTITLE:
        g_set_str (&self->subtitle, g_value_get_string (value));
        break;
    case PROP_GROUP:
        group = g_value_get_object (value);
        gtk_check_button_set_group (self->radio, group == NULL ? NULL : group->radio);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_scenario_row_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_SCENARIO_ROW);
    G_OBJECT_CLASS (postern_scenario_row_parent_class)->dispose (object);
}

static void
postern_scenario_row_finalize (GObject *object)
{
    g_free (POSTERN_SCENARIO_ROW (object)->subtitle);
    G_OBJECT_CLASS (postern_scenario_row_parent_class)->finalize (object);
}

static void
postern_scenario_row_class_init (PosternScenarioRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_scenario_row_get_property;
    object_class->set_property = postern_scenario_row_set_property;
    object_class->dispose = postern_scenario_row_dispose;
    object_class->finalize = postern_scenario_row_finalize;
    GTK_LIST_BOX_ROW_CLASS (klass)->activate = postern_scenario_row_activate;

    properties[PROP_SCENARIO] =
        g_param_spec_enum ("scenario", NULL, NULL, POSTERN_TYPE_SCENARIO, POSTERN_SCENARIO_DIRECT, flags);
    properties[PROP_SELECTED] =
        g_param_spec_enum ("selected", NULL, NULL, POSTERN_TYPE_SCENARIO, POSTERN_SCENARIO_DIRECT, flags);
    properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
    properties[PROP_GROUP] =
        g_param_spec_object ("group", NULL, NULL, POSTERN_TYPE_SCENARIO_ROW, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    g_type_ensure (POSTERN_TYPE_MAIL_FLOW);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-scenario-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternScenarioRow, radio);
    gtk_widget_class_install_action (widget_class, "scenario.move", "i", move);
    gtk_widget_class_bind_template_callback (widget_class, is_same);
    gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
}

static void
postern_scenario_row_init (PosternScenarioRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
