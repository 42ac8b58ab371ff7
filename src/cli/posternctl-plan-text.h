/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/* posternctl_plan_text: Returns: (transfer full): the plan in words, by section, translated */
char *posternctl_plan_text (PosternPlan *plan);

G_END_DECLS
