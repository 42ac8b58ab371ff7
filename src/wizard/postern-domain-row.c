/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-domain-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "wizard/postern-domain-details.h"
#include "wizard/postern-findings-box.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-wrap.h"

struct _PosternDomainRow {
    GtkBox parent_instance;

    PosternPlan *plan;
    GListModel *findings;
    PosternDomain *domain;
    PosternDomain *expanded_domain;
    PosternSubdomains *subdomains;
    GBindingGroup *bindings; /* from the domain to the row's widgets */

    GtkWidget *local_switch;
    GtkWidget *remove_button;
    GtkToggleButton *expander;
    GtkWidget *name_label;
    GtkLabel *ascii_label;
    AdwBin *details_bin;
};

G_DEFINE_FINAL_TYPE (PosternDomainRow, postern_domain_row, GTK_TYPE_BOX)

typedef enum {
    PROP_PLAN = 1,
    PROP_FINDINGS,
    PROP_DOMAIN,
    PROP_EXPANDED_DOMAIN,
} PosternDomainRowProperty;

static GParamSpec *properties[PROP_EXPANDED_DOMAIN + 1];

enum { REMOVE, N_SIGNALS };

static guint signals[N_SIGNALS];

static char *
describe_local (PosternDomainRouting routing, PosternRoute *route, PosternRoute *internal_server)
{
    g_autofree char *shown = NULL;

    if (routing == POSTERN_DOMAIN_ROUTING_DNS)
        return g_strdup (_ ("Mail goes where its MX records say"));
    if (routing == POSTERN_DOMAIN_ROUTING_OWN && route != NULL) {
        shown = postern_route_to_display (route);
        /* Translators: %s is a server, such as mail.example.com:25 or “MX of example.com, port 25”. */
        return g_strdup_printf (_ ("Mail goes to %s"), shown);
    }
    if (internal_server != NULL) {
        shown = postern_route_to_display (internal_server);
        /* Translators: %s is a server, such as mail.example.com:25. */
        return g_strdup_printf (_ ("Mail goes to the internal mail server, %s"), shown);
    }
    return g_strdup (_ ("Nothing says yet where its mail goes"));
}

static char *
describe (PosternDomainRow *self, gboolean local, PosternDomainRouting routing, PosternRoute *route,
          PosternRoute *internal_server)
{
    g_autofree char *shown = NULL;

    if (local)
        return describe_local (routing, route, internal_server);
    if (routing == POSTERN_DOMAIN_ROUTING_OWN && route != NULL) {
        shown = postern_route_to_display (route);
        /* Translators: %s is a server, such as mail.example.com:25. */
        return g_strdup_printf (_ ("Not local: only trusted hosts may send to it, by way of %s"), shown);
    }
    return g_strdup (_ ("Not local: only trusted hosts may send to it"));
}

/* What stands below the name: its ASCII form where that is another, and what a leading dot means. */
static char *
explain_name (PosternDomainRow *self, PosternDomain *domain)
{
    const char *name;
    const char *shown;

    if (domain == NULL)
        return g_strdup ("");
    name = postern_domain_get_name (domain);
    shown = postern_domain_get_display_name (domain);
    if (!postern_domain_is_subdomains (domain))
        return g_strdup (g_str_equal (name, shown) ? "" : name);
    if (g_str_equal (name, shown))
        /* Translators: %s is a domain; below a record such as .example.com. */
        return g_strdup_printf (_ ("Every subdomain of %s"), shown + 1);
    /* Translators: %1$s is a domain as people write it, %2$s the record in its ASCII form, such as
     * .xn--e1afmkfd.xn--p1ai. */
    return g_strdup_printf (_ ("Every subdomain of %1$s (%2$s)"), shown + 1, name);
}

static gboolean
has_text (PosternDomainRow *self, const char *text)
{
    return text != NULL && *text != '\0';
}

static gboolean
is_expanded (PosternDomainRow *self)
{
    return self->domain != NULL && self->domain == self->expanded_domain;
}

/* A widget that goes with the focus inside takes the way of Tab through everything around it along. */
static void
keep_focus (PosternDomainRow *self)
{
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

    if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->details_bin)))
        gtk_widget_grab_focus (GTK_WIDGET (self->expander));
}

static void
show_details (PosternDomainRow *self)
{
    gboolean expanded = is_expanded (self);
    GtkWidget *details = NULL;

    keep_focus (self);
    if (expanded)
        details = postern_domain_details_new (self->domain, self->subdomains);
    adw_bin_set_child (self->details_bin, details);
    gtk_widget_set_visible (GTK_WIDGET (self->details_bin), expanded);
    gtk_toggle_button_set_active (self->expander, expanded);
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
}

static void
set_expanded_domain (PosternDomainRow *self, PosternDomain *domain)
{
    gboolean expanded = is_expanded (self);

    if (!g_set_object (&self->expanded_domain, domain))
        return;
    if (is_expanded (self) != expanded)
        show_details (self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED_DOMAIN]);
}

static void
on_expander_toggled_cb (PosternDomainRow *self)
{
    if (gtk_toggle_button_get_active (self->expander) != is_expanded (self))
        set_expanded_domain (self, is_expanded (self) ? NULL : self->domain);
}

/* Removed this way it can be brought back as well. */
static gboolean
on_cure_cb (PosternDomainRow *self, PosternFinding *finding)
{
    if (postern_finding_get_cure (finding) != POSTERN_CURE_REMOVE_DOMAIN)
        return FALSE;
    g_signal_emit (self, signals[REMOVE], 0);
    return TRUE;
}

static void
on_remove_clicked_cb (PosternDomainRow *self)
{
    g_signal_emit (self, signals[REMOVE], 0);
}

static void
name_widgets (PosternDomainRow *self)
{
    const char *name = postern_domain_get_display_name (self->domain);
    /* Translators: the button that removes a domain; %s is its name. */
    g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), name);
    /* Translators: the button that shows the settings of a domain; %s is its name. */
    g_autofree char *settings = g_strdup_printf (_ ("Settings of %s"), name);

    gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL, settings, -1);
}

static void
postern_domain_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternDomainRow *self = POSTERN_DOMAIN_ROW (object);

    switch ((PosternDomainRowProperty)id) {
    case PROP_PLAN:
        g_value_set_object (value, self->plan);
        break;
    case PROP_FINDINGS:
        g_value_set_object (value, self->findings);
        break;
    case PROP_DOMAIN:
        g_value_set_object (value, self->domain);
        break;
    case PROP_EXPANDED_DOMAIN:
        g_value_set_object (value, self->expanded_domain);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_domain_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternDomainRow *self = POSTERN_DOMAIN_ROW (object);

    switch ((PosternDomainRowProperty)id) {
    case PROP_PLAN:
        g_set_object (&self->plan, g_value_get_object (value));
        break;
    case PROP_FINDINGS:
        if (g_set_object (&self->findings, g_value_get_object (value)))
            g_object_notify_by_pspec (object, pspec);
        break;
    case PROP_DOMAIN:
        postern_domain_row_set_domain (self, g_value_get_object (value));
        break;
    case PROP_EXPANDED_DOMAIN:
        set_expanded_domain (self, g_value_get_object (value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_domain_row_constructed (GObject *object)
{
    PosternDomainRow *self = POSTERN_DOMAIN_ROW (object);

    G_OBJECT_CLASS (postern_domain_row_parent_class)->constructed (object);
    self->subdomains = postern_subdomains_new (postern_plan_get_domains (self->plan));
    self->bindings = g_binding_group_new ();
    g_binding_group_bind (self->bindings, "local", self->local_switch, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
postern_domain_row_dispose (GObject *object)
{
    PosternDomainRow *self = POSTERN_DOMAIN_ROW (object);

    g_clear_object (&self->bindings);
    g_clear_object (&self->subdomains);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_DOMAIN_ROW);
    g_clear_object (&self->domain);
    g_clear_object (&self->expanded_domain);
    g_clear_object (&self->findings);
    g_clear_object (&self->plan);
    G_OBJECT_CLASS (postern_domain_row_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-domain-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternDomainRow, local_switch);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainRow, remove_button);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainRow, expander);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainRow, name_label);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainRow, ascii_label);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainRow, details_bin);
    gtk_widget_class_bind_template_callback (widget_class, describe);
    gtk_widget_class_bind_template_callback (widget_class, explain_name);
    gtk_widget_class_bind_template_callback (widget_class, has_text);
    gtk_widget_class_bind_template_callback (widget_class, on_expander_toggled_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_cure_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked_cb);
}

static void
postern_domain_row_class_init (PosternDomainRowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_domain_row_get_property;
    object_class->set_property = postern_domain_row_set_property;
    object_class->constructed = postern_domain_row_constructed;
    object_class->dispose = postern_domain_row_dispose;

    /* Not construct-only: an expression in a template would not watch it. */
    properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, POSTERN_TYPE_PLAN,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
    properties[PROP_FINDINGS] = g_param_spec_object ("findings", NULL, NULL, G_TYPE_LIST_MODEL, flags);
    properties[PROP_DOMAIN] = g_param_spec_object ("domain", NULL, NULL, POSTERN_TYPE_DOMAIN, flags);
    properties[PROP_EXPANDED_DOMAIN] = g_param_spec_object ("expanded-domain", NULL, NULL, POSTERN_TYPE_DOMAIN, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[REMOVE] =
        g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure (POSTERN_TYPE_FINDINGS_BOX);
    bind_template (widget_class);
}

static void
postern_domain_row_init (PosternDomainRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    postern_wrap_name (GTK_LABEL (self->name_label));
    postern_wrap_name (self->ascii_label);
}

GtkWidget *
postern_domain_row_new (PosternPlan *plan, GListModel *findings)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);
    return g_object_new (POSTERN_TYPE_DOMAIN_ROW, "plan", plan, "findings", findings, NULL);
}

PosternDomain *
postern_domain_row_get_domain (PosternDomainRow *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN_ROW (self), NULL);
    return self->domain;
}

void
postern_domain_row_set_domain (PosternDomainRow *self, PosternDomain *domain)
{
    gboolean expanded;

    g_return_if_fail (POSTERN_IS_DOMAIN_ROW (self));

    expanded = is_expanded (self);
    if (!g_set_object (&self->domain, domain))
        return;
    postern_subdomains_set_domain (self->subdomains, domain);
    g_binding_group_set_source (self->bindings, domain);
    if (domain != NULL)
        name_widgets (self);
    if (expanded || is_expanded (self))
        show_details (self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOMAIN]);
}

char *
postern_domain_row_describe (PosternDomain *domain, PosternPlan *plan)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (domain), NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);
    return describe (NULL, postern_domain_get_local (domain), postern_domain_get_routing (domain),
                     postern_domain_get_route (domain), postern_plan_get_internal_server (plan));
}
