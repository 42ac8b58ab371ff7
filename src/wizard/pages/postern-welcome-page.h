/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_WELCOME_PAGE (postern_welcome_page_get_type ())

/** PosternWelcomePage: what Postern does, a new integration, and the plans of the last days */
G_DECLARE_FINAL_TYPE (PosternWelcomePage, postern_welcome_page, POSTERN, WELCOME_PAGE, PosternPage)

G_END_DECLS
