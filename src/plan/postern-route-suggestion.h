/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/**
 * postern_plan_suggest_route:
 * @self: a plan
 * @domain: one of its local domains, which has no route
 *
 * Where mail for @domain probably goes: where the domain itself, its subdomains or the nearest parent go, else where
 * all other local domains with a route of their own go. Linear in the number of domains.
 *
 * Returns: (transfer none) (nullable): the route, or %NULL if the plan says nothing of the kind
 */
PosternRoute *postern_plan_suggest_route (PosternPlan *self, PosternDomain *domain);

G_END_DECLS
