/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-plan-summary.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"

/* So many names are said before the rest becomes a number. */
#define MAX_NAMES 3

struct _PosternPlanSummary {
    AdwPreferencesGroup parent_instance;

    PosternSession *session;
};

G_DEFINE_FINAL_TYPE (PosternPlanSummary, postern_plan_summary, ADW_TYPE_PREFERENCES_GROUP)

typedef enum {
    PROP_SESSION = 1,
} PosternPlanSummaryProperty;

static GParamSpec *properties[PROP_SESSION + 1];

enum { EDIT, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef const char *(*NameOf) (gpointer record);

static const char *
network_name (gpointer record)
{
    return postern_network_get_text (record);
}

static const char *
domain_name (gpointer record)
{
    return postern_domain_get_display_name (record);
}

static char *
list_names (PosternRecordList *records, NameOf name_of)
{
    g_autoptr (GString) text = g_string_new (NULL);
    guint n = records == NULL ? 0 : postern_record_list_get_length (records);
    g_autofree char *rest = NULL;

    if (n == 0)
        return g_strdup (C_ ("summary", "None"));
    for (guint i = 0; i < MIN (n, MAX_NAMES); i++)
        g_string_append_printf (text, "%s%s", i == 0 ? "" : C_ ("list", ", "),
                                name_of (postern_record_list_get (records, i)));
    if (n <= MAX_NAMES)
        return g_string_free (g_steal_pointer (&text), FALSE);
    /* Translators: %s is a list of some names, %u how many there are beside them. */
    return g_strdup_printf (ngettext ("%s and %'u more", "%s and %'u more", n - MAX_NAMES), text->str, n - MAX_NAMES);
}

static char *
domains_text (PosternPlanSummary *self, PosternRecordList *domains, guint n)
{
    return list_names (domains, domain_name);
}

static char *
networks_text (PosternPlanSummary *self, PosternRecordList *networks, guint n)
{
    return list_names (networks, network_name);
}

static char *
scenario_text (PosternPlanSummary *self, PosternScenario scenario)
{
    return g_strdup (postern_scenario_get_title (scenario));
}

static char *
gateway_text (PosternPlanSummary *self, PosternGatewayAddress *address, PosternGateway *gateway, PosternMode mode)
{
    g_autofree char *display = address == NULL ? NULL : postern_gateway_address_to_display (address);

    if (mode == POSTERN_MODE_PLAN)
        return g_strdup (_ ("None: the plan goes into a file"));
    if (mode == POSTERN_MODE_KSMG)
        return g_strdup (_ ("Kaspersky Secure Mail Gateway, set up by hand"));
    if (display == NULL)
        return g_strdup (C_ ("summary", "None"));
    if (gateway == NULL)
        /* Translators: %s is the address of a gateway. */
        return g_strdup_printf (_ ("%s (not connected)"), display);
    return g_steal_pointer (&display);
}

static char *
route_text (PosternPlanSummary *self, PosternRoute *route)
{
    return route == NULL ? g_strdup (C_ ("summary", "None")) : postern_route_to_display (route);
}

static gboolean
has_edge (PosternPlanSummary *self, PosternScenario scenario)
{
    return postern_scenario_has_edge_gateway (scenario);
}

/* The arguments are only there so that a change of any of them asks again. */
static char *
checks_text (PosternPlanSummary *self, PosternPlan *plan, PosternScenario scenario,
             PosternRecipientVerification verification, gboolean spf, gboolean dmarc, gboolean authentication,
             gboolean before_edge, PosternRejectedMail rejected)
{
    if (plan == NULL)
        return NULL;
    return g_strdup (postern_plan_follows_presets (plan) ? _ ("As recommended for this scenario")
                                                         : _ ("Not as recommended for this scenario"));
}

static void
edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
    int step;

    if (postern_enum_from_nick (POSTERN_TYPE_STEP, g_variant_get_string (parameter, NULL), &step))
        g_signal_emit (widget, signals[EDIT], 0, step);
}

static void
postern_plan_summary_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_SESSION)
        g_value_set_object (value, POSTERN_PLAN_SUMMARY (object)->session);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_plan_summary_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id != PROP_SESSION)
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    else if (g_set_object (&POSTERN_PLAN_SUMMARY (object)->session, g_value_get_object (value)))
        g_object_notify_by_pspec (object, properties[PROP_SESSION]);
}

static void
postern_plan_summary_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_PLAN_SUMMARY);
    g_clear_object (&POSTERN_PLAN_SUMMARY (object)->session);
    G_OBJECT_CLASS (postern_plan_summary_parent_class)->dispose (object);
}

static void
postern_plan_summary_class_init (PosternPlanSummaryClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->get_property = postern_plan_summary_get_property;
    object_class->set_property = postern_plan_summary_set_property;
    object_class->dispose = postern_plan_summary_dispose;
    properties[PROP_SESSION] =
        g_param_spec_object ("session", NULL, NULL, POSTERN_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
    signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, POSTERN_TYPE_STEP);

    g_type_ensure (POSTERN_TYPE_RECORD_LIST);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-plan-summary.ui");
    gtk_widget_class_bind_template_callback (widget_class, domains_text);
    gtk_widget_class_bind_template_callback (widget_class, networks_text);
    gtk_widget_class_bind_template_callback (widget_class, scenario_text);
    gtk_widget_class_bind_template_callback (widget_class, gateway_text);
    gtk_widget_class_bind_template_callback (widget_class, route_text);
    gtk_widget_class_bind_template_callback (widget_class, has_edge);
    gtk_widget_class_bind_template_callback (widget_class, checks_text);
    gtk_widget_class_install_action (widget_class, "summary.edit", "s", edit);
}

static void
postern_plan_summary_init (PosternPlanSummary *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
