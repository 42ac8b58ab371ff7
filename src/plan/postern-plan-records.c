/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-plan-error.h"
#include "plan/postern-plan.h"

static void
refuse_duplicate (GError **error, const char *name)
{
    g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_DUPLICATE, _ ("“%s” is in the list already."), name);
}

PosternDomain *
postern_plan_add_domain (PosternPlan *self, const char *name, GError **error)
{
    g_autoptr (PosternDomain) domain = NULL;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);

    domain = postern_domain_new (name, error);
    if (domain == NULL)
        return NULL;
    if (!postern_record_list_append (postern_plan_get_domains (self), domain)) {
        refuse_duplicate (error, postern_domain_get_display_name (domain));
        return NULL;
    }
    return domain; /* the list holds it */
}

PosternNetwork *
postern_plan_add_trusted_network (PosternPlan *self, const char *text, GError **error)
{
    g_autoptr (PosternNetwork) network = NULL;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);

    network = postern_network_new (text, error);
    if (network == NULL)
        return NULL;
    if (!postern_record_list_append (postern_plan_get_trusted_networks (self), network)) {
        refuse_duplicate (error, postern_network_get_text (network));
        return NULL;
    }
    return network; /* the list holds it */
}

PosternDomain *
postern_plan_find_domain (PosternPlan *self, const char *name)
{
    PosternRecordList *domains;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), NULL);
    g_return_val_if_fail (name != NULL, NULL);

    domains = postern_plan_get_domains (self);
    for (const char *key = name; key != NULL; key = strchr (key + 1, '.')) {
        PosternDomain *domain = postern_record_list_lookup (domains, key);

        if (domain)
            return domain;
    }
    return NULL;
}
