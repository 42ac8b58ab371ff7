/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-json.h"

#include <json-glib/json-glib.h>

#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"

static JsonBuilder *
begin (void)
{
    return json_builder_begin_object (json_builder_new ());
}

/* Takes @builder. */
static char *
end (JsonBuilder *builder)
{
    g_autoptr (JsonNode) root = json_builder_get_root (json_builder_end_object (builder));

    g_object_unref (builder);
    return json_to_string (root, TRUE);
}

/* A member that is null if there is no text. */
static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
    json_builder_set_member_name (builder, name);
    if (text != NULL)
        json_builder_add_string_value (builder, text);
    else
        json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean flag)
{
    json_builder_set_member_name (builder, name);
    json_builder_add_boolean_value (builder, flag);
}

static void
add_nick (JsonBuilder *builder, const char *name, GType type, int value)
{
    add_text (builder, name, postern_enum_to_nick (type, value));
}

static void
add_date (JsonBuilder *builder, const char *name, GDateTime *date)
{
    g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

    add_text (builder, name, text);
}

/* An array of objects, one for each of @items; nothing if there is no array. */
static void
add_array (JsonBuilder *builder, const char *name, GPtrArray *items, void (*add) (JsonBuilder *, gpointer))
{
    if (items == NULL)
        return;
    json_builder_set_member_name (builder, name);
    json_builder_begin_array (builder);
    for (guint i = 0; i < items->len; i++) {
        json_builder_begin_object (builder);
        add (builder, items->pdata[i]);
        json_builder_end_object (builder);
    }
    json_builder_end_array (builder);
}

static const char *
get_code_name (const GError *error)
{
    if (error->domain == POSTERN_GATEWAY_ERROR)
        return postern_gateway_error_code_name (error->code);
    if (error->domain == POSTERN_PLAN_ERROR)
        return postern_plan_error_code_name (error->code);
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : "failed";
}

static void
add_certificate (JsonBuilder *builder, PosternCertificate *certificate)
{
    add_text (builder, "fingerprint", postern_certificate_get_fingerprint (certificate));
    add_text (builder, "subject", postern_certificate_get_subject (certificate));
    add_date (builder, "not_before", postern_certificate_get_not_before (certificate));
    add_date (builder, "not_after", postern_certificate_get_not_after (certificate));
    add_text (builder, "problems", postern_certificate_get_problems (certificate));
}

static void
add_gateway_problem (JsonBuilder *builder, gpointer item)
{
    PosternGatewayProblem *problem = item;

    add_text (builder, "pointer", problem->pointer);
    add_text (builder, "code", problem->code);
    add_text (builder, "message", problem->detail);
}

static void
add_plan_problem (JsonBuilder *builder, gpointer item)
{
    PosternPlanProblem *problem = item;

    add_text (builder, "pointer", problem->pointer);
    add_text (builder, "code", postern_plan_error_code_name (problem->code));
    add_text (builder, "message", problem->message);
}

static void
add_error (JsonBuilder *builder, const GError *error)
{
    PosternCertificate *certificate = postern_gateway_error_get_certificate (error);

    json_builder_set_member_name (builder, "error");
    json_builder_begin_object (builder);
    add_text (builder, "code", get_code_name (error));
    add_text (builder, "message", error->message);
    add_array (builder, "problems", postern_gateway_error_get_problems (error), add_gateway_problem);
    if (certificate != NULL) {
        json_builder_set_member_name (builder, "certificate");
        json_builder_begin_object (builder);
        add_certificate (builder, certificate);
        json_builder_end_object (builder);
    }
    json_builder_end_object (builder);
}

char *
posternctl_json_error (const GError *error)
{
    JsonBuilder *builder = begin ();

    add_error (builder, error);
    return end (builder);
}

char *
posternctl_json_plan_error (const GError *error, GPtrArray *problems)
{
    JsonBuilder *builder = begin ();

    json_builder_set_member_name (builder, "error");
    json_builder_begin_object (builder);
    add_text (builder, "code", get_code_name (error));
    add_text (builder, "message", error->message);
    add_array (builder, "problems", problems, add_plan_problem);
    json_builder_end_object (builder);
    return end (builder);
}

static void
add_finding (JsonBuilder *builder, gpointer item)
{
    PosternFinding *finding = item;

    add_text (builder, "code", postern_finding_get_code (finding));
    add_nick (builder, "severity", POSTERN_TYPE_SEVERITY, postern_finding_get_severity (finding));
    add_nick (builder, "page", POSTERN_TYPE_SECTION, postern_finding_get_section (finding));
    add_text (builder, "subject", postern_finding_get_subject (finding));
    add_text (builder, "message", postern_finding_get_message (finding));
}

char *
posternctl_json_findings (GPtrArray *findings)
{
    return posternctl_json_check (findings, NULL);
}

static void
add_rehearsal (JsonBuilder *builder, gpointer item)
{
    PosternRehearsal *rehearsal = item;

    add_text (builder, "server", postern_rehearsal_get_title (rehearsal));
    add_text (builder, "domain", postern_rehearsal_get_domain (rehearsal));
    add_nick (builder, "outcome", POSTERN_TYPE_REHEARSAL_OUTCOME, postern_rehearsal_get_outcome (rehearsal));
    add_text (builder, "summary", postern_rehearsal_get_summary (rehearsal));
    add_flag (builder, "by_gateway", postern_rehearsal_get_by_gateway (rehearsal));
    add_flag (builder, "useless", postern_rehearsal_is_useless (rehearsal));
}

char *
posternctl_json_check (GPtrArray *findings, GPtrArray *rehearsals)
{
    JsonBuilder *builder = begin ();

    add_array (builder, "rehearsals", rehearsals, add_rehearsal);
    add_array (builder, "findings", findings, add_finding);
    return end (builder);
}

static void
add_change (JsonBuilder *builder, gpointer item)
{
    PosternChange *change = item;

    add_nick (builder, "section", POSTERN_TYPE_SECTION, postern_change_get_section (change));
    add_nick (builder, "kind", POSTERN_TYPE_CHANGE_KIND, postern_change_get_kind (change));
    add_text (builder, "member", postern_change_get_member (change));
    add_text (builder, "key", postern_change_get_key (change));
    add_text (builder, "subject", postern_change_get_subject (change));
    add_text (builder, "before", postern_change_get_before (change));
    add_text (builder, "after", postern_change_get_after (change));
}

char *
posternctl_json_changes (const char *revision, GPtrArray *changes)
{
    JsonBuilder *builder = begin ();

    add_text (builder, "revision", revision);
    add_array (builder, "changes", changes, add_change);
    return end (builder);
}

char *
posternctl_json_dry_run (const char *revision, GPtrArray *changes, GPtrArray *findings)
{
    JsonBuilder *builder = begin ();

    add_flag (builder, "dry_run", TRUE);
    add_text (builder, "revision", revision);
    add_array (builder, "changes", changes, add_change);
    add_array (builder, "findings", findings, add_finding);
    return end (builder);
}

char *
posternctl_json_push (PosternPush *push, const GError *error)
{
    JsonBuilder *builder = begin ();

    add_nick (builder, "outcome", POSTERN_TYPE_PUSH_OUTCOME, postern_push_get_outcome (push));
    add_text (builder, "revision", postern_push_get_revision (push));
    add_array (builder, "changes", postern_push_get_changes (push), add_change);
    add_array (builder, "their_changes", postern_push_get_their_changes (push), add_change);
    add_text (builder, "what_happened", postern_push_get_what_happened (push));
    add_text (builder, "what_is_live", postern_push_get_what_is_live (push));
    add_text (builder, "what_to_do", postern_push_get_what_to_do (push));
    if (error != NULL)
        add_error (builder, error);
    return end (builder);
}

char *
posternctl_json_interrupted (PosternJournal *journal, GPtrArray *changes)
{
    JsonBuilder *builder = begin ();
    g_autofree char *gateway = NULL;

    add_flag (builder, "interrupted", journal != NULL);
    if (journal != NULL) {
        gateway = postern_gateway_address_to_string (postern_journal_get_address (journal));
        add_text (builder, "gateway", gateway);
        add_date (builder, "begun", postern_journal_get_begun (journal));
        add_text (builder, "revision", postern_journal_get_revision (journal));
        add_array (builder, "changes", changes, add_change);
    }
    return end (builder);
}

static void
add_revision (JsonBuilder *builder, gpointer item)
{
    PosternRevision *revision = item;

    add_text (builder, "revision", postern_revision_get_id (revision));
    add_date (builder, "created", postern_revision_get_created (revision));
    add_text (builder, "by", postern_revision_get_by (revision));
    add_flag (builder, "current", postern_revision_get_current (revision));
    json_builder_set_member_name (builder, "changes");
    json_builder_add_int_value (builder, postern_revision_get_changes (revision));
    add_text (builder, "restored_from", postern_revision_get_restored_from (revision));
    add_flag (builder, "unmanaged", postern_revision_get_unmanaged (revision));
}

char *
posternctl_json_revisions (GPtrArray *revisions)
{
    JsonBuilder *builder = begin ();

    add_array (builder, "revisions", revisions, add_revision);
    return end (builder);
}

static void
add_proof (JsonBuilder *builder, gpointer item)
{
    PosternProof *proof = item;

    add_nick (builder, "kind", POSTERN_TYPE_PROOF_KIND, postern_proof_get_kind (proof));
    add_nick (builder, "state", POSTERN_TYPE_PROOF_STATE, postern_proof_get_state (proof));
    add_text (builder, "title", postern_proof_get_title (proof));
    add_text (builder, "expectation", postern_proof_get_expectation (proof));
    add_text (builder, "client", postern_proof_get_client (proof));
    add_text (builder, "sender", postern_proof_get_sender (proof));
    add_text (builder, "recipient", postern_proof_get_recipient (proof));
    add_text (builder, "reply", postern_proof_get_reply (proof));
    add_text (builder, "message", postern_proof_get_message (proof));
}

char *
posternctl_json_verification (PosternVerification *verification, GPtrArray *rehearsals, const GError *error)
{
    JsonBuilder *builder = begin ();
    g_autoptr (GPtrArray) proofs = postern_verification_get_proofs (verification);

    add_flag (builder, "all_hold", postern_verification_all_hold (verification));
    add_array (builder, "proofs", proofs, add_proof);
    add_array (builder, "rehearsals", rehearsals, add_rehearsal);
    if (error != NULL)
        add_error (builder, error);
    return end (builder);
}

static const char *const outcome_names[] = {
    [POSTERN_VERDICT_ACCEPTED] = "accepted",
    [POSTERN_VERDICT_VERIFIED] = "verified",
    [POSTERN_VERDICT_REFUSED] = "refused",
};

static const char *const hop_names[] = {
    [POSTERN_VERDICT_HOP_NONE] = "none",
    [POSTERN_VERDICT_HOP_ROUTE] = "route",
    [POSTERN_VERDICT_HOP_INTERNAL_SERVER] = "internal-server",
    [POSTERN_VERDICT_HOP_EDGE_GATEWAY] = "edge-gateway",
    [POSTERN_VERDICT_HOP_DNS] = "dns",
};

static void
add_route (JsonBuilder *builder, PosternRoute *route)
{
    json_builder_set_member_name (builder, "route");
    if (route == NULL) {
        json_builder_add_null_value (builder);
        return;
    }
    json_builder_begin_object (builder);
    add_text (builder, "host", postern_route_get_host (route));
    json_builder_set_member_name (builder, "port");
    json_builder_add_int_value (builder, postern_route_get_port (route));
    add_flag (builder, "mx", postern_route_get_mx (route));
    json_builder_end_object (builder);
}

char *
posternctl_json_verdict (const PosternVerdict *verdict, const char *sentence)
{
    JsonBuilder *builder = begin ();

    add_text (builder, "outcome", outcome_names[verdict->outcome]);
    add_text (builder, "hop", hop_names[verdict->hop]);
    add_route (builder, verdict->route);
    add_flag (builder, "trusted", verdict->trusted);
    add_flag (builder, "local", verdict->local);
    add_flag (builder, "loops", verdict->loops);
    add_text (builder, "sentence", sentence);
    return end (builder);
}

char *
posternctl_json_certificate (PosternCertificate *certificate)
{
    JsonBuilder *builder = begin ();

    add_certificate (builder, certificate);
    return end (builder);
}

static void
add_mail_log_entry (JsonBuilder *builder, gpointer item)
{
    PosternMailLogEntry *entry = item;

    add_date (builder, "time", postern_mail_log_entry_get_time (entry));
    add_text (builder, "queue_id", postern_mail_log_entry_get_queue_id (entry));
    add_text (builder, "client", postern_mail_log_entry_get_client (entry));
    add_text (builder, "from", postern_mail_log_entry_get_from (entry));
    add_text (builder, "to", postern_mail_log_entry_get_to (entry));
    add_nick (builder, "verdict", POSTERN_TYPE_MAIL_VERDICT, (int)postern_mail_log_entry_get_verdict (entry));
    add_text (builder, "code", postern_mail_log_entry_get_code (entry));
    add_text (builder, "reply", postern_mail_log_entry_get_reply (entry));
    add_text (builder, "next_hop", postern_mail_log_entry_get_next_hop (entry));
}

char *
posternctl_json_mail_log (PosternMailLog *log)
{
    JsonBuilder *builder = begin ();

    add_text (builder, "cursor", log->cursor);
    add_array (builder, "entries", log->entries, add_mail_log_entry);
    return end (builder);
}

char *
posternctl_json_mail_log_entry (PosternMailLogEntry *entry)
{
    JsonBuilder *builder = begin ();
    g_autoptr (JsonNode) root = NULL;

    add_mail_log_entry (builder, entry);
    root = json_builder_get_root (json_builder_end_object (builder));
    g_object_unref (builder);
    return json_to_string (root, FALSE);
}

char *
posternctl_json_saved (const char *revision, const char *name)
{
    JsonBuilder *builder = begin ();
    g_autofree char *shown = g_filename_display_name (name);

    add_text (builder, "revision", revision);
    add_text (builder, "file", shown);
    return end (builder);
}

static void
add_import_line (JsonBuilder *builder, PosternImportLine *line)
{
    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "line");
    json_builder_add_int_value (builder, postern_import_line_get_number (line));
    add_nick (builder, "status", POSTERN_TYPE_IMPORT_STATUS, postern_import_line_get_status (line));
    add_nick (builder, "subject", POSTERN_TYPE_IMPORT_SUBJECT, postern_import_line_get_subject (line));
    add_text (builder, "text", postern_import_line_get_text (line));
    add_text (builder, "name", postern_import_line_get_name (line));
    add_text (builder, "route", postern_import_line_get_route (line));
    add_text (builder, "reason", postern_import_line_get_reason (line));
    json_builder_end_object (builder);
}

static void
add_imported_file (JsonBuilder *builder, gpointer item)
{
    const PosternctlImportedFile *file = item;
    guint n = g_list_model_get_n_items (G_LIST_MODEL (file->import));

    add_text (builder, "file", file->name);
    add_nick (builder, "format", POSTERN_TYPE_IMPORT_FORMAT, postern_import_get_format (file->import));
    add_nick (builder, "encoding", POSTERN_TYPE_IMPORT_ENCODING, postern_import_get_encoding (file->import));
    json_builder_set_member_name (builder, "lines");
    json_builder_begin_array (builder);
    for (guint i = 0; i < n; i++) {
        g_autoptr (PosternImportLine) line = g_list_model_get_item (G_LIST_MODEL (file->import), i);

        add_import_line (builder, line);
    }
    json_builder_end_array (builder);
}

static void
add_networks (JsonBuilder *builder, const char *name, GPtrArray *networks)
{
    json_builder_set_member_name (builder, name);
    json_builder_begin_array (builder);
    for (guint i = 0; i < networks->len; i++)
        json_builder_add_string_value (builder, postern_network_get_text (networks->pdata[i]));
    json_builder_end_array (builder);
}

char *
posternctl_json_import (PosternctlImporting *importing, const char *written)
{
    JsonBuilder *builder = begin ();

    add_array (builder, "files", importing->files, add_imported_file);
    if (importing->aggregate != NULL) {
        json_builder_set_member_name (builder, "aggregate");
        json_builder_begin_object (builder);
        add_networks (builder, "removed", importing->aggregate->removed);
        add_networks (builder, "added", importing->aggregate->added);
        json_builder_end_object (builder);
    }
    add_text (builder, "written", written);
    return end (builder);
}

char *
posternctl_json_text (const char *form, const char *text)
{
    JsonBuilder *builder = begin ();

    add_text (builder, "as", form);
    add_text (builder, "text", text);
    return end (builder);
}
