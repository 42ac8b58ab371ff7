/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-info.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/**
 * PosternReport:
 * @plan: the plan
 * @gateway: (nullable): the gateway's address for a person
 * @info: (nullable): who the gateway is
 * @findings: (nullable) (element-type PosternFinding): what is to say about the plan
 * @changes: (nullable) (element-type PosternChange): what a push changes or has changed
 * @outcome: (nullable): what came of the push, in sentences
 * @proofs: (nullable) (element-type PosternProof): what the live mail server answered
 *
 * What a report tells. A plain value that owns nothing.
 */
typedef struct {
    PosternPlan *plan;
    const char *gateway;
    PosternGatewayInfo *info;
    GPtrArray *findings;
    GPtrArray *changes;
    const char *outcome;
    GPtrArray *proofs;
} PosternReport;

/** postern_report_to_text: Returns: (transfer full): the report as plain text, translated, for a file or a mail to a
 * colleague */
char *postern_report_to_text (const PosternReport *self);

G_END_DECLS
