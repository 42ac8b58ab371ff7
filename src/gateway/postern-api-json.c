/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-api-json.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gateway/postern-gateway-error.h"
#include "gateway/postern-json-reader.h"
#include "gateway/postern-revision.h"
#include "plan/postern-finding.h"
#include "plan/postern-plan-json.h"

#define API_VERSION 1

/* The Gateway API speaks of pages by these names; what is not among them is told with the gateway's own page. */
static PosternSection
parse_section (const char *page)
{
    int section;

    if (page != NULL && postern_enum_from_nick (POSTERN_TYPE_SECTION, page, &section))
        return section;
    return POSTERN_SECTION_GATEWAY;
}

/* Takes what is wrong with a plan for what is wrong with the answer. */
static PosternPlan *
take_plan (PosternPlan *plan, GError *reason, GError **error)
{
    if (plan == NULL)
        g_set_error_literal (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL, reason->message);
    g_clear_error (&reason);
    return plan;
}

static PosternPlan *
parse_plan (const char *data, gsize length, GError **error)
{
    GError *reason = NULL;
    PosternPlan *plan = postern_plan_from_json (data, length, POSTERN_PLAN_FORM_API, NULL, &reason);

    return take_plan (plan, reason, error);
}

PosternPlan *
postern_api_json_parse_configuration (GBytes *body, GError **error)
{
    gsize length;
    const char *data = g_bytes_get_data (body, &length);

    return parse_plan (data != NULL ? data : "", length, error);
}

static PosternMtaState
parse_state (const char *text)
{
    int state = POSTERN_MTA_STATE_STOPPED;

    /* A state that a newer gateway may know is not “running”, and nothing more can be said of it. */
    if (text != NULL)
        postern_enum_from_nick (POSTERN_TYPE_MTA_STATE, text, &state);
    return state;
}

/* The state of a part of the gateway that older gateways do not speak of; NULL then. */
static char *
take_part_state (PosternJsonReader *reader, const char *part)
{
    char *state;

    if (!postern_json_reader_enter_optional (reader, part))
        return NULL;
    state = postern_json_reader_take_string (reader, "state");
    postern_json_reader_leave (reader);
    return state;
}

/* Whatever the plan says: without the one nothing can be pushed, without the other no mail goes to hosts with names. */
static char **
take_remarks (PosternJsonReader *reader)
{
    g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();
    g_autofree char *scanner = take_part_state (reader, "scanner");
    g_autofree char *dns = take_part_state (reader, "dns");

    if (g_strcmp0 (scanner, "stopped") == 0)
        g_strv_builder_add (remarks, _ ("The gateway's Rspamd is not running. Until it is, no message is scanned: mail "
                                        "is put off, and no configuration can be pushed."));
    if (g_strcmp0 (dns, "silent") == 0)
        g_strv_builder_add (remarks, _ ("The gateway's DNS servers do not answer. Until they do, it cannot check SPF "
                                        "and DMARC, so that forged mail may be delivered, and mail for hosts that are "
                                        "given by name waits."));
    return g_strv_builder_end (remarks);
}

PosternGatewayInfo *
postern_api_json_parse_info (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autofree char *product = NULL;
    g_autofree char *version = NULL;
    g_autofree char *node = NULL;
    g_autofree char *mta_name = NULL;
    g_autofree char *mta_version = NULL;
    g_autofree char *mta_state = NULL;
    g_auto (GStrv) capabilities = NULL;
    g_auto (GStrv) not_enforced = NULL;
    g_auto (GStrv) remarks = NULL;

    if (reader == NULL)
        return NULL;
    if (postern_json_reader_take_number (reader, "api") != API_VERSION)
        postern_json_reader_refuse (reader, "api");
    product = postern_json_reader_take_string (reader, "product");
    version = postern_json_reader_take_string (reader, "version");
    node = postern_json_reader_take_string (reader, "node");
    capabilities = postern_json_reader_take_strings (reader, "capabilities");
    not_enforced = postern_json_reader_take_strings (reader, "stored_only");
    postern_json_reader_enter (reader, "mta");
    mta_name = postern_json_reader_take_string (reader, "name");
    mta_version = postern_json_reader_take_optional_string (reader, "version");
    mta_state = postern_json_reader_take_string (reader, "state");
    postern_json_reader_leave (reader);
    remarks = take_remarks (reader);
    if (!postern_json_reader_check (reader, error))
        return NULL;
    return g_object_new (POSTERN_TYPE_GATEWAY_INFO, "product", product, "version", version, "node", node, "mta-name",
                         mta_name, "mta-version", mta_version, "mta-state", parse_state (mta_state), "capabilities",
                         capabilities, "not-enforced", not_enforced, "remarks", remarks, NULL);
}

char *
postern_api_json_parse_written (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    gint64 revision;

    if (reader == NULL)
        return NULL;
    revision = postern_json_reader_take_number (reader, "revision");
    if (!postern_json_reader_check (reader, error))
        return NULL;
    return g_strdup_printf ("%" G_GINT64_FORMAT, revision);
}

static PosternRevision *
take_revision (PosternJsonReader *reader)
{
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, postern_json_reader_take_number (reader, "revision"));
    g_autofree char *created = postern_json_reader_take_optional_string (reader, "created");
    g_autofree char *by = postern_json_reader_take_optional_string (reader, "by");
    g_autoptr (GDateTime) date = created != NULL ? g_date_time_new_from_iso8601 (created, NULL) : NULL;
    gboolean current = postern_json_reader_take_flag (reader, "current");
    gint64 changes = postern_json_reader_take_number (reader, "changes");
    g_autofree char *restored_from =
        postern_json_reader_has (reader, "restored_from")
            ? g_strdup_printf ("%" G_GINT64_FORMAT, postern_json_reader_take_number (reader, "restored_from"))
            : NULL;

    return g_object_new (POSTERN_TYPE_REVISION, "id", id, "created", date, "by", by != NULL ? by : "", "current",
                         current, "changes", (guint)CLAMP (changes, 0, G_MAXUINT), "restored-from", restored_from,
                         "unmanaged", postern_json_reader_has (reader, "unmanaged"), NULL);
}

/* The API does not promise an order. */
static int
compare_revisions (gconstpointer a, gconstpointer b)
{
    gint64 x = g_ascii_strtoll (postern_revision_get_id (*(PosternRevision **)a), NULL, 10);
    gint64 y = g_ascii_strtoll (postern_revision_get_id (*(PosternRevision **)b), NULL, 10);

    return (x < y) - (x > y);
}

GPtrArray *
postern_api_json_parse_revisions (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autoptr (GPtrArray) revisions = g_ptr_array_new_with_free_func (g_object_unref);

    if (reader == NULL)
        return NULL;
    for (guint i = 0; postern_json_reader_enter_element (reader, "revisions", i); i++) {
        g_ptr_array_add (revisions, take_revision (reader));
        postern_json_reader_leave (reader);
    }
    if (!postern_json_reader_check (reader, error))
        return NULL;
    g_ptr_array_sort (revisions, compare_revisions);
    return g_steal_pointer (&revisions);
}

PosternPlan *
postern_api_json_parse_revision (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autofree char *configuration = NULL;
    gsize length;

    if (reader == NULL)
        return NULL;
    configuration = postern_json_reader_take_document (reader, "configuration", &length);
    if (!postern_json_reader_check (reader, error))
        return NULL;
    return parse_plan (configuration, length, error);
}

PosternFlow *
postern_api_json_parse_flow (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autofree char *verdict_name = NULL;
    g_autofree char *reply = NULL;
    g_autofree char *stage = NULL;
    int verdict = 0;

    if (reader == NULL)
        return NULL;
    verdict_name = postern_json_reader_take_string (reader, "verdict");
    reply = postern_json_reader_take_string (reader, "reply");
    stage = postern_json_reader_take_string (reader, "stage");
    if (verdict_name != NULL && !postern_enum_from_nick (POSTERN_TYPE_FLOW_VERDICT, verdict_name, &verdict))
        postern_json_reader_refuse (reader, "verdict");
    if (!postern_json_reader_check (reader, error))
        return NULL;
    return postern_flow_new (verdict, reply, stage);
}

PosternScan *
postern_api_json_parse_scan (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autoptr (PosternScan) scan = NULL;

    if (reader == NULL)
        return NULL;
    scan = g_new0 (PosternScan, 1);
    scan->verdict = postern_json_reader_take_string (reader, "verdict");
    scan->reply = postern_json_reader_take_string (reader, "reply");
    scan->current = postern_json_reader_take_flag (reader, "current");
    return postern_json_reader_check (reader, error) ? g_steal_pointer (&scan) : NULL;
}

static PosternFinding *
take_finding (PosternJsonReader *reader)
{
    g_autofree char *code = postern_json_reader_take_string (reader, "code");
    g_autofree char *severity_name = postern_json_reader_take_string (reader, "severity");
    g_autofree char *message = postern_json_reader_take_string (reader, "message");
    g_autofree char *page = postern_json_reader_take_optional_string (reader, "page");
    int severity = 0;

    if (severity_name != NULL && !postern_enum_from_nick (POSTERN_TYPE_SEVERITY, severity_name, &severity))
        postern_json_reader_refuse (reader, "severity");
    if (code == NULL || message == NULL)
        return NULL;
    return postern_finding_new (code, severity, parse_section (page), NULL, message, POSTERN_CURE_NONE);
}

GPtrArray *
postern_api_json_parse_findings (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);

    if (reader == NULL)
        return NULL;
    for (guint i = 0; postern_json_reader_enter_element (reader, "findings", i); i++) {
        PosternFinding *finding = take_finding (reader);

        if (finding != NULL)
            g_ptr_array_add (findings, finding);
        postern_json_reader_leave (reader);
    }
    if (!postern_json_reader_check (reader, error))
        return NULL;
    return g_steal_pointer (&findings);
}

PosternRecipientAnswer *
postern_api_json_parse_recipient_answer (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autoptr (PosternRecipientAnswer) answer = NULL;

    if (reader == NULL)
        return NULL;
    answer = g_new0 (PosternRecipientAnswer, 1);
    answer->found = postern_json_reader_take_string (reader, "class");
    answer->server = postern_json_reader_take_optional_string (reader, "server");
    answer->summary = postern_json_reader_take_string (reader, "summary");
    return postern_json_reader_check (reader, error) ? g_steal_pointer (&answer) : NULL;
}

static PosternMailLogEntry *
take_mail_log_entry (PosternJsonReader *reader)
{
    g_autofree char *time_text = postern_json_reader_take_string (reader, "time");
    g_autoptr (GDateTime) time = time_text != NULL ? g_date_time_new_from_iso8601 (time_text, NULL) : NULL;
    g_autofree char *queue_id = postern_json_reader_take_optional_string (reader, "queue_id");
    g_autofree char *client = postern_json_reader_take_optional_string (reader, "client");
    g_autofree char *from = postern_json_reader_take_optional_string (reader, "from");
    g_autofree char *to = postern_json_reader_take_optional_string (reader, "to");
    g_autofree char *verdict_name = postern_json_reader_take_string (reader, "verdict");
    g_autofree char *code = postern_json_reader_take_optional_string (reader, "code");
    g_autofree char *reply = postern_json_reader_take_optional_string (reader, "reply");
    g_autofree char *next_hop = postern_json_reader_take_optional_string (reader, "next_hop");
    int verdict = 0;

    if (verdict_name != NULL && !postern_enum_from_nick (POSTERN_TYPE_MAIL_VERDICT, verdict_name, &verdict))
        postern_json_reader_refuse (reader, "verdict");
    return g_object_new (POSTERN_TYPE_MAIL_LOG_ENTRY, "time", time, "queue-id", queue_id, "client", client, "from",
                         from, "to", to, "verdict", verdict, "code", code, "reply", reply != NULL ? reply : "",
                         "next-hop", next_hop, NULL);
}

PosternMailLog *
postern_api_json_parse_mail_log (GBytes *body, GError **error)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, error);
    g_autoptr (PosternMailLog) log = NULL;

    if (reader == NULL)
        return NULL;
    log = g_new0 (PosternMailLog, 1);
    log->entries = g_ptr_array_new_with_free_func (g_object_unref);
    log->cursor = postern_json_reader_take_string (reader, "cursor");
    log->gap = postern_json_reader_take_flag (reader, "gap");
    log->more = postern_json_reader_take_flag (reader, "more");
    for (guint i = 0; postern_json_reader_enter_element (reader, "entries", i); i++) {
        g_ptr_array_add (log->entries, take_mail_log_entry (reader));
        postern_json_reader_leave (reader);
    }
    return postern_json_reader_check (reader, error) ? g_steal_pointer (&log) : NULL;
}

GBytes *
postern_api_json_make_configuration (PosternPlan *plan)
{
    gsize length;
    char *data = postern_plan_to_json (plan, POSTERN_PLAN_FORM_API, &length);

    return g_bytes_new_take (data, length);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
    json_builder_set_member_name (builder, name);
    json_builder_add_string_value (builder, text);
}

/* Takes @builder. */
static GBytes *
finish (JsonBuilder *builder)
{
    g_autoptr (JsonNode) root = json_builder_get_root (json_builder_end_object (builder));
    char *data = json_to_string (root, FALSE);

    g_object_unref (builder);
    return g_bytes_new_take (data, strlen (data));
}

GBytes *
postern_api_json_make_flow_probe (const char *client, const char *sender, const char *recipient)
{
    JsonBuilder *builder = json_builder_begin_object (json_builder_new_immutable ());

    add_text (builder, "kind", "flow");
    add_text (builder, "client", client);
    add_text (builder, "sender", sender);
    add_text (builder, "recipient", recipient);
    return finish (builder);
}

GBytes *
postern_api_json_make_recipient_probe (PosternRoute *server, const char *recipient)
{
    JsonBuilder *builder = json_builder_begin_object (json_builder_new_immutable ());

    add_text (builder, "kind", "recipient");
    add_text (builder, "host", postern_route_get_host (server));
    json_builder_set_member_name (builder, "port");
    json_builder_add_int_value (builder, postern_route_get_port (server));
    /* The plan may say it of an address; Postfix does not look it up then, see postern-postfix.c. */
    json_builder_set_member_name (builder, "mx");
    json_builder_add_boolean_value (builder,
                                    postern_route_get_mx (server) && postern_route_get_address (server) == NULL);
    add_text (builder, "recipient", recipient);
    return finish (builder);
}

/* Each entry of `errors`; whatever of it is missing is left empty. */
static GPtrArray *
take_problems (PosternJsonReader *reader)
{
    g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_gateway_problem_free);

    for (guint i = 0; postern_json_reader_enter_element (reader, "errors", i); i++) {
        g_autofree char *pointer = postern_json_reader_take_optional_string (reader, "pointer");
        g_autofree char *code = postern_json_reader_take_optional_string (reader, "code");
        g_autofree char *detail = postern_json_reader_take_optional_string (reader, "detail");

        g_ptr_array_add (problems,
                         postern_gateway_problem_new (pointer != NULL ? pointer : "", code != NULL ? code : "",
                                                      detail != NULL ? detail : ""));
        postern_json_reader_leave (reader);
    }
    return problems->len > 0 ? g_steal_pointer (&problems) : NULL;
}

PosternApiProblem *
postern_api_json_parse_problem (GBytes *body)
{
    g_autoptr (PosternJsonReader) reader = postern_json_reader_new (body, NULL);
    PosternApiProblem *self = g_new0 (PosternApiProblem, 1);

    if (reader == NULL)
        return self;
    self->title = postern_json_reader_take_optional_string (reader, "title");
    self->detail = postern_json_reader_take_optional_string (reader, "detail");
    self->code = postern_json_reader_take_optional_string (reader, "code");
    self->problems = take_problems (reader);
    return self;
}

void
postern_api_problem_free (PosternApiProblem *self)
{
    g_free (self->title);
    g_free (self->detail);
    g_free (self->code);
    g_clear_pointer (&self->problems, g_ptr_array_unref);
    g_free (self);
}
