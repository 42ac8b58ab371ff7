/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_KSMG_PAGE (postern_ksmg_page_get_type ())

/** PosternKsmgPage: the plan as steps for the web interface of KSMG, to be ticked one by one */
G_DECLARE_FINAL_TYPE (PosternKsmgPage, postern_ksmg_page, POSTERN, KSMG_PAGE, PosternPage)

G_END_DECLS
