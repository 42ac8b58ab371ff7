/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

/**
 * postern_page_texts_carry:
 * @from: (not nullable): a page
 * @to: (not nullable): another one of the same step, made anew
 *
 * Enters into @to what a person has typed into @from and not finished yet. What is in the plan is there already.
 */
void postern_page_texts_carry (PosternPage *from, PosternPage *to);

G_END_DECLS
