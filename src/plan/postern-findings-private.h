/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-findings.h"

G_BEGIN_DECLS

/*
 * PosternJudge: a plan that is being judged, and what was found so far. Each file of findings looks at one part of the
 * plan.
 */
typedef struct {
    PosternPlan *plan;
    const PosternFindingContext *context; /* never NULL */
    gboolean edge_scenario;
    GPtrArray *findings;
    GHashTable *told; /* interned code → PosternTold */
} PosternJudge;

/*
 * Whether one more finding of @code is to be told in full. Says no after the first twenty and counts, so that 100,000
 * records with one mistake neither cost 100,000 sentences nor hide everything else. Every finding about a record asks
 * first.
 */
gboolean postern_judge_wants (PosternJudge *judge, const char *code);

/* Adds a finding; takes @message. Returns it, to be completed. */
PosternFinding *postern_judge_tell (PosternJudge *judge, const char *code, PosternSeverity severity,
                                    PosternSection section, const char *subject, char *message, PosternCure cure);

/* What the button of a finding's cure says, where that depends on the plan; takes @label. */
void postern_finding_set_cure_label (PosternFinding *finding, char *label);

void postern_judge_routes (PosternJudge *judge);
void postern_judge_networks (PosternJudge *judge);
void postern_judge_checks (PosternJudge *judge);
void postern_judge_rehearsals (PosternJudge *judge);

G_END_DECLS
