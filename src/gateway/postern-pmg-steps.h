/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-pmg-step.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * postern_pmg_steps_new:
 * @config: what the gateway has
 * @plan: what it shall have
 *
 * The calls that make the one the other, in an order in which no mail goes astray in between: trusted networks, mail
 * settings, routes before the domains that need them, domains, then the routes that no domain needs any more. A record
 * that is as it should be costs nothing.
 *
 * Returns: (transfer full) (element-type PosternPmgStep): the steps
 */
GPtrArray *postern_pmg_steps_new (PosternPmgConfig *config, PosternPlan *plan);

G_END_DECLS
