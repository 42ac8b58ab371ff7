/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PUSH_PAGE (postern_push_page_get_type ())

/** PosternPushPage: the gateway is being set up: each step, what it answered, and how it ended */
G_DECLARE_FINAL_TYPE (PosternPushPage, postern_push_page, POSTERN, PUSH_PAGE, PosternPage)

G_END_DECLS
