/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-domain-details.h"

#include "wizard/postern-route-editor.h"
#include "wizard/postern-ui.h"

struct _PosternDomainDetails {
    GtkBox parent_instance;

    PosternDomain *domain;
    PosternSubdomains *subdomains;

    GObject *subdomains_row;
    GObject *route_row;
    GObject *route_editor;
};

G_DEFINE_FINAL_TYPE (PosternDomainDetails, postern_domain_details, GTK_TYPE_BOX)

typedef enum {
    PROP_DOMAIN = 1,
    PROP_SUBDOMAINS,
} PosternDomainDetailsProperty;

static GParamSpec *properties[PROP_SUBDOMAINS + 1];

static gboolean
is_own (PosternDomainDetails *self, PosternDomainRouting routing)
{
    return routing == POSTERN_DOMAIN_ROUTING_OWN;
}

/* The rows of the drop-down stand in the order of the enumeration. */
static gboolean
routing_to_selected (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    g_value_set_uint (to, g_value_get_enum (from));
    return TRUE;
}

static gboolean
selected_to_routing (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
    if (g_value_get_uint (from) == GTK_INVALID_LIST_POSITION)
        return FALSE;
    g_value_set_enum (to, g_value_get_uint (from));
    return TRUE;
}

/*
 * Enter and the space bar work the row that has the focus, as they do in any other list box. Here they would not come
 * to it: the list view around takes the space bar to select, and Enter goes to the page's primary button.
 */
static gboolean
activate_focus (GtkWidget *widget, GVariant *parameter, gpointer data)
{
    GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

    return GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_activate (focus);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
    const guint keys[] = { GDK_KEY_space, GDK_KEY_KP_Space, GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter };

    for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
        gtk_widget_class_add_binding (widget_class, keys[i], 0, activate_focus, NULL);
}

static void
postern_domain_details_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternDomainDetails *self = POSTERN_DOMAIN_DETAILS (object);

    switch ((PosternDomainDetailsProperty)id) {
    case PROP_DOMAIN:
        g_value_set_object (value, self->domain);
        break;
    case PROP_SUBDOMAINS:
        g_value_set_object (value, self->subdomains);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_domain_details_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternDomainDetails *self = POSTERN_DOMAIN_DETAILS (object);

    switch ((PosternDomainDetailsProperty)id) {
    case PROP_DOMAIN:
        g_set_object (&self->domain, g_value_get_object (value));
        break;
    case PROP_SUBDOMAINS:
        g_set_object (&self->subdomains, g_value_get_object (value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_domain_details_constructed (GObject *object)
{
    PosternDomainDetails *self = POSTERN_DOMAIN_DETAILS (object);

    G_OBJECT_CLASS (postern_domain_details_parent_class)->constructed (object);
    g_object_bind_property (self->subdomains, "included", self->subdomains_row, "active",
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    g_object_bind_property_full (self->domain, "routing", self->route_row, "selected",
                                 G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, routing_to_selected,
                                 selected_to_routing, NULL, NULL);
    g_object_bind_property (self->domain, "route", self->route_editor, "route",
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
postern_domain_details_dispose (GObject *object)
{
    PosternDomainDetails *self = POSTERN_DOMAIN_DETAILS (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_DOMAIN_DETAILS);
    g_clear_object (&self->domain);
    g_clear_object (&self->subdomains);
    G_OBJECT_CLASS (postern_domain_details_parent_class)->dispose (object);
}

static void
postern_domain_details_class_init (PosternDomainDetailsClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    /* An expression in a template does not watch what is construct-only. */
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_domain_details_get_property;
    object_class->set_property = postern_domain_details_set_property;
    object_class->constructed = postern_domain_details_constructed;
    object_class->dispose = postern_domain_details_dispose;

    properties[PROP_DOMAIN] = g_param_spec_object ("domain", NULL, NULL, POSTERN_TYPE_DOMAIN, flags);
    properties[PROP_SUBDOMAINS] = g_param_spec_object ("subdomains", NULL, NULL, POSTERN_TYPE_SUBDOMAINS, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    add_keys (widget_class);
    g_type_ensure (POSTERN_TYPE_ROUTE_EDITOR);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-domain-details.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternDomainDetails, subdomains_row);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainDetails, route_row);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainDetails, route_editor);
    gtk_widget_class_bind_template_callback (widget_class, is_own);
}

static void
postern_domain_details_init (PosternDomainDetails *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
postern_domain_details_new (PosternDomain *domain, PosternSubdomains *subdomains)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (domain), NULL);
    g_return_val_if_fail (POSTERN_IS_SUBDOMAINS (subdomains), NULL);
    return g_object_new (POSTERN_TYPE_DOMAIN_DETAILS, "domain", domain, "subdomains", subdomains, NULL);
}
