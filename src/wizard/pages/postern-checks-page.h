/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_CHECKS_PAGE (postern_checks_page_get_type ())

/**
 * PosternChecksPage:
 *
 * Asks what the gateway checks. Each switch says whether it is as the scenario recommends, or what the difference leads
 * to.
 */
G_DECLARE_FINAL_TYPE (PosternChecksPage, postern_checks_page, POSTERN, CHECKS_PAGE, PosternPage)

G_END_DECLS
