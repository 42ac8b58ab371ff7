/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-pmg-config.h"

G_BEGIN_DECLS

/*
 * The documents of Proxmox's API as plain values. Its types are loose (a port is "25" in one place and 25 in another),
 * so texts, numbers and flags are taken in either form. A document of another shape gives
 * %POSTERN_GATEWAY_ERROR_PROTOCOL with a sentence that says what is wrong with it.
 */

/*
 * PosternPmgTicket:
 * @ticket: the cookie's value
 * @csrf: the token against cross-site requests
 * @role: (nullable): what the user may do
 * @need_tfa: whether a second factor is wanted before the ticket is good for anything
 */
typedef struct {
    char *ticket;
    char *csrf;
    char *role;
    gboolean need_tfa;
} PosternPmgTicket;

PosternPmgTicket *postern_pmg_json_parse_ticket (GBytes *body, GError **error);
void postern_pmg_ticket_free (PosternPmgTicket *self);

/* postern_pmg_json_parse_version: Returns: (transfer full) (nullable): such as "9.1.0" */
char *postern_pmg_json_parse_version (GBytes *body, GError **error);

/*
 * PosternPmgNode:
 * @name: the machine
 * @trouble: (nullable): why it cannot be asked
 * @master: whether it is the one that is written to; so is a machine without a cluster
 * @insync: whether it has what the master has
 */
typedef struct {
    char *name;
    char *trouble;
    gboolean master;
    gboolean insync;
} PosternPmgNode;

/* postern_pmg_json_parse_nodes: Returns: (transfer full) (nullable) (element-type PosternPmgNode): the cluster's */
GPtrArray *postern_pmg_json_parse_nodes (GBytes *body, GError **error);
void postern_pmg_node_free (PosternPmgNode *self);

/* postern_pmg_json_parse_list: puts what @body says of @list into @config */
gboolean postern_pmg_json_parse_list (GBytes *body, PosternPmgList list, PosternPmgConfig *config, GError **error);

/*
 * postern_pmg_json_parse_refusal:
 * @message: (out) (transfer full) (nullable): what the server says; boxes of before 2025 say nothing here
 * @problems: (out) (transfer full) (element-type PosternGatewayProblem) (nullable): each bad parameter
 *
 * Returns: whether @body is the server's own refusal, not something else's
 */
gboolean postern_pmg_json_parse_refusal (GBytes *body, char **message, GPtrArray **problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgTicket, postern_pmg_ticket_free)

G_END_DECLS
