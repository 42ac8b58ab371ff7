/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-records-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_DOMAINS_PAGE (postern_domains_page_get_type ())

/**
 * PosternDomainsPage:
 *
 * Asks which domains the gateway receives mail for, and where their mail goes.
 *
 * Property: `expanded-domain` (#PosternDomain, nullable): the one whose settings are shown.
 */
G_DECLARE_FINAL_TYPE (PosternDomainsPage, postern_domains_page, POSTERN, DOMAINS_PAGE, PosternRecordsPage)

G_END_DECLS
