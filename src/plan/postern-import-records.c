/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-records.h"

#include "plan/postern-import-private.h"

/* A route for a domain that is there. */
typedef struct {
    char *name;
    PosternDomainRouting routing;
    PosternRoute *route;
    PosternDomain *given_to; /* once it is in a plan */
} Detour;

struct _PosternImportRecords {
    GPtrArray *domains;
    GPtrArray *networks;
    GPtrArray *detours;
    PosternRoute *internal_server;
    PosternRoute *edge_gateway;
    gboolean gave_internal_server;
    gboolean gave_edge_gateway;
};

static void
detour_free (gpointer data)
{
    Detour *detour = data;

    g_free (detour->name);
    g_clear_pointer (&detour->route, postern_route_unref);
    g_clear_object (&detour->given_to);
    g_free (detour);
}

static void
set_routing (PosternDomain *domain, PosternDomainRouting routing, PosternRoute *route)
{
    if (route)
        postern_domain_set_route (domain, route);
    postern_domain_set_routing (domain, routing);
}

static void
take_domain (PosternImportRecords *self, const PosternImportRecord *record)
{
    PosternDomain *domain = postern_domain_new (record->key, NULL);

    postern_domain_set_local (domain, record->local);
    set_routing (domain, record->routing, record->route);
    g_ptr_array_add (self->domains, domain);
}

static void
take_detour (PosternImportRecords *self, const PosternImportRecord *record)
{
    Detour *detour = g_new0 (Detour, 1);

    detour->name = g_strdup (record->key);
    detour->routing = record->routing;
    detour->route = record->route ? postern_route_ref (record->route) : NULL;
    g_ptr_array_add (self->detours, detour);
}

static void
take_server (PosternRoute **server, const PosternImportRecord *record)
{
    if (*server == NULL)
        *server = postern_route_ref (record->route);
}

static void
take (const PosternImportRecord *record, gboolean adds_route, gpointer user_data)
{
    PosternImportRecords *self = user_data;

    switch (record->subject) {
    case POSTERN_IMPORT_SUBJECT_DOMAIN:
        if (adds_route)
            take_detour (self, record);
        else
            take_domain (self, record);
        break;
    case POSTERN_IMPORT_SUBJECT_NETWORK:
        g_ptr_array_add (self->networks, postern_network_new (record->key, NULL));
        break;
    case POSTERN_IMPORT_SUBJECT_INTERNAL_SERVER:
        take_server (&self->internal_server, record);
        break;
    case POSTERN_IMPORT_SUBJECT_EDGE_GATEWAY:
        take_server (&self->edge_gateway, record);
        break;
    default:
        g_return_if_reached ();
    }
}

PosternImportRecords *
postern_import_records_new (PosternImport *import)
{
    PosternImportRecords *self;

    g_return_val_if_fail (POSTERN_IS_IMPORT (import), NULL);

    self = g_new0 (PosternImportRecords, 1);
    self->domains = g_ptr_array_new_with_free_func (g_object_unref);
    self->networks = g_ptr_array_new_with_free_func (g_object_unref);
    self->detours = g_ptr_array_new_with_free_func (detour_free);
    postern_import_foreach_taken (import, take, self);
    return self;
}

void
postern_import_records_free (PosternImportRecords *self)
{
    g_ptr_array_unref (self->domains);
    g_ptr_array_unref (self->networks);
    g_ptr_array_unref (self->detours);
    g_clear_pointer (&self->internal_server, postern_route_unref);
    g_clear_pointer (&self->edge_gateway, postern_route_unref);
    g_free (self);
}

static gboolean
give_detour (Detour *detour, PosternPlan *plan)
{
    PosternDomain *domain = postern_record_list_lookup (postern_plan_get_domains (plan), detour->name);

    if (domain == NULL || postern_domain_get_routing (domain) != POSTERN_DOMAIN_ROUTING_DEFAULT)
        return FALSE;
    set_routing (domain, detour->routing, detour->route);
    return g_set_object (&detour->given_to, domain);
}

guint
postern_import_records_apply (PosternImportRecords *self, PosternPlan *plan)
{
    guint n_changes;

    g_return_val_if_fail (self != NULL, 0);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), 0);

    self->gave_internal_server = self->internal_server && postern_plan_get_internal_server (plan) == NULL;
    self->gave_edge_gateway = self->edge_gateway && postern_plan_get_edge_gateway (plan) == NULL;
    if (self->gave_internal_server)
        postern_plan_set_internal_server (plan, self->internal_server);
    if (self->gave_edge_gateway)
        postern_plan_set_edge_gateway (plan, self->edge_gateway);
    n_changes = (guint)(self->gave_internal_server + self->gave_edge_gateway);
    n_changes += postern_record_list_append_all (postern_plan_get_domains (plan), self->domains);
    n_changes += postern_record_list_append_all (postern_plan_get_trusted_networks (plan), self->networks);
    for (guint i = 0; i < self->detours->len; i++)
        n_changes += (guint)give_detour (self->detours->pdata[i], plan);
    return n_changes;
}

static void
take_back_detour (Detour *detour)
{
    g_autoptr (PosternDomain) domain = g_steal_pointer (&detour->given_to);

    if (domain && postern_domain_get_routing (domain) == detour->routing &&
        postern_route_equal (postern_domain_get_own_route (domain), detour->route))
        postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_DEFAULT);
}

void
postern_import_records_undo (PosternImportRecords *self, PosternPlan *plan)
{
    g_return_if_fail (self != NULL);
    g_return_if_fail (POSTERN_IS_PLAN (plan));

    for (guint i = 0; i < self->detours->len; i++)
        take_back_detour (self->detours->pdata[i]);
    postern_record_list_remove_those (postern_plan_get_domains (plan), self->domains);
    postern_record_list_remove_those (postern_plan_get_trusted_networks (plan), self->networks);
    if (self->gave_internal_server &&
        postern_route_equal (postern_plan_get_internal_server (plan), self->internal_server))
        postern_plan_set_internal_server (plan, NULL);
    if (self->gave_edge_gateway && postern_route_equal (postern_plan_get_edge_gateway (plan), self->edge_gateway))
        postern_plan_set_edge_gateway (plan, NULL);
}

guint
postern_import_apply (PosternImport *self, PosternPlan *plan)
{
    g_autoptr (PosternImportRecords) records = NULL;

    g_return_val_if_fail (POSTERN_IS_IMPORT (self), 0);

    records = postern_import_records_new (self);
    return postern_import_records_apply (records, plan);
}
