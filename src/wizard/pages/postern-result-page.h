/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RESULT_PAGE (postern_result_page_get_type ())

/** PosternResultPage: the proof that the gateway does what the plan says, and what remains to be done elsewhere */
G_DECLARE_FINAL_TYPE (PosternResultPage, postern_result_page, POSTERN, RESULT_PAGE, PosternPage)

G_END_DECLS
