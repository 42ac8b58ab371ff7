/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-domains-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wizard/postern-domain-row.h"
#include "wizard/postern-findings-box.h"
#include "wizard/postern-route-editor.h"
#include "wizard/postern-ui.h"

struct _PosternDomainsPage {
    PosternRecordsPage parent_instance;

    PosternDomain *expanded_domain;

    PosternRouteEditor *internal_server;
    PosternFindingsBox *findings_box;
    PosternRecordAdder *adder;
    GtkSearchEntry *search_entry;
    GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (PosternDomainsPage, postern_domains_page, POSTERN_TYPE_RECORDS_PAGE)

typedef enum {
    PROP_EXPANDED_DOMAIN = 1,
} PosternDomainsPageProperty;

static GParamSpec *properties[PROP_EXPANDED_DOMAIN + 1];

static const char *
bare_name (PosternDomain *domain)
{
    return postern_domain_get_display_name (domain) + postern_domain_is_subdomains (domain);
}

/* By name; the record for the subdomains behind that of the domain itself. */
static int
compare_domains (gpointer a, gpointer b)
{
    int order = strcmp (bare_name (a), bare_name (b));

    return order != 0 ? order : postern_domain_is_subdomains (a) - postern_domain_is_subdomains (b);
}

static gboolean
domain_matches (gpointer domain, const char *needle)
{
    return strstr (postern_domain_get_name (domain), needle) != NULL ||
           strstr (postern_domain_get_display_name (domain), needle) != NULL;
}

static char *
domain_name (gpointer domain)
{
    return g_strdup (postern_domain_get_display_name (domain));
}

static const char *
domain_key (gpointer domain)
{
    return postern_domain_get_name (domain);
}

static gpointer
parse_domain (const char *text, GError **error)
{
    return postern_domain_new (text, error);
}

static char *
describe_domain (PosternRecordsPage *page, gpointer domain)
{
    return postern_domain_row_describe (domain, postern_page_get_plan (POSTERN_PAGE (page)));
}

static char *
added_text (guint n)
{
    return g_strdup_printf (ngettext ("%'u domain added", "%'u domains added", n), n);
}

static char *
removed_text (guint n)
{
    return g_strdup_printf (ngettext ("%'u domain removed", "%'u domains removed", n), n);
}

static const char *
remove_all_heading (void)
{
    return _ ("Remove All Domains?");
}

static void
on_row_remove_cb (PosternDomainsPage *self, PosternDomainRow *row)
{
    postern_records_page_remove (POSTERN_RECORDS_PAGE (self), postern_domain_row_get_domain (row));
}

static GtkWidget *
make_row (PosternRecordsPage *page)
{
    PosternPage *base = POSTERN_PAGE (page);
    GListModel *findings = G_LIST_MODEL (postern_session_get_findings (postern_page_get_session (base)));
    GtkWidget *row = postern_domain_row_new (postern_page_get_plan (base), findings);

    g_object_bind_property (page, "expanded-domain", row, "expanded-domain",
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    g_signal_connect_object (row, "remove", G_CALLBACK (on_row_remove_cb), page, G_CONNECT_SWAPPED);
    return row;
}

static void
show_domain (PosternRecordsPage *page, GtkWidget *row, gpointer domain)
{
    postern_domain_row_set_domain (POSTERN_DOMAIN_ROW (row), domain);
}

static gboolean
lacks_host (PosternDomain *domain)
{
    return domain != NULL && postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_OWN &&
           postern_domain_get_route (domain) == NULL;
}

/* One cannot go on while a host is half typed; everything else that is missing is a finding, not a wall. */
static void
judge_completeness (PosternDomainsPage *self)
{
    g_autofree char *reason = NULL;

    /* The window may close while the page is in view. */
    if (self->internal_server == NULL)
        return;
    if (postern_route_editor_get_unfinished (self->internal_server))
        reason = g_strdup (_ ("The internal mail server is not a complete address yet."));
    else if (lacks_host (self->expanded_domain))
        /* Translators: %s is a domain. */
        reason = g_strdup_printf (_ ("The route of %s has no host yet."),
                                  postern_domain_get_display_name (self->expanded_domain));
    postern_page_set_incomplete (POSTERN_PAGE (self), reason);
}

/* Collapsed without a host, the domain is routed as before. */
static void
leave_domain (PosternDomainsPage *self)
{
    g_signal_handlers_disconnect_by_func (self->expanded_domain, judge_completeness, self);
    if (lacks_host (self->expanded_domain))
        postern_domain_set_routing (self->expanded_domain, POSTERN_DOMAIN_ROUTING_DEFAULT);
    g_clear_object (&self->expanded_domain);
}

static void
set_expanded_domain (PosternDomainsPage *self, PosternDomain *domain)
{
    if (self->expanded_domain == domain)
        return;
    if (self->expanded_domain != NULL)
        leave_domain (self);
    if (domain != NULL) {
        self->expanded_domain = g_object_ref (domain);
        g_signal_connect_object (domain, "notify", G_CALLBACK (judge_completeness), self, G_CONNECT_SWAPPED);
    }
    judge_completeness (self);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED_DOMAIN]);
}

static void
toggle_expanded (PosternRecordsPage *page, gpointer domain)
{
    PosternDomainsPage *self = POSTERN_DOMAINS_PAGE (page);

    set_expanded_domain (self, self->expanded_domain == domain ? NULL : domain);
}

/* A removed domain is not expanded any more, and does not come back so. */
static void
on_domains_changed_cb (PosternDomainsPage *self, guint position, guint removed)
{
    PosternRecordList *domains = postern_plan_get_domains (postern_page_get_plan (POSTERN_PAGE (self)));

    if (removed > 0 && self->expanded_domain != NULL &&
        postern_record_list_lookup (domains, postern_domain_get_name (self->expanded_domain)) != self->expanded_domain)
        set_expanded_domain (self, NULL);
}

static gboolean
is_empty (PosternDomainsPage *self, guint n)
{
    return n == 0;
}

static void
postern_domains_page_deactivate (PosternPage *page)
{
    set_expanded_domain (POSTERN_DOMAINS_PAGE (page), NULL);
}

static void
postern_domains_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    switch ((PosternDomainsPageProperty)id) {
    case PROP_EXPANDED_DOMAIN:
        g_value_set_object (value, POSTERN_DOMAINS_PAGE (object)->expanded_domain);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_domains_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    switch ((PosternDomainsPageProperty)id) {
    case PROP_EXPANDED_DOMAIN:
        set_expanded_domain (POSTERN_DOMAINS_PAGE (object), g_value_get_object (value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_domains_page_constructed (GObject *object)
{
    PosternDomainsPage *self = POSTERN_DOMAINS_PAGE (object);
    PosternPage *page = POSTERN_PAGE (object);
    PosternPlan *plan = postern_page_get_plan (page);

    G_OBJECT_CLASS (postern_domains_page_parent_class)->constructed (object);
    postern_records_page_set_up (POSTERN_RECORDS_PAGE (self), postern_plan_get_domains (plan), self->adder,
                                 self->search_entry, self->list_view);
    g_object_bind_property (plan, "internal-server", self->internal_server, "route",
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    g_object_set (self->findings_box, "model", postern_session_get_findings (postern_page_get_session (page)), "plan",
                  plan, NULL);
    g_signal_connect_object (postern_plan_get_domains (plan), "items-changed", G_CALLBACK (on_domains_changed_cb), self,
                             G_CONNECT_SWAPPED);
    judge_completeness (self);
}

static void
postern_domains_page_dispose (GObject *object)
{
    PosternDomainsPage *self = POSTERN_DOMAINS_PAGE (object);

    if (self->expanded_domain != NULL)
        g_signal_handlers_disconnect_by_func (self->expanded_domain, judge_completeness, self);
    g_clear_object (&self->expanded_domain);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_DOMAINS_PAGE);
    G_OBJECT_CLASS (postern_domains_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (POSTERN_TYPE_FINDINGS_BOX);
    g_type_ensure (POSTERN_TYPE_RECORD_ADDER);
    g_type_ensure (POSTERN_TYPE_ROUTE_EDITOR);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-domains-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternDomainsPage, internal_server);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainsPage, findings_box);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainsPage, adder);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainsPage, search_entry);
    gtk_widget_class_bind_template_child (widget_class, PosternDomainsPage, list_view);
    gtk_widget_class_bind_template_callback (widget_class, is_empty);
    gtk_widget_class_bind_template_callback (widget_class, judge_completeness);
}

static void
postern_domains_page_class_init (PosternDomainsPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    PosternRecordsPageClass *records_class = POSTERN_RECORDS_PAGE_CLASS (klass);

    object_class->get_property = postern_domains_page_get_property;
    object_class->set_property = postern_domains_page_set_property;
    object_class->constructed = postern_domains_page_constructed;
    object_class->dispose = postern_domains_page_dispose;
    POSTERN_PAGE_CLASS (klass)->deactivate = postern_domains_page_deactivate;
    records_class->parser = parse_domain;
    records_class->key = domain_key;
    records_class->compare = compare_domains;
    records_class->matches = domain_matches;
    records_class->get_name = domain_name;
    records_class->describe = describe_domain;
    records_class->make_row = make_row;
    records_class->show = show_domain;
    records_class->activated = toggle_expanded;
    records_class->added_text = added_text;
    records_class->removed_text = removed_text;
    records_class->remove_all_heading = remove_all_heading;
    records_class->wanted = POSTERN_IMPORT_DOMAINS;

    properties[PROP_EXPANDED_DOMAIN] =
        g_param_spec_object ("expanded-domain", NULL, NULL, POSTERN_TYPE_DOMAIN,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
postern_domains_page_init (PosternDomainsPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
