/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-domain.h"
#include "plan/postern-domain-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

struct _PosternDomain {
    GObject parent_instance;

    char *name; /* where it is shown in another form, that follows behind the NUL */
    PosternRoute *route;
    PosternRecordList *list; /* unowned: the list that the record is in */
    /* a plan may have 100,000 of them */
    guint8 routing; /* a PosternDomainRouting */
    guint8 local;
    guint8 shown_differently;
};

G_DEFINE_FINAL_TYPE (PosternDomain, postern_domain, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PosternDomainRouting, postern_domain_routing,
                    G_DEFINE_ENUM_VALUE (POSTERN_DOMAIN_ROUTING_DEFAULT, "default"),
                    G_DEFINE_ENUM_VALUE (POSTERN_DOMAIN_ROUTING_DNS, "dns"),
                    G_DEFINE_ENUM_VALUE (POSTERN_DOMAIN_ROUTING_OWN, "own"))

typedef enum {
    PROP_NAME = 1,
    PROP_DISPLAY_NAME,
    PROP_LOCAL,
    PROP_ROUTING,
    PROP_ROUTE,
} PosternDomainProperty;

static GParamSpec *properties[PROP_ROUTE + 1];

static void
tell (PosternDomain *self, PosternDomainProperty property)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
    if (self->list)
        postern_record_list_record_changed (self->list, self);
}

static void
refuse (GError **error, const char *message)
{
    g_set_error_literal (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_DOMAIN, message);
}

/* The mistakes that people make have an answer of their own. */
static char *
explain_mistake (const char *name)
{
    g_autoptr (GInetAddress) address = postern_hostname_parse_address (name);
    g_autofree char *shown = NULL;

    if (address == NULL && strpbrk (name, "@*") == NULL)
        return NULL;

    shown = postern_text_for_message (name);
    if (address)
        return g_strdup_printf (_ ("“%s” is an IP address. Mail is addressed to a domain, such as example.com."),
                                shown);
    if (strchr (name, '@'))
        return g_strdup_printf (_ ("“%s” is an e-mail address. Enter the part behind the @ sign."), shown);
    return g_strdup_printf (_ ("“%s” has an asterisk. Write .example.com for all subdomains of example.com."), shown);
}

char *
postern_domain_canonical_name (const char *name, GError **error)
{
    g_autofree char *stripped = NULL;
    g_autofree char *mistake = NULL;
    g_autofree char *ascii = NULL;
    g_autoptr (GError) problem = NULL;
    char plain[POSTERN_HOSTNAME_SIZE];
    gboolean dotted;

    g_return_val_if_fail (name != NULL, NULL);

    dotted = name[0] == '.';
    if (postern_hostname_fold (name + dotted, strlen (name + dotted), plain) > 0)
        return g_strconcat (dotted ? "." : "", plain, NULL);

    stripped = g_strstrip (g_strdup (name));
    mistake = explain_mistake (stripped);
    if (mistake) {
        refuse (error, mistake);
        return NULL;
    }

    dotted = stripped[0] == '.';
    ascii = postern_hostname_to_ascii (stripped + dotted, &problem);
    if (ascii == NULL) {
        refuse (error, problem->message);
        return NULL;
    }
    return dotted ? g_strconcat (".", ascii, NULL) : g_steal_pointer (&ascii);
}

static void
take_name (PosternDomain *self, char *name)
{
    g_autofree char *display = strstr (name, "xn--") ? postern_hostname_to_display (name) : NULL;

    self->shown_differently = display != NULL && !g_str_equal (display, name);
    if (self->shown_differently) {
        gsize size = strlen (name) + 1, display_size = strlen (display) + 1;

        name = g_realloc (name, size + display_size);
        memcpy (name + size, display, display_size);
    }
    self->name = name;
}

PosternDomain *
postern_domain_new (const char *name, GError **error)
{
    g_autofree char *canonical = postern_domain_canonical_name (name, error);
    PosternDomain *self;

    if (canonical == NULL)
        return NULL;

    self = g_object_new (POSTERN_TYPE_DOMAIN, NULL);
    take_name (self, g_steal_pointer (&canonical));
    return self;
}

PosternDomain *
postern_domain_copy (PosternDomain *self)
{
    PosternDomain *copy;

    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), NULL);

    copy = g_object_new (POSTERN_TYPE_DOMAIN, NULL);
    take_name (copy, g_strdup (self->name));
    copy->route = self->route ? postern_route_ref (self->route) : NULL;
    copy->routing = self->routing;
    copy->local = self->local;
    return copy;
}

const char *
postern_domain_get_name (PosternDomain *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), NULL);
    return self->name;
}

const char *
postern_domain_get_display_name (PosternDomain *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), NULL);
    return self->shown_differently ? self->name + strlen (self->name) + 1 : self->name;
}

gboolean
postern_domain_is_subdomains (PosternDomain *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), FALSE);
    return self->name[0] == '.';
}

gboolean
postern_domain_get_local (PosternDomain *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), FALSE);
    return self->local;
}

void
postern_domain_set_local (PosternDomain *self, gboolean local)
{
    g_return_if_fail (POSTERN_IS_DOMAIN (self));

    local = !!local;
    if (self->local == local)
        return;
    self->local = (guint8)local;
    tell (self, PROP_LOCAL);
}

PosternDomainRouting
postern_domain_get_routing (PosternDomain *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), POSTERN_DOMAIN_ROUTING_DEFAULT);
    return self->routing;
}

void
postern_domain_set_routing (PosternDomain *self, PosternDomainRouting routing)
{
    g_return_if_fail (POSTERN_IS_DOMAIN (self));

    if (self->routing == routing)
        return;
    self->routing = (guint8)routing;
    tell (self, PROP_ROUTING);
}

PosternRoute *
postern_domain_get_route (PosternDomain *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), NULL);
    return self->route;
}

void
postern_domain_set_route (PosternDomain *self, PosternRoute *route)
{
    g_return_if_fail (POSTERN_IS_DOMAIN (self));

    if (postern_route_equal (self->route, route))
        return;
    if (route)
        postern_route_ref (route);
    g_clear_pointer (&self->route, postern_route_unref);
    self->route = route;
    tell (self, PROP_ROUTE);
}

PosternRoute *
postern_domain_get_own_route (PosternDomain *self)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (self), NULL);
    return self->routing == POSTERN_DOMAIN_ROUTING_OWN ? self->route : NULL;
}

gboolean
postern_domain_equal (PosternDomain *a, PosternDomain *b)
{
    g_return_val_if_fail (POSTERN_IS_DOMAIN (a) && POSTERN_IS_DOMAIN (b), FALSE);

    return a->local == b->local && a->routing == b->routing && g_str_equal (a->name, b->name) &&
           postern_route_equal (postern_domain_get_own_route (a), postern_domain_get_own_route (b));
}

const char *
postern_domain_record_key (gpointer item)
{
    return POSTERN_DOMAIN (item)->name;
}

void
postern_domain_record_watch (gpointer item, PosternRecordList *list)
{
    POSTERN_DOMAIN (item)->list = list;
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    PosternDomain *self = POSTERN_DOMAIN (object);

    switch ((PosternDomainProperty)property) {
    case PROP_NAME:
        g_value_set_string (value, self->name);
        break;
    case PROP_DISPLAY_NAME:
        g_value_set_string (value, postern_domain_get_display_name (self));
        break;
    case PROP_LOCAL:
        g_value_set_boolean (value, self->local);
        break;
    case PROP_ROUTING:
        g_value_set_enum (value, self->routing);
        break;
    case PROP_ROUTE:
        g_value_set_boxed (value, self->route);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
set_property (GObject *object, guint property, const GValue *value, GParamSpec *spec)
{
    PosternDomain *self = POSTERN_DOMAIN (object);

    switch ((PosternDomainProperty)property) {
    case PROP_LOCAL:
        postern_domain_set_local (self, g_value_get_boolean (value));
        break;
    case PROP_ROUTING:
        postern_domain_set_routing (self, g_value_get_enum (value));
        break;
    case PROP_ROUTE:
        postern_domain_set_route (self, g_value_get_boxed (value));
        break;
    case PROP_NAME:
    case PROP_DISPLAY_NAME:
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
finalize (GObject *object)
{
    PosternDomain *self = POSTERN_DOMAIN (object);

    g_free (self->name);
    g_clear_pointer (&self->route, postern_route_unref);
    G_OBJECT_CLASS (postern_domain_parent_class)->finalize (object);
}

static void
postern_domain_class_init (PosternDomainClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
    const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;

    properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, readable);
    properties[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, NULL, readable);
    properties[PROP_LOCAL] = g_param_spec_boolean ("local", NULL, NULL, TRUE, writable);
    properties[PROP_ROUTING] = g_param_spec_enum ("routing", NULL, NULL, POSTERN_TYPE_DOMAIN_ROUTING,
                                                  POSTERN_DOMAIN_ROUTING_DEFAULT, writable);
    properties[PROP_ROUTE] = g_param_spec_boxed ("route", NULL, NULL, POSTERN_TYPE_ROUTE, writable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_domain_init (PosternDomain *self)
{
    self->local = TRUE;
}
