/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-finding.h"
#include "plan/postern-plan.h"
#include "plan/postern-rehearsal.h"

G_BEGIN_DECLS

/**
 * PosternFindingContext:
 * @gateway_hosts: (nullable): names and addresses that the gateway itself answers to, %NULL-terminated; for
 * `route-to-gateway`
 * @not_enforced: (nullable): members of the plan file that the chosen gateway stores but does not enforce,
 * %NULL-terminated; for `gateway-gap`
 * @rehearsals: (nullable) (element-type PosternRehearsal): what internal mail servers answered when they were asked for
 * recipients; for `verification-useless`
 *
 * What is known beside the plan. All of it may be missing.
 */
typedef struct {
    const char *const *gateway_hosts;
    const char *const *not_enforced;
    GPtrArray *rehearsals;
} PosternFindingContext;

/**
 * postern_plan_find:
 * @self: a plan
 * @context: (nullable): what is known beside it
 *
 * Judges a plan. Linear in its size; a kind of finding that many records share is told for the first twenty records and
 * then once more with the number of the others.
 *
 * Returns: (transfer full) (element-type PosternFinding): findings, errors first, then warnings, then notes
 */
GPtrArray *postern_plan_find (PosternPlan *self, const PosternFindingContext *context);

/** postern_findings_count: Returns: how many of @findings have @severity */
guint postern_findings_count (GPtrArray *findings, PosternSeverity severity);

/** postern_cure_apply: does to @plan what @finding's cure promises; Returns: whether the plan changed */
gboolean postern_cure_apply (PosternFinding *finding, PosternPlan *plan);

G_END_DECLS
