/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-verdict.h"
#include "service/postern-postfix-host.h"

G_BEGIN_DECLS

/**
 * PosternLiveProof:
 *
 * One question to the live Postfix, what the plan says that it answers, and what it did answer.
 */
typedef struct {
    char *client;    /* the address that was played */
    char *recipient; /* an e-mail address, as it was said */
    PosternVerdictOutcome expected;
    char *reply; /* what Postfix answered, or why there is no answer; %NULL before it was asked */
    gboolean holds;
    gboolean not_applicable; /* this Postfix cannot have such a client: it does not speak IPv6 */
} PosternLiveProof;

/**
 * postern_live_proof_run:
 * @host: the instance, which has taken over @plan
 * @plan: the plan
 *
 * Asks the live Postfix by SMTP: a trusted and an untrusted client, of IPv4 and of IPv6, for a few recipients in local
 * domains (first and last, internationalized in both forms, in a subdomain), in a domain that is not local and in one
 * that nobody has. Several at once, because verification of a recipient takes seconds. What does not hold is asked
 * again, up to three times: around a reload a process may still answer as before.
 *
 * Returns: (transfer full) (element-type PosternLiveProof): the proofs, those that fail included
 */
GPtrArray *postern_live_proof_run (PosternPostfixHost *host, PosternPlan *plan);

/** postern_live_proof_find_failure: Returns: (transfer none) (nullable): the first of @proofs that does not hold */
PosternLiveProof *postern_live_proof_find_failure (GPtrArray *proofs);

/** postern_live_proof_describe: Returns: (transfer full): what was expected and what was answered, for a person,
 * translated */
char *postern_live_proof_describe (PosternLiveProof *self);

G_END_DECLS
