/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-proof.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * postern_proof_list_new:
 * @plan: a plan
 * @known_recipients: (nullable): addresses that exist
 *
 * Returns: (transfer full) (element-type PosternProof): the proofs that @plan asks for, pending. What the plan has
 * nothing of (no local domain, no trusted network, nobody outside) has no proof.
 */
GPtrArray *postern_proof_list_new (PosternPlan *plan, const char *const *known_recipients);

/* postern_proof_decide: Returns: (transfer full): @self with what the mail server answered, judged by @plan */
PosternProof *postern_proof_decide (PosternProof *self, PosternPlan *plan, PosternFlow *flow);

G_END_DECLS
