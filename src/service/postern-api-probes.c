/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-handlers.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-hostname.h"
#include "plan/postern-json-document.h"
#include "plan/postern-plan-error.h"
#include "service/postern-network-probe.h"
#include "service/postern-probe-document.h"
#include "service/postern-problem.h"
#include "service/postern-scan-probe.h"
#include "service/postern-smtp-question.h"

typedef struct {
    GInetAddress *client;
    char *sender;
    char *recipient;
} Flow;

static void
flow_clear (Flow *flow)
{
    g_clear_object (&flow->client);
    g_clear_pointer (&flow->sender, g_free);
    g_clear_pointer (&flow->recipient, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flow, flow_clear)

static const PosternProbeMember members[] = {
    { "client", POSTERN_PROBE_TEXT, FALSE },
    { "sender", POSTERN_PROBE_TEXT, FALSE },
    { "recipient", POSTERN_PROBE_TEXT, FALSE },
    { NULL },
};

static PosternReply *
read_flow (JsonObject *object, Flow *flow)
{
    PosternReply *refusal = postern_probe_document_check (object, members);

    if (refusal)
        return refusal;
    flow->client = postern_hostname_parse_address (postern_probe_document_get_text (object, "client"));
    flow->sender = g_strdup (postern_probe_document_get_text (object, "sender"));
    flow->recipient = g_strdup (postern_probe_document_get_text (object, "recipient"));
    if (flow->client == NULL)
        return postern_probe_document_refuse ("/client", "invalid-address",
                                              _ ("This is not an IP address, such as 203.0.113.9."));
    if (*flow->sender && !postern_probe_document_is_mailbox (flow->sender))
        return postern_probe_document_refuse (
            "/sender", "invalid-address",
            _ ("This is neither an e-mail address, such as alice@example.com, nor empty."));
    if (!postern_probe_document_is_mailbox (flow->recipient))
        return postern_probe_document_refuse ("/recipient", "invalid-address",
                                              _ ("This is not an e-mail address, such as alice@example.com."));
    return NULL;
}

static const char *
verdict_of (PosternSmtpReply *reply)
{
    if (postern_smtp_reply_is_positive (reply))
        return "accepted";
    return postern_smtp_reply_is_temporary (reply) ? "deferred" : "refused";
}

static PosternReply *
ask (PosternApi *api, const Flow *flow)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternSmtpReply) answer = NULL;
    PosternSmtpStage stage;
    PosternJsonWriter *json;

    answer = postern_smtp_question_ask (postern_api_get_host (api), flow->client, flow->sender, flow->recipient, &stage,
                                        &error);
    if (answer == NULL)
        return postern_problem_reply ("mta-unavailable", error->message);
    json = postern_json_writer_new ();
    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "kind", "flow");
    postern_json_writer_string_member (json, "verdict", verdict_of (answer));
    postern_json_writer_string_member (json, "reply", postern_smtp_reply_get_display (answer));
    postern_json_writer_string_member (json, "stage", postern_smtp_stage_name (stage));
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}

static PosternReply *
run_flow (PosternApi *api, JsonObject *object)
{
    g_auto (Flow) flow = { 0 };
    PosternReply *reply = read_flow (object, &flow);
    guint wait;

    if (reply)
        return reply;
    if (postern_api_get_host (api) == NULL)
        return postern_problem_reply ("mta-unavailable",
                                      _ ("This gateway has no mail server: it is only for practice."));
    wait = postern_api_begin_probe (api, FALSE);
    if (wait > 0)
        return postern_problem_reply_too_many_probes (wait);
    reply = ask (api, &flow);
    postern_api_end_probe (api);
    return reply;
}

PosternReply *
postern_api_run_probe (PosternApi *api, PosternRequest *request)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) root = NULL;
    gsize length;
    const char *data = g_bytes_get_data (request->body, &length);
    const PosternNetworkProbe *probe;
    const char *kind;

    root = postern_json_document_parse (data, length, NULL, &error);
    if (g_error_matches (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX))
        return postern_problem_reply ("malformed", error->message);
    if (root == NULL)
        return postern_probe_document_refuse ("", "schema", error->message);
    if (!JSON_NODE_HOLDS_OBJECT (root))
        /* Translators: a probe is one real check of the world that the gateway makes: by DNS, TCP or SMTP. A JSON
         * object is a term of that format. */
        return postern_probe_document_refuse ("", "schema", _ ("A probe is a JSON object."));
    kind = postern_probe_document_get_text (json_node_get_object (root), "kind");
    if (kind == NULL)
        return postern_probe_document_refuse ("/kind", "schema", _ ("This member is needed, and is a text."));
    if (g_str_equal (kind, "flow"))
        return run_flow (api, json_node_get_object (root));
    if (g_str_equal (kind, "scan"))
        return postern_scan_probe_run (api, json_node_get_object (root));
    probe = postern_network_probe_find (kind);
    if (probe == NULL)
        return postern_problem_reply ("unknown-probe", _ ("There is no probe of this kind."));
    return postern_network_probe_run (probe, api, json_node_get_object (root));
}
