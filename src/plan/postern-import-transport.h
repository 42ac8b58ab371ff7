/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-domain.h"
#include "plan/postern-route.h"

G_BEGIN_DECLS

/** postern_import_looks_like_transport: Returns: whether @text, the value of an entry, is in the notation of
 * transport(5), and not a host with a port or an IPv6 address */
gboolean postern_import_looks_like_transport (const char *text);

/**
 * postern_import_transport_parse:
 * @text: the value of an entry of a transport(5) table, such as `smtp:[10.0.0.20]:25`
 * @routing: (out): the routing that it stands for
 * @route: (out) (transfer full) (nullable): the route, if the routing is own
 * @error: return location for an error that says why a plan cannot hold it
 *
 * Understands an entry as Postfix does: brackets mean no MX lookup, an empty next hop is the MX of the recipient's
 * domain, a lone colon is as if there were no entry.
 */
gboolean postern_import_transport_parse (const char *text, PosternDomainRouting *routing, PosternRoute **route,
                                         GError **error);

/** postern_import_next_hop_parse: @text: what stands behind the transport's colon, or the value of relayhost; Returns:
 * (transfer full) (nullable): the route, with MX lookup unless there are brackets or an address */
PosternRoute *postern_import_next_hop_parse (const char *text, GError **error);

G_END_DECLS
