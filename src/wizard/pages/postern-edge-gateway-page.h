/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_EDGE_GATEWAY_PAGE (postern_edge_gateway_page_get_type ())

/**
 * PosternEdgeGatewayPage:
 *
 * Asks where the edge gateway receives mail, shows what its name resolves to, and tries a connection.
 */
G_DECLARE_FINAL_TYPE (PosternEdgeGatewayPage, postern_edge_gateway_page, POSTERN, EDGE_GATEWAY_PAGE, PosternPage)

G_END_DECLS
