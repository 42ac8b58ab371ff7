/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-scenario-page.h"

#include <glib/gi18n-lib.h>
#include "plan/postern-change.h"
#include "wizard/postern-announce.h"
#include "wizard/postern-scenario-finder.h"
#include "wizard/postern-scenario-row.h"
#include "wizard/postern-ui.h"

struct _PosternScenarioPage {
    PosternPage parent_instance;

    PosternScenario scenario; /* the one that is chosen */

    GtkLabel *effect_label;
};

G_DEFINE_FINAL_TYPE (PosternScenarioPage, postern_scenario_page, POSTERN_TYPE_PAGE)

typedef enum {
    PROP_SCENARIO = 1,
} PosternScenarioPageProperty;

static GParamSpec *properties[PROP_SCENARIO + 1];

/* The checks of a plan and nothing else, to compare. */
static PosternPlan *
copy_checks (PosternPlan *plan)
{
    PosternPlan *copy = postern_plan_new ();

    postern_plan_set_recipient_verification (copy, postern_plan_get_recipient_verification (plan));
    postern_plan_set_use_spf (copy, postern_plan_get_use_spf (plan));
    postern_plan_set_use_dmarc (copy, postern_plan_get_use_dmarc (plan));
    postern_plan_set_sender_authentication (copy, postern_plan_get_sender_authentication (plan));
    postern_plan_set_check_sender_before_edge (copy, postern_plan_get_check_sender_before_edge (plan));
    postern_plan_set_rejected_mail (copy, postern_plan_get_rejected_mail (plan));
    return copy;
}

static void
show_effect (PosternScenarioPage *self, PosternPlan *before, PosternPlan *after)
{
    g_autoptr (GPtrArray) changes = postern_plan_compare (before, after);
    g_autoptr (GString) text = g_string_new (NULL);

    if (changes->len > 0)
        g_string_append (text, _ ("What was entered stays. The checks are now as this scenario recommends:"));
    for (guint i = 0; i < changes->len; i++) {
        PosternChange *change = g_ptr_array_index (changes, i);

        /* Translators: what a setting is called, what it was, what it is now. */
        g_string_append_printf (text, C_ ("change", "\n• %s: %s → %s"), postern_change_get_subject (change),
                                postern_change_get_before (change), postern_change_get_after (change));
    }
    gtk_label_set_label (self->effect_label, text->str);
    gtk_widget_set_visible (GTK_WIDGET (self->effect_label), text->len > 0);
    if (text->len > 0)
        postern_announce (self, text->str, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Checks that somebody set by hand stay; those that follow the scenario go on following it. */
static void
choose (PosternScenarioPage *self, PosternScenario scenario)
{
    PosternPlan *plan = postern_page_get_plan (POSTERN_PAGE (self));
    g_autoptr (PosternPlan) before = NULL;
    g_autoptr (PosternPlan) after = NULL;
    gboolean follows;

    if (plan == NULL || postern_plan_get_scenario (plan) == scenario)
        return;
    follows = postern_plan_follows_presets (plan);
    before = copy_checks (plan);
    postern_plan_set_scenario (plan, scenario);
    if (follows)
        postern_plan_apply_presets (plan);
    after = copy_checks (plan);
    if (!postern_plan_is_empty (plan))
        show_effect (self, before, after);
}

static void
postern_scenario_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_SCENARIO)
        g_value_set_enum (value, POSTERN_SCENARIO_PAGE (object)->scenario);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_scenario_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternScenarioPage *self = POSTERN_SCENARIO_PAGE (object);

    if (id != PROP_SCENARIO) {
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
        return;
    }
    if (self->scenario == (PosternScenario)g_value_get_enum (value))
        return;
    self->scenario = g_value_get_enum (value);
    g_object_notify_by_pspec (object, properties[PROP_SCENARIO]);
    choose (self, self->scenario);
}

static void
postern_scenario_page_constructed (GObject *object)
{
    G_OBJECT_CLASS (postern_scenario_page_parent_class)->constructed (object);
    g_object_bind_property (postern_page_get_plan (POSTERN_PAGE (object)), "scenario", object, "scenario",
                            G_BINDING_SYNC_CREATE);
}

static void
postern_scenario_page_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_SCENARIO_PAGE);
    G_OBJECT_CLASS (postern_scenario_page_parent_class)->dispose (object);
}

static void
postern_scenario_page_class_init (PosternScenarioPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_scenario_page_get_property;
    object_class->set_property = postern_scenario_page_set_property;
    object_class->constructed = postern_scenario_page_constructed;
    object_class->dispose = postern_scenario_page_dispose;

    properties[PROP_SCENARIO] =
        g_param_spec_enum ("scenario", NULL, NULL, POSTERN_TYPE_SCENARIO, POSTERN_SCENARIO_DIRECT,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    g_type_ensure (POSTERN_TYPE_SCENARIO_FINDER);
    g_type_ensure (POSTERN_TYPE_SCENARIO_ROW);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-scenario-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternScenarioPage, effect_label);
}

static void
postern_scenario_page_init (PosternScenarioPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
