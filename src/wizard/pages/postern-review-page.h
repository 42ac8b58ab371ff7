/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_REVIEW_PAGE (postern_review_page_get_type ())

/** PosternReviewPage: what is to say about the plan, what a push changes, where mail goes, and what happens to a
 * message */
G_DECLARE_FINAL_TYPE (PosternReviewPage, postern_review_page, POSTERN, REVIEW_PAGE, PosternPage)

G_END_DECLS
