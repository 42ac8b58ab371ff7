/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-info.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-pmg-error.h"
#include "gateway/postern-pmg-json.h"

/* A machine without a cluster is listed only if one asks for it. */
#define STATUS_PATH "/config/cluster/status?list_single_node=1"

static char *
read_version (PosternPmgSession *session, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternPmgAnswer) answer =
        postern_pmg_session_call (session, "GET", "/version", NULL, cancellable, error);
    GError *reason = NULL;
    char *version = answer != NULL ? postern_pmg_json_parse_version (answer->body, &reason) : NULL;

    if (reason != NULL)
        g_propagate_error (error, postern_pmg_error_not_understood (postern_pmg_session_get_address (session), reason));
    return version;
}

static GPtrArray *
read_nodes (PosternPmgSession *session, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternPmgAnswer) answer =
        postern_pmg_session_call (session, "GET", STATUS_PATH, NULL, cancellable, error);
    GError *reason = NULL;
    GPtrArray *nodes = answer != NULL ? postern_pmg_json_parse_nodes (answer->body, &reason) : NULL;

    if (reason != NULL)
        g_propagate_error (error, postern_pmg_error_not_understood (postern_pmg_session_get_address (session), reason));
    return nodes;
}

/* Whose lists are written to, wherever one asks. */
static const char *
get_master (GPtrArray *nodes, PosternGatewayAddress *address)
{
    for (guint i = 0; i < nodes->len; i++) {
        const PosternPmgNode *node = nodes->pdata[i];

        if (node->master && node->name != NULL)
            return node->name;
    }
    return postern_gateway_address_get_host (address);
}

static void
remark_role (GStrvBuilder *remarks, const char *role)
{
    static const char *const writing[] = { "root", "admin", NULL };

    /* Boxes of before 2017 do not say. */
    if (role == NULL || g_strv_contains (writing, role))
        return;
    g_strv_builder_take (remarks,
                         /* Translators: %s is Proxmox's name of a role, such as “audit”. */
                         g_strdup_printf (_ ("This user has the role “%s”, which may look at the configuration but not "
                                             "change it. A push needs a user with the role “Administrator”."),
                                          role));
}

static void
remark_nodes (GStrvBuilder *remarks, GPtrArray *nodes)
{
    for (guint i = 0; i < nodes->len; i++) {
        const PosternPmgNode *node = nodes->pdata[i];
        const char *name = node->name != NULL ? node->name : "";

        if (node->trouble != NULL && *node->trouble != '\0')
            g_strv_builder_take (remarks,
                                 /* Translators: the first %s is a machine, the second what is wrong with it. */
                                 g_strdup_printf (_ ("The node %s of the cluster cannot be reached (%s). It keeps the "
                                                     "old configuration until it is in sync again."),
                                                  name, node->trouble));
        else if (!node->insync)
            g_strv_builder_take (remarks,
                                 /* Translators: %s is a machine. */
                                 g_strdup_printf (_ ("The node %s of the cluster is not in sync with its master. It "
                                                     "gets the new configuration when it is."),
                                                  name));
    }
}

PosternGatewayInfo *
postern_pmg_info_read (PosternPmgSession *session, GCancellable *cancellable, GError **error)
{
    const char *const capabilities[] = { "recipient-verification", "check", NULL };
    g_autofree char *version = read_version (session, cancellable, error);
    g_autoptr (GPtrArray) nodes = version != NULL ? read_nodes (session, cancellable, error) : NULL;
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) remarks = NULL;

    if (nodes == NULL)
        return NULL;
    remark_role (builder, postern_pmg_session_get_role (session));
    remark_nodes (builder, nodes);
    remarks = g_strv_builder_end (builder);
    return g_object_new (POSTERN_TYPE_GATEWAY_INFO, "product", "Proxmox Mail Gateway", "version", version, "node",
                         get_master (nodes, postern_pmg_session_get_address (session)), "mta-name", "Postfix",
                         "mta-state", POSTERN_MTA_STATE_RUNNING, "capabilities", capabilities, "remarks", remarks,
                         NULL);
}
