/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-proof.h"
#include "gateway/postern-scan.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/* postern_refused_mail_proof_new: Returns: (transfer full): the pending proof of what becomes of a message that
 * scanning refuses */
PosternProof *postern_refused_mail_proof_new (PosternPlan *plan);

/* postern_refused_mail_proof_decide: Returns: (transfer full): @self with what the scanner has done, judged by @plan */
PosternProof *postern_refused_mail_proof_decide (PosternProof *self, PosternPlan *plan, PosternScan *scan);

G_END_DECLS
