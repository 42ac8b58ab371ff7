/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

/** postern_page_factory_make: Returns: (transfer floating): the page of @step, new */
PosternPage *postern_page_factory_make (PosternStep step, PosternSession *session);

G_END_DECLS
