/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gateway/postern-flow.h"
#include "gateway/postern-gateway-info.h"
#include "gateway/postern-mail-log.h"
#include "gateway/postern-recipient-answer.h"
#include "gateway/postern-scan.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * The documents of the Gateway API (data/gateway-api.yaml) as objects. A document that is not what the API promises
 * gives %POSTERN_GATEWAY_ERROR_PROTOCOL with a sentence that says what is wrong with it; unknown members are passed
 * over, so that a newer gateway can say more. Texts from a gateway come without control characters and cut to a length
 * that can be shown.
 */

PosternGatewayInfo *postern_api_json_parse_info (GBytes *body, GError **error);

/* postern_api_json_parse_configuration: Returns: (transfer full) (nullable): the plan in a configuration document */
PosternPlan *postern_api_json_parse_configuration (GBytes *body, GError **error);

/* postern_api_json_parse_written: Returns: (transfer full) (nullable): the revision in the answer to a PUT or a restore
 */
char *postern_api_json_parse_written (GBytes *body, GError **error);

/* postern_api_json_parse_revisions: Returns: (transfer full) (nullable) (element-type PosternRevision): newest first */
GPtrArray *postern_api_json_parse_revisions (GBytes *body, GError **error);

/* postern_api_json_parse_revision: Returns: (transfer full) (nullable): the configuration of a revision document */
PosternPlan *postern_api_json_parse_revision (GBytes *body, GError **error);

PosternFlow *postern_api_json_parse_flow (GBytes *body, GError **error);

PosternScan *postern_api_json_parse_scan (GBytes *body, GError **error);

PosternRecipientAnswer *postern_api_json_parse_recipient_answer (GBytes *body, GError **error);

PosternMailLog *postern_api_json_parse_mail_log (GBytes *body, GError **error);

/* postern_api_json_parse_findings: Returns: (transfer full) (nullable) (element-type PosternFinding): those of a check
 */
GPtrArray *postern_api_json_parse_findings (GBytes *body, GError **error);

/* postern_api_json_make_configuration: Returns: (transfer full): the configuration document of @plan */
GBytes *postern_api_json_make_configuration (PosternPlan *plan);

GBytes *postern_api_json_make_flow_probe (const char *client, const char *sender, const char *recipient);
GBytes *postern_api_json_make_recipient_probe (PosternRoute *server, const char *recipient);

/*
 * PosternApiProblem:
 * @title: (nullable): the problem document's title
 * @detail: (nullable): what happened
 * @code: (nullable): the stable name
 * @problems: (nullable) (element-type PosternGatewayProblem): each bad member
 *
 * A problem document (RFC 9457). Every member of it is optional.
 */
typedef struct {
    char *title;
    char *detail;
    char *code;
    GPtrArray *problems;
} PosternApiProblem;

/* postern_api_json_parse_problem: Returns: (transfer full): what @body says; empty if it is not a problem document */
PosternApiProblem *postern_api_json_parse_problem (GBytes *body);
void postern_api_problem_free (PosternApiProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternApiProblem, postern_api_problem_free)

G_END_DECLS
