/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-store.h"

#include "plan/postern-plan-json.h"

G_DEFINE_INTERFACE (PosternStore, postern_store, G_TYPE_OBJECT)

static void
postern_store_default_init (PosternStoreInterface *iface)
{
}

PosternStoredRevision *
postern_store_get_current (PosternStore *self, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), NULL);

    return POSTERN_STORE_GET_IFACE (self)->get_current (self, error);
}

PosternStoredRevision *
postern_store_find (PosternStore *self, guint number, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), NULL);

    return POSTERN_STORE_GET_IFACE (self)->find (self, number, error);
}

GPtrArray *
postern_store_list (PosternStore *self, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), NULL);

    return POSTERN_STORE_GET_IFACE (self)->list (self, error);
}

static GBytes *
empty_configuration (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    gsize length;
    char *json = postern_plan_to_json (plan, POSTERN_PLAN_FORM_API, &length);

    return g_bytes_new_take (json, length);
}

GBytes *
postern_store_read_configuration (PosternStore *self, PosternStoredRevision *revision, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), NULL);

    if (revision->number == 0)
        return empty_configuration ();
    return POSTERN_STORE_GET_IFACE (self)->read_configuration (self, revision, error);
}

PosternPlan *
postern_store_read_plan (PosternStore *self, PosternStoredRevision *revision, PosternPlanKeep keep, gpointer keep_data,
                         GError **error)
{
    g_autoptr (GBytes) document = postern_store_read_configuration (self, revision, error);
    gsize length;
    const char *data = document ? g_bytes_get_data (document, &length) : NULL;

    if (document == NULL)
        return NULL;
    return keep ? postern_plan_from_json_keeping (data, length, POSTERN_PLAN_FORM_API, keep, keep_data, error)
                : postern_plan_from_json (data, length, POSTERN_PLAN_FORM_API, NULL, error);
}

char *
postern_store_get_directory (PosternStore *self, PosternStoredRevision *revision)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), NULL);

    return POSTERN_STORE_GET_IFACE (self)->get_directory (self, revision);
}

char *
postern_store_begin (PosternStore *self, PosternStoredRevision *revision, GBytes *configuration, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), NULL);

    return POSTERN_STORE_GET_IFACE (self)->begin (self, revision, configuration, error);
}

gboolean
postern_store_seal (PosternStore *self, PosternStoredRevision *revision, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), FALSE);

    return POSTERN_STORE_GET_IFACE (self)->seal (self, revision, error);
}

gboolean
postern_store_commit (PosternStore *self, PosternStoredRevision *revision, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_STORE (self), FALSE);

    return POSTERN_STORE_GET_IFACE (self)->commit (self, revision, error);
}

void
postern_store_discard (PosternStore *self, PosternStoredRevision *revision)
{
    g_return_if_fail (POSTERN_IS_STORE (self));

    POSTERN_STORE_GET_IFACE (self)->discard (self, revision);
}
