/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-records-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_NETWORKS_PAGE (postern_networks_page_get_type ())

/**
 * PosternNetworksPage:
 *
 * Asks who may send mail through the gateway to anyone.
 */
G_DECLARE_FINAL_TYPE (PosternNetworksPage, postern_networks_page, POSTERN, NETWORKS_PAGE, PosternRecordsPage)

G_END_DECLS
