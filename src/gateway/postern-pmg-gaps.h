/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-finding.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * postern_pmg_gaps_find:
 *
 * What of @plan a Proxmox Mail Gateway cannot have, as `gateway-gap` findings. It is an error where mail would go
 * another way than the plan says, a warning where it may, and a note where something is done in another manner.
 *
 * Returns: (transfer full) (element-type PosternFinding): errors first
 */
GPtrArray *postern_pmg_gaps_find (PosternPlan *plan);

G_END_DECLS
