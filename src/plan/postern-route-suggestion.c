/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-route-suggestion.h"

#include <string.h>

static PosternRoute *
own_route_of (PosternPlan *self, const char *name)
{
    PosternDomain *domain = postern_record_list_lookup (postern_plan_get_domains (self), name);

    return domain && postern_domain_get_local (domain) ? postern_domain_get_own_route (domain) : NULL;
}

/* The records of @name itself and of its subdomains; then those of each parent. */
static PosternRoute *
route_of_relative (PosternPlan *self, const char *name)
{
    for (const char *parent = name; parent; parent = strchr (parent, '.')) {
        g_autofree char *subdomains = NULL;
        PosternRoute *route;

        parent += *parent == '.';
        subdomains = g_strconcat (".", parent, NULL);
        route = own_route_of (self, parent);
        if (route == NULL)
            route = own_route_of (self, subdomains);
        if (route)
            return route;
    }
    return NULL;
}

/* The one route that local domains have; %NULL if they have none, or different ones. */
static PosternRoute *
common_route (PosternPlan *self)
{
    PosternRecordList *domains = postern_plan_get_domains (self);
    guint n = postern_record_list_get_length (domains);
    PosternRoute *common = NULL;

    for (guint i = 0; i < n; i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);
        PosternRoute *route = postern_domain_get_local (domain) ? postern_domain_get_own_route (domain) : NULL;

        if (route && common && !postern_route_equal (route, common))
            return NULL;
        if (route)
            common = route;
    }
    return common;
}

PosternRoute *
postern_plan_suggest_route (PosternPlan *self, PosternDomain *domain)
{
    const char *name;
    PosternRoute *route;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);
    g_return_val_if_fail (POSTERN_IS_DOMAIN (domain), NULL);

    name = postern_domain_get_name (domain) + postern_domain_is_subdomains (domain);
    route = route_of_relative (self, name);
    return route ? route : common_route (self);
}
