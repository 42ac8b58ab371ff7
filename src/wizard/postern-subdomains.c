/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-subdomains.h"

struct _PosternSubdomains {
    GObject parent_instance;

    PosternRecordList *domains;
    PosternDomain *domain;
    PosternDomain *record;   /* the domain's other record, while it is in the list */
    GBindingGroup *settings; /* what the record follows; without a source while it has settings of its own */
};

G_DEFINE_FINAL_TYPE (PosternSubdomains, postern_subdomains, G_TYPE_OBJECT)

typedef enum {
    PROP_DOMAINS = 1,
    PROP_DOMAIN,
    PROP_POSSIBLE,
    PROP_INCLUDED,
} PosternSubdomainsProperty;

static GParamSpec *properties[PROP_INCLUDED + 1];

static gboolean
is_possible (PosternSubdomains *self)
{
    return self->domain != NULL && !postern_domain_is_subdomains (self->domain);
}

static char *
record_name (PosternSubdomains *self)
{
    return g_strconcat (".", postern_domain_get_name (self->domain), NULL);
}

static gboolean
same_settings (PosternDomain *a, PosternDomain *b)
{
    return postern_domain_get_local (a) == postern_domain_get_local (b) &&
           postern_domain_get_routing (a) == postern_domain_get_routing (b) &&
           postern_route_equal (postern_domain_get_own_route (a), postern_domain_get_own_route (b));
}

/* Also comes while the record follows the domain, and then finds them equal. */
static void
on_record_changed_cb (PosternSubdomains *self)
{
    if (!same_settings (self->domain, self->record))
        g_binding_group_set_source (self->settings, NULL);
}

static void
release_record (PosternSubdomains *self)
{
    if (self->record != NULL)
        g_signal_handlers_disconnect_by_func (self->record, on_record_changed_cb, self);
    g_clear_object (&self->settings);
    g_clear_object (&self->record);
}

static void
follow (PosternSubdomains *self, PosternDomain *record)
{
    self->record = g_object_ref (record);
    self->settings = g_binding_group_new ();
    g_binding_group_bind (self->settings, "local", record, "local", G_BINDING_DEFAULT);
    /* The route first: a routing of its own without it would be none. */
    g_binding_group_bind (self->settings, "route", record, "route", G_BINDING_DEFAULT);
    g_binding_group_bind (self->settings, "routing", record, "routing", G_BINDING_DEFAULT);
    if (same_settings (self->domain, record))
        g_binding_group_set_source (self->settings, self->domain);
    g_signal_connect_swapped (record, "notify", G_CALLBACK (on_record_changed_cb), self);
}

static void
look_for_record (PosternSubdomains *self)
{
    g_autofree char *name = is_possible (self) ? record_name (self) : NULL;
    PosternDomain *record = NULL;

    if (name != NULL && self->domains != NULL)
        record = postern_record_list_lookup (self->domains, name);
    if (self->record == record)
        return;
    release_record (self);
    if (record != NULL)
        follow (self, record);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INCLUDED]);
}

static void
set_domains (PosternSubdomains *self, PosternRecordList *domains)
{
    if (!g_set_object (&self->domains, domains))
        return;
    g_signal_connect_object (domains, "items-changed", G_CALLBACK (look_for_record), self, G_CONNECT_SWAPPED);
}

static void
postern_subdomains_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternSubdomains *self = POSTERN_SUBDOMAINS (object);

    switch ((PosternSubdomainsProperty)id) {
    case PROP_DOMAINS:
        g_value_set_object (value, self->domains);
        break;
    case PROP_DOMAIN:
        g_value_set_object (value, self->domain);
        break;
    case PROP_POSSIBLE:
        g_value_set_boolean (value, is_possible (self));
        break;
    case PROP_INCLUDED:
        g_value_set_boolean (value, self->record != NULL);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_subdomains_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternSubdomains *self = POSTERN_SUBDOMAINS (object);

    switch ((PosternSubdomainsProperty)id) {
    case PROP_DOMAINS:
        set_domains (self, g_value_get_object (value));
        break;
    case PROP_DOMAIN:
        postern_subdomains_set_domain (self, g_value_get_object (value));
        break;
    case PROP_INCLUDED:
        postern_subdomains_set_included (self, g_value_get_boolean (value));
        break;
    case PROP_POSSIBLE:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_subdomains_dispose (GObject *object)
{
    PosternSubdomains *self = POSTERN_SUBDOMAINS (object);

    release_record (self);
    g_clear_object (&self->domain);
    g_clear_object (&self->domains);
    G_OBJECT_CLASS (postern_subdomains_parent_class)->dispose (object);
}

static void
postern_subdomains_class_init (PosternSubdomainsClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_subdomains_get_property;
    object_class->set_property = postern_subdomains_set_property;
    object_class->dispose = postern_subdomains_dispose;

    properties[PROP_DOMAINS] = g_param_spec_object ("domains", NULL, NULL, POSTERN_TYPE_RECORD_LIST,
                                                    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | flags);
    properties[PROP_DOMAIN] =
        g_param_spec_object ("domain", NULL, NULL, POSTERN_TYPE_DOMAIN, G_PARAM_READWRITE | flags);
    properties[PROP_POSSIBLE] = g_param_spec_boolean ("possible", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
    properties[PROP_INCLUDED] = g_param_spec_boolean ("included", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_subdomains_init (PosternSubdomains *self)
{
}

PosternSubdomains *
postern_subdomains_new (PosternRecordList *domains)
{
    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (domains), NULL);
    return g_object_new (POSTERN_TYPE_SUBDOMAINS, "domains", domains, NULL);
}

void
postern_subdomains_set_domain (PosternSubdomains *self, PosternDomain *domain)
{
    gboolean included;

    g_return_if_fail (POSTERN_IS_SUBDOMAINS (self));

    if (self->domain == domain)
        return;
    included = self->record != NULL;
    release_record (self);
    g_set_object (&self->domain, domain);
    g_object_freeze_notify (G_OBJECT (self));
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOMAIN]);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSSIBLE]);
    look_for_record (self);
    if (included && self->record == NULL)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INCLUDED]);
    g_object_thaw_notify (G_OBJECT (self));
}

gboolean
postern_subdomains_get_included (PosternSubdomains *self)
{
    g_return_val_if_fail (POSTERN_IS_SUBDOMAINS (self), FALSE);
    return self->record != NULL;
}

void
postern_subdomains_set_included (PosternSubdomains *self, gboolean included)
{
    g_autofree char *name = NULL;
    g_autoptr (PosternDomain) record = NULL;

    g_return_if_fail (POSTERN_IS_SUBDOMAINS (self));

    if (!is_possible (self) || included == (self->record != NULL))
        return;
    name = record_name (self);
    if (!included) {
        postern_record_list_remove (self->domains, name);
        return;
    }
    record = postern_domain_new (name, NULL);
    /* A name of 253 characters has no room for a dot before it. */
    if (record == NULL)
        return;
    postern_domain_set_local (record, postern_domain_get_local (self->domain));
    postern_domain_set_route (record, postern_domain_get_route (self->domain));
    postern_domain_set_routing (record, postern_domain_get_routing (self->domain));
    postern_record_list_append (self->domains, record);
}
