/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-rehearsal.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-hostname.h"

struct _PosternRehearsal {
    GObject parent_instance;

    PosternRoute *server;
    char *domain;
    PosternRehearsalOutcome outcome;
    gboolean by_gateway;
    char *title;
    char *summary;
};

G_DEFINE_FINAL_TYPE (PosternRehearsal, postern_rehearsal, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (PosternRehearsalOutcome, postern_rehearsal_outcome,
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_VERIFIES, "verifies"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_SLOW, "slow"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_CATCH_ALL, "catch-all"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_REFUSES_SENDER, "refuses-sender"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_REFUSES_CLIENT, "refuses-client"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_REFUSES_ALL, "refuses-all"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_GREYLISTS, "greylists"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_TEMPFAILS, "tempfails"),
                    G_DEFINE_ENUM_VALUE (POSTERN_REHEARSAL_UNREACHABLE, "unreachable"))

typedef enum {
    PROP_TITLE = 1,
    PROP_SUMMARY,
    PROP_OUTCOME,
    PROP_IS_USELESS,
} PosternRehearsalProperty;

static GParamSpec *properties[PROP_IS_USELESS + 1];

static char *
make_title (PosternRoute *server, const char *domain)
{
    g_autofree char *shown =
        server ? postern_route_to_display (server) : postern_hostname_to_display (domain + (*domain == '.'));

    /* Translators: %s is a domain whose mail goes where DNS says. */
    return server ? g_steal_pointer (&shown) : g_strdup_printf (_ ("The mail server of %s, by DNS"), shown);
}

PosternRehearsal *
postern_rehearsal_new (PosternRoute *server, const char *domain, PosternRehearsalOutcome outcome, gboolean by_gateway,
                       const char *summary)
{
    PosternRehearsal *self;

    g_return_val_if_fail (domain != NULL && summary != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_REHEARSAL, NULL);
    self->server = server ? postern_route_ref (server) : NULL;
    self->domain = g_strdup (domain);
    self->outcome = outcome;
    self->by_gateway = by_gateway;
    self->title = make_title (server, domain);
    self->summary = g_strdup (summary);
    return self;
}

PosternRoute *
postern_rehearsal_get_server (PosternRehearsal *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSAL (self), NULL);
    return self->server;
}

const char *
postern_rehearsal_get_domain (PosternRehearsal *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSAL (self), NULL);
    return self->domain;
}

PosternRehearsalOutcome
postern_rehearsal_get_outcome (PosternRehearsal *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSAL (self), POSTERN_REHEARSAL_UNREACHABLE);
    return self->outcome;
}

gboolean
postern_rehearsal_get_by_gateway (PosternRehearsal *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSAL (self), FALSE);
    return self->by_gateway;
}

const char *
postern_rehearsal_get_title (PosternRehearsal *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSAL (self), NULL);
    return self->title;
}

const char *
postern_rehearsal_get_summary (PosternRehearsal *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSAL (self), NULL);
    return self->summary;
}

gboolean
postern_rehearsal_is_useless (PosternRehearsal *self)
{
    g_return_val_if_fail (POSTERN_IS_REHEARSAL (self), FALSE);

    switch (self->outcome) {
    case POSTERN_REHEARSAL_CATCH_ALL:
    case POSTERN_REHEARSAL_REFUSES_SENDER:
        return TRUE;
    case POSTERN_REHEARSAL_REFUSES_CLIENT:
        /* Somebody else's computer may be refused where the gateway is welcome. */
        return self->by_gateway;
    case POSTERN_REHEARSAL_VERIFIES:
    case POSTERN_REHEARSAL_SLOW:
    case POSTERN_REHEARSAL_REFUSES_ALL:
    case POSTERN_REHEARSAL_GREYLISTS:
    case POSTERN_REHEARSAL_TEMPFAILS:
    case POSTERN_REHEARSAL_UNREACHABLE:
    default:
        return FALSE;
    }
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    PosternRehearsal *self = POSTERN_REHEARSAL (object);

    switch ((PosternRehearsalProperty)property) {
    case PROP_TITLE:
        g_value_set_string (value, self->title);
        break;
    case PROP_SUMMARY:
        g_value_set_string (value, self->summary);
        break;
    case PROP_OUTCOME:
        g_value_set_enum (value, (int)self->outcome);
        break;
    case PROP_IS_USELESS:
        g_value_set_boolean (value, postern_rehearsal_is_useless (self));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
finalize (GObject *object)
{
    PosternRehearsal *self = POSTERN_REHEARSAL (object);

    g_clear_pointer (&self->server, postern_route_unref);
    g_free (self->domain);
    g_free (self->title);
    g_free (self->summary);
    G_OBJECT_CLASS (postern_rehearsal_parent_class)->finalize (object);
}

static void
postern_rehearsal_class_init (PosternRehearsalClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = get_property;
    object_class->finalize = finalize;

    properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
    properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, readable);
    properties[PROP_OUTCOME] =
        g_param_spec_enum ("outcome", NULL, NULL, POSTERN_TYPE_REHEARSAL_OUTCOME, POSTERN_REHEARSAL_VERIFIES, readable);
    properties[PROP_IS_USELESS] = g_param_spec_boolean ("is-useless", NULL, NULL, FALSE, readable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_rehearsal_init (PosternRehearsal *self)
{
}
