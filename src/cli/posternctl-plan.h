/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * posternctl_plan_load:
 * @name: a file's name, or "-" for standard input
 * @json: whether a trouble is told as a JSON document as well
 *
 * Reads a plan, and tells every thing that is wrong with it.
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL after it was told; the process ends with
 * %POSTERNCTL_UNREADABLE then
 */
PosternPlan *posternctl_plan_load (const char *name, gboolean json);

G_END_DECLS
