/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-domain-index.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/* The index of the plan's domains as they are now; it belongs to the plan and lives until that changes. */
PosternDomainIndex *postern_plan_get_domain_index (PosternPlan *self);

G_END_DECLS
