/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"
#include "service/postern-postfix-host.h"

G_BEGIN_DECLS

/**
 * postern_verdict_cache_purge:
 * @host: the instance
 * @from: (nullable): the plan under which the verdicts were reached, or %NULL if that is not known
 * @to: the plan that is live now
 * @error: return location for an error, or %NULL
 *
 * Makes Postfix forget what it believes of recipients whose mail now goes elsewhere: a verdict outlives the mistake in
 * the route that caused it by hours (address verification cache, verify(8)). With @from %NULL it forgets everything.
 */
gboolean postern_verdict_cache_purge (PosternPostfixHost *host, PosternPlan *from, PosternPlan *to, GError **error);

G_END_DECLS
