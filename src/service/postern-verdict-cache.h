/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"
#include "service/postern-postfix-host.h"
#include "service/postern-store.h"

G_BEGIN_DECLS

/**
 * postern_verdict_cache_purge:
 * @host: the instance
 * @plan: (nullable): one of the two plans between which Postfix has changed
 * @store: (nullable): where the other one is
 * @before: (nullable): which revision that is, or %NULL if it is not known under which plan the verdicts were reached
 * @error: return location for an error, or %NULL
 *
 * Makes Postfix forget what it believes of recipients whose mail now goes elsewhere: a verdict outlives the mistake in
 * the route that caused it by hours (address verification cache, verify(8)). With @before %NULL it forgets everything.
 */
gboolean postern_verdict_cache_purge (PosternPostfixHost *host, PosternPlan *plan, PosternStore *store,
                                      PosternStoredRevision *before, GError **error);

G_END_DECLS
