/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-network-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wizard/postern-findings-box.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-wrap.h"

struct _PosternNetworkRow {
    GtkBox parent_instance;

    PosternPlan *plan;
    GListModel *findings;
    PosternNetwork *network;

    GtkLabel *name_label;
    GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (PosternNetworkRow, postern_network_row, GTK_TYPE_BOX)

typedef enum {
    PROP_PLAN = 1,
    PROP_FINDINGS,
    PROP_NETWORK,
} PosternNetworkRowProperty;

static GParamSpec *properties[PROP_NETWORK + 1];

enum { REMOVE, N_SIGNALS };

static guint signals[N_SIGNALS];

static char *
name_network (PosternNetworkRow *self, PosternNetwork *network)
{
    return network != NULL ? postern_network_row_name (network) : g_strdup ("");
}

static char *
size_network (PosternNetworkRow *self, PosternNetwork *network)
{
    return network != NULL ? postern_network_get_size_text (network) : g_strdup ("");
}

static void
on_remove_clicked_cb (PosternNetworkRow *self)
{
    g_signal_emit (self, signals[REMOVE], 0);
}

/* Removed this way it can be brought back as well. */
static gboolean
on_cure_cb (PosternNetworkRow *self, PosternFinding *finding)
{
    if (postern_finding_get_cure (finding) != POSTERN_CURE_REMOVE_NETWORK)
        return FALSE;
    g_signal_emit (self, signals[REMOVE], 0);
    return TRUE;
}

static void
postern_network_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternNetworkRow *self = POSTERN_NETWORK_ROW (object);

    switch ((PosternNetworkRowProperty)id) {
    case PROP_PLAN:
        g_value_set_object (value, self->plan);
        break;
    case PROP_FINDINGS:
        g_value_set_object (value, self->findings);
        break;
    case PROP_NETWORK:
        g_value_set_object (value, self->network);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_network_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternNetworkRow *self = POSTERN_NETWORK_ROW (object);

    switch ((PosternNetworkRowProperty)id) {
    case PROP_PLAN:
        if (g_set_object (&self->plan, g_value_get_object (value)))
            g_object_notify_by_pspec (object, pspec);
        break;
    case PROP_FINDINGS:
        if (g_set_object (&self->findings, g_value_get_object (value)))
            g_object_notify_by_pspec (object, pspec);
        break;
    case PROP_NETWORK:
        postern_network_row_set_network (self, g_value_get_object (value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_network_row_dispose (GObject *object)
{
    PosternNetworkRow *self = POSTERN_NETWORK_ROW (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_NETWORK_ROW);
    g_clear_object (&self->network);
    g_clear_object (&self->findings);
    g_clear_object (&self->plan);
    G_OBJECT_CLASS (postern_network_row_parent_class)->dispose (object);
}

static void
postern_network_row_class_init (PosternNetworkRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_network_row_get_property;
    object_class->set_property = postern_network_row_set_property;
    object_class->dispose = postern_network_row_dispose;

    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN, flags);
    properties[PROP_FINDINGS] = g_param_spec_object ("findings", NULL, NULL, G_TYPE_LIST_MODEL, flags);
    properties[PROP_NETWORK] = g_param_spec_object ("network", NULL, NULL, POSTERN_TYPE_NETWORK, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[REMOVE] =
        g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure (POSTERN_TYPE_FINDINGS_BOX);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-network-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternNetworkRow, name_label);
    gtk_widget_class_bind_template_child (widget_class, PosternNetworkRow, remove_button);
    gtk_widget_class_bind_template_callback (widget_class, name_network);
    gtk_widget_class_bind_template_callback (widget_class, size_network);
    gtk_widget_class_bind_template_callback (widget_class, on_cure_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked_cb);
}

static void
postern_network_row_init (PosternNetworkRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    postern_wrap_name (self->name_label);
}

GtkWidget *
postern_network_row_new (PosternPlan *plan, GListModel *findings)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);
    return g_object_new (POSTERN_TYPE_NETWORK_ROW, "plan", plan, "findings", findings, NULL);
}

PosternNetwork *
postern_network_row_get_network (PosternNetworkRow *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK_ROW (self), NULL);
    return self->network;
}

void
postern_network_row_set_network (PosternNetworkRow *self, PosternNetwork *network)
{
    g_autofree char *name = NULL;
    g_autofree char *remove = NULL;

    g_return_if_fail (POSTERN_IS_NETWORK_ROW (self));

    if (!g_set_object (&self->network, network))
        return;
    if (network != NULL) {
        name = postern_network_row_name (network);
        /* Translators: the button that removes a network; %s is the network, such as 10.0.0.0/24. */
        remove = g_strdup_printf (_ ("Remove %s"), name);
        gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove,
                                        -1);
    }
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
}

char *
postern_network_row_name (PosternNetwork *network)
{
    const char *text;
    guint whole;

    g_return_val_if_fail (POSTERN_IS_NETWORK (network), NULL);

    text = postern_network_get_text (network);
    whole = postern_network_get_family (network) == G_SOCKET_FAMILY_IPV4 ? 32 : 128;
    return postern_network_get_length (network) == whole ? g_strndup (text, strcspn (text, "/")) : g_strdup (text);
}
