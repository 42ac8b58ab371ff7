/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-pmg-config.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * What a Proxmox Mail Gateway has, as a plan, and the other way round.
 *
 *   local domain            relay domain (both example.com and .example.com)
 *   a domain's own route    transport; MX lookup is use_mx, which an address never has
 *   route “dns”             transport to the domain's own name with use_mx
 *   internal server         relay, relayport; no MX lookup is relaynomx
 *   edge gateway            smarthost, smarthostport; a name is always looked up by MX, an address never
 *   recipient verification  verifyreceivers
 *   use SPF                 spf
 *   rejected mail           before_queue_filtering; deleted when neither that nor ndr_on_block is set
 *
 * Names are compared without regard to case, networks by what they hold: the server keeps "2001:DB8::/32" and
 * "2001:db8::/32" as two. What no plan can say (a transport for one address, a name that is none) is not read and never
 * touched. Where two entries are one to Postfix, the first counts.
 */

/* postern_pmg_plan_new: Returns: (transfer full): @config as a plan */
PosternPlan *postern_pmg_plan_new (PosternPmgConfig *config);

/* postern_pmg_plan_express: Returns: (transfer full): what will be read back once @plan was pushed */
PosternPlan *postern_pmg_plan_express (PosternPlan *plan);

/* postern_pmg_plan_dup_name: Returns: (transfer full) (nullable): the name of the domain that @key is, %NULL if it is
 * none that a plan can have */
char *postern_pmg_plan_dup_name (const char *key);

/* postern_pmg_plan_parse_network: Returns: (transfer full) (nullable): the network that @key is; host bits, letter case
 * and leading zeros of the length are the server's freedom */
PosternNetwork *postern_pmg_plan_parse_network (const char *key);

/* postern_pmg_plan_parse_transport: Returns: (transfer full) (nullable): the route that @record is */
PosternRoute *postern_pmg_plan_parse_transport (const PosternPmgRecord *record);

/* postern_pmg_plan_get_transport: Returns: (transfer full) (nullable): the route that @domain needs as a transport, MX
 * lookup as the server will say it; %NULL if it needs none or none can say it */
PosternRoute *postern_pmg_plan_get_transport (PosternDomain *domain);

/* postern_pmg_plan_is_rejected: Returns: whether the sending server learns of a message that is refused */
gboolean postern_pmg_plan_is_rejected (PosternPmgConfig *config);

/* The shortest prefix that can be a trusted network. */
#define POSTERN_PMG_SHORTEST_PREFIX 8

G_END_DECLS
