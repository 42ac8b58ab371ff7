/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-push.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-findings.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"
#include "service/postern-live-proof.h"
#include "service/postern-problem.h"
#include "service/postern-service-error.h"

static const char *const scanned_members[] = {
    "use_spf", "use_dmarc", "sender_authentication", "check_sender_before_edge", "rejected_mail", NULL,
};

const char *const *
postern_api_get_scanned_members (void)
{
    return scanned_members;
}

const char *const *
postern_api_get_stored_only (PosternApi *api)
{
    static const char *const nothing[] = { NULL };

    return postern_api_get_scanner (api) ? nothing : scanned_members;
}

/* A strong entity tag of ours (RFC 9110, 8.8.3). Another tag, a list or “*” names no revision that could be replaced
 * unseen. */
static gboolean
parse_tag (const char *tag, guint *number)
{
    gsize length = strlen (tag);
    g_autofree char *digits = NULL;
    guint64 value;

    if (length < 3 || tag[0] != '"' || tag[length - 1] != '"')
        return FALSE;
    digits = g_strndup (tag + 1, length - 2);
    if (digits[0] == '0' && digits[1] != '\0')
        return FALSE;
    if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT, &value, NULL))
        return FALSE;
    *number = (guint)value;
    return TRUE;
}

PosternReply *
postern_api_read_expected (PosternApi *api, PosternRequest *request, guint *expected)
{
    g_autoptr (GError) error = NULL;

    if (request->if_match == NULL)
        return postern_problem_reply (
            "if-match-required", _ ("Send the header If-Match with the ETag of the configuration that you have read."));
    if (!parse_tag (request->if_match, expected))
        return postern_problem_reply ("revision-changed",
                                      _ ("The header If-Match does not name a revision, such as \"7\"."));
    if (!postern_applier_check_expected (postern_api_get_applier (api), *expected, &error))
        return postern_problem_reply_for_error (error);
    return NULL;
}

static PosternReply *
reply_to_bad_document (GPtrArray *problems, const GError *error)
{
    PosternProblem *problem;

    if (g_error_matches (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_TOO_LARGE))
        return postern_problem_reply ("too-large", error->message);
    if (g_error_matches (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX))
        return postern_problem_reply ("malformed", error->message);
    problem = postern_problem_new ("invalid-configuration", error->message);
    for (guint i = 0; problems && i < problems->len; i++) {
        PosternPlanProblem *entry = g_ptr_array_index (problems, i);

        postern_problem_add_error (problem, entry->pointer, postern_plan_error_code_name (entry->code), entry->message);
    }
    return postern_problem_to_reply (problem);
}

PosternReply *
postern_api_read_plan (PosternRequest *request, PosternPlan **plan)
{
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (GError) error = NULL;
    gsize length;
    const char *data = g_bytes_get_data (request->body, &length);

    *plan = postern_plan_from_json (data, length, POSTERN_PLAN_FORM_API, &problems, &error);
    postern_request_drop_body (request);
    return *plan ? NULL : reply_to_bad_document (problems, error);
}

GPtrArray *
postern_api_find (PosternApi *api, PosternPlan *plan)
{
    PosternPostfixHost *host = postern_api_get_host (api);
    g_auto (GStrv) own_names = host ? postern_postfix_host_list_own_names (host) : NULL;
    PosternFindingContext context = {
        .gateway_hosts = (const char *const *)own_names,
        .not_enforced = postern_api_get_stored_only (api),
    };

    return postern_plan_find (plan, &context);
}

static char *
pointer_to_record (PosternRecordList *list, const char *member, const char *subject)
{
    guint position;

    if (subject && postern_record_list_find (list, subject, &position))
        return g_strdup_printf ("/%s/%u", member, position);
    return g_strconcat ("/", member, NULL);
}

char *
postern_api_find_pointer (PosternPlan *plan, PosternFinding *finding)
{
    const char *subject = postern_finding_get_subject (finding);
    const char *code = postern_finding_get_code (finding);

    switch (postern_finding_get_section (finding)) {
    case POSTERN_SECTION_SCENARIO:
        return g_strdup ("/scenario");
    case POSTERN_SECTION_DOMAINS:
        if (subject == NULL && (g_str_equal (code, "mx-on-address") || g_str_has_prefix (code, "route-")))
            return g_strdup ("/internal_server");
        return pointer_to_record (postern_plan_get_domains (plan), "domains", subject);
    case POSTERN_SECTION_EDGE_GATEWAY:
        return g_strdup ("/edge_gateway");
    case POSTERN_SECTION_TRUSTED_NETWORKS:
        return pointer_to_record (postern_plan_get_trusted_networks (plan), "trusted_networks", subject);
    case POSTERN_SECTION_GATEWAY:
    case POSTERN_SECTION_CHECKS:
        return g_strdup ("");
    default:
        g_return_val_if_reached (NULL);
    }
}

/* A finding that is an error stops a push here as it does in every client. NULL if there is none. */
static PosternReply *
refuse_errors (PosternApi *api, PosternPlan *plan)
{
    g_autoptr (GPtrArray) findings = postern_api_find (api, plan);
    PosternProblem *problem;

    if (postern_findings_count (findings, POSTERN_SEVERITY_ERROR) == 0)
        return NULL;
    problem =
        postern_problem_new ("invalid-configuration", postern_finding_get_message (g_ptr_array_index (findings, 0)));
    for (guint i = 0; i < findings->len; i++) {
        PosternFinding *finding = g_ptr_array_index (findings, i);
        g_autofree char *pointer = postern_api_find_pointer (plan, finding);

        if (postern_finding_get_severity (finding) == POSTERN_SEVERITY_ERROR)
            postern_problem_add_error (problem, pointer, postern_finding_get_code (finding),
                                       postern_finding_get_message (finding));
    }
    return postern_problem_to_reply (problem);
}

static const char *
expectation_name (PosternVerdictOutcome outcome)
{
    switch (outcome) {
    case POSTERN_VERDICT_ACCEPTED:
        return "accepted";
    case POSTERN_VERDICT_VERIFIED:
        return "verified";
    case POSTERN_VERDICT_REFUSED:
        return "refused";
    default:
        g_return_val_if_reached (NULL);
    }
}

static void
write_scan_proof (PosternJsonWriter *json, PosternScanProof *proof)
{
    postern_json_writer_member (json, "scan");
    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "verdict", postern_scan_proof_get_verdict_name (proof));
    postern_json_writer_string_member (json, "reply", proof->reply);
    postern_json_writer_end_object (json);
}

static PosternReply *
reply_to_push (PosternPushOutcome *outcome)
{
    PosternJsonWriter *json = postern_json_writer_new ();
    PosternReply *reply;

    postern_json_writer_begin_object (json);
    postern_json_writer_integer_member (json, "revision", outcome->revision);
    postern_json_writer_member (json, "proof");
    postern_json_writer_begin_array (json);
    for (guint i = 0; i < outcome->proofs->len; i++) {
        PosternLiveProof *proof = g_ptr_array_index (outcome->proofs, i);

        postern_json_writer_begin_object (json);
        postern_json_writer_string_member (json, "client", proof->client);
        postern_json_writer_string_member (json, "recipient", proof->recipient);
        postern_json_writer_string_member (json, "expected", expectation_name (proof->expected));
        postern_json_writer_string_member (json, "reply", proof->reply);
        postern_json_writer_boolean_member (json, "holds", proof->holds);
        postern_json_writer_end_object (json);
    }
    postern_json_writer_end_array (json);
    if (outcome->scan_proof)
        write_scan_proof (json, outcome->scan_proof);
    postern_json_writer_end_object (json);
    reply = postern_reply_new_json (json);
    postern_reply_add_revision (reply, outcome->revision);
    return reply;
}

static PosternReply *
carry_out (PosternApi *api, const PosternPushOrder *order)
{
    g_auto (PosternPushOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;

    if (!postern_applier_push (postern_api_get_applier (api), order, &outcome, &error))
        return postern_problem_reply_for_error (error);
    return reply_to_push (&outcome);
}

PosternReply *
postern_api_push (PosternApi *api, PosternRequest *request, PosternPlan *plan, guint expected, guint restored_from)
{
    PosternPushOrder order = {
        .plan = plan, .by = request->client, .expected = expected, .restored_from = restored_from
    };
    PosternReply *refusal = refuse_errors (api, plan);

    return refusal ? refusal : carry_out (api, &order);
}

PosternReply *
postern_api_release (PosternApi *api, PosternRequest *request, PosternPlan *plan, guint expected)
{
    PosternPushOrder order = { .plan = plan, .by = request->client, .expected = expected, .release = TRUE };

    return carry_out (api, &order);
}
