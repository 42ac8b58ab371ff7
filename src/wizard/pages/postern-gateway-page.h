/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_GATEWAY_PAGE (postern_gateway_page_get_type ())

/** PosternGatewayPage: which gateway should be set up: address, access token, certificate, and what it has at present
 */
G_DECLARE_FINAL_TYPE (PosternGatewayPage, postern_gateway_page, POSTERN, GATEWAY_PAGE, PosternPage)

G_END_DECLS
