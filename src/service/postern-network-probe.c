/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-network-probe.h"

#include "probe/postern-connection-probe.h"
#include "probe/postern-dns.h"
#include "probe/postern-probe-certificate.h"
#include "probe/postern-probe-error.h"
#include "probe/postern-recipient-probe.h"
#include "probe/postern-tcp-probe.h"
#include "service/postern-probe-document.h"
#include "service/postern-probe-question.h"
#include "service/postern-problem.h"

struct _PosternNetworkProbe {
    const char *kind;
    PosternProbeMember members[6];
    PosternReply *(*read) (PosternProbeQuestion *question, PosternApi *api, JsonObject *object);
    void (*run) (const PosternProbeQuestion *question, PosternJsonWriter *json);
};

#define TARGET_MEMBERS                                                                                                 \
    { "host", POSTERN_PROBE_TEXT, FALSE }, { "port", POSTERN_PROBE_PORT, TRUE },                                       \
    {                                                                                                                  \
        "mx", POSTERN_PROBE_FLAG, TRUE                                                                                 \
    }

static void
write_problem (PosternJsonWriter *json, const GError *error)
{
    postern_json_writer_string_member (json, "problem",
                                       error && error->domain == POSTERN_PROBE_ERROR
                                           ? postern_probe_error_code_name ((PosternProbeError)error->code)
                                       : error ? "unreachable"
                                               : NULL);
}

static void
write_reply (PosternJsonWriter *json, const char *name, PosternSmtpReply *reply)
{
    postern_json_writer_string_member (json, name, reply ? postern_smtp_reply_get_display (reply) : NULL);
}

static PosternReply *
read_host (PosternProbeQuestion *question, PosternApi *api, JsonObject *object)
{
    return postern_probe_question_read_host (question, object, "host");
}

static PosternReply *
read_recipient (PosternProbeQuestion *question, PosternApi *api, JsonObject *object)
{
    PosternReply *refusal = postern_probe_question_read_target (question, api, object);

    return refusal ? refusal : postern_probe_question_read_addresses (question, api, object);
}

static void
run_mx (const PosternProbeQuestion *question, PosternJsonWriter *json)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) records = postern_dns_lookup_mx (question->host, 0, NULL, &error);

    postern_json_writer_member (json, "records");
    postern_json_writer_begin_array (json);
    for (guint i = 0; records && i < records->len; i++) {
        PosternMxRecord *record = g_ptr_array_index (records, i);

        postern_json_writer_begin_object (json);
        postern_json_writer_integer_member (json, "preference", postern_mx_record_get_preference (record));
        postern_json_writer_string_member (json, "host", postern_mx_record_get_host (record));
        postern_json_writer_end_object (json);
    }
    postern_json_writer_end_array (json);
    write_problem (json, error);
    postern_json_writer_string_member (json, "summary", error ? error->message : "");
}

static void
run_addresses (const PosternProbeQuestion *question, PosternJsonWriter *json)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) addresses = postern_dns_lookup_addresses (question->host, 0, NULL, &error);

    postern_json_writer_member (json, "addresses");
    postern_json_writer_begin_array (json);
    for (guint i = 0; addresses && i < addresses->len; i++) {
        g_autofree char *text = g_inet_address_to_string (g_ptr_array_index (addresses, i));

        postern_json_writer_string (json, text);
    }
    postern_json_writer_end_array (json);
    write_problem (json, error);
    postern_json_writer_string_member (json, "summary", error ? error->message : "");
}

static const char *
tls_name (GTlsProtocolVersion version)
{
    static const char *const names[] = {
        [G_TLS_PROTOCOL_VERSION_SSL_3_0] = "SSLv3",   [G_TLS_PROTOCOL_VERSION_TLS_1_0] = "TLSv1.0",
        [G_TLS_PROTOCOL_VERSION_TLS_1_1] = "TLSv1.1", [G_TLS_PROTOCOL_VERSION_TLS_1_2] = "TLSv1.2",
        [G_TLS_PROTOCOL_VERSION_TLS_1_3] = "TLSv1.3",
    };

    return (gsize)version < G_N_ELEMENTS (names) ? names[version] : NULL;
}

static void
write_certificate_errors (PosternJsonWriter *json, GTlsCertificateFlags errors)
{
    static const struct {
        GTlsCertificateFlags flag;
        const char *name;
    } names[] = {
        { G_TLS_CERTIFICATE_UNKNOWN_CA, "unknown-ca" },
        { G_TLS_CERTIFICATE_BAD_IDENTITY, "bad-identity" },
        { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not-activated" },
        { G_TLS_CERTIFICATE_EXPIRED, "expired" },
        { G_TLS_CERTIFICATE_REVOKED, "revoked" },
        { G_TLS_CERTIFICATE_INSECURE, "insecure" },
        { G_TLS_CERTIFICATE_GENERIC_ERROR, "generic" },
    };

    postern_json_writer_member (json, "errors");
    postern_json_writer_begin_array (json);
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        if (errors & names[i].flag)
            postern_json_writer_string (json, names[i].name);
    }
    postern_json_writer_end_array (json);
}

static void
write_tls (PosternJsonWriter *json, PosternConnectionProbe *probe)
{
    GTlsCertificate *certificate = postern_connection_probe_get_certificate (probe);

    postern_json_writer_member (json, "starttls");
    postern_json_writer_begin_object (json);
    postern_json_writer_boolean_member (json, "offered", postern_connection_probe_get_offers_starttls (probe));
    postern_json_writer_string_member (json, "version", tls_name (postern_connection_probe_get_tls_version (probe)));
    postern_json_writer_string_member (json, "failure", postern_connection_probe_get_tls_failure (probe));
    postern_json_writer_member (json, "certificate");
    if (certificate) {
        g_autofree char *fingerprint = postern_probe_certificate_fingerprint (certificate);
        g_autofree char *subject = postern_probe_certificate_subject (certificate);

        postern_json_writer_begin_object (json);
        postern_json_writer_string_member (json, "fingerprint", fingerprint);
        postern_json_writer_string_member (json, "subject", subject);
        write_certificate_errors (json, postern_connection_probe_get_certificate_errors (probe));
        postern_json_writer_end_object (json);
    } else {
        postern_json_writer_string (json, NULL);
    }
    postern_json_writer_end_object (json);
}

/* Only for errors of the caller's, which have been ruled out, there is no probe. */
static void
write_fault (PosternJsonWriter *json, const GError *error)
{
    write_problem (json, error);
    postern_json_writer_string_member (json, "summary", error->message);
}

static void
run_banner (const PosternProbeQuestion *question, PosternJsonWriter *json)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternConnectionProbe) probe = postern_connection_probe_run (question->target, NULL, &error);
    const char *const *passed_over;

    postern_json_writer_boolean_member (json, "succeeded", probe && postern_connection_probe_get_succeeded (probe));
    if (probe == NULL) {
        write_fault (json, error);
        return;
    }
    passed_over = postern_connection_probe_get_passed_over (probe);
    postern_json_writer_string_member (json, "server", postern_connection_probe_get_server (probe));
    postern_json_writer_string_member (json, "stage",
                                       postern_smtp_stage_name (postern_connection_probe_get_stage (probe)));
    postern_json_writer_string_member (json, "banner", postern_connection_probe_get_banner (probe));
    write_reply (json, "reply", postern_connection_probe_get_reply (probe));
    write_tls (json, probe);
    postern_json_writer_integer_member (json, "elapsed_ms", postern_connection_probe_get_elapsed_ms (probe));
    postern_json_writer_member (json, "passed_over");
    postern_json_writer_begin_array (json);
    for (guint i = 0; passed_over && passed_over[i]; i++)
        postern_json_writer_string (json, passed_over[i]);
    postern_json_writer_end_array (json);
    write_problem (json, postern_connection_probe_get_failure (probe));
    postern_json_writer_string_member (json, "summary", postern_connection_probe_get_summary (probe));
}

static void
write_recipient (PosternJsonWriter *json, const PosternProbeQuestion *question, PosternRecipientProbe *probe)
{
    postern_json_writer_string_member (json, "class",
                                       postern_recipient_class_name (postern_recipient_probe_get_class (probe)));
    postern_json_writer_string_member (json, "server", postern_recipient_probe_get_server (probe));
    postern_json_writer_string_member (json, "stage",
                                       postern_smtp_stage_name (postern_recipient_probe_get_stage (probe)));
    postern_json_writer_string_member (json, "sender", question->sender);
    write_reply (json, "given_reply", postern_recipient_probe_get_given_reply (probe));
    write_reply (json, "invented_reply", postern_recipient_probe_get_invented_reply (probe));
    write_reply (json, "refusal", postern_recipient_probe_get_refusal (probe));
    postern_json_writer_integer_member (json, "slowest_ms", postern_recipient_probe_get_slowest_ms (probe));
    write_problem (json, postern_recipient_probe_get_failure (probe));
    postern_json_writer_string_member (json, "summary", postern_recipient_probe_get_summary (probe));
}

static PosternRecipientProbe *
ask_for_recipient (const PosternProbeQuestion *question, PosternJsonWriter *json)
{
    g_autoptr (GError) error = NULL;
    PosternRecipientProbe *probe =
        postern_recipient_probe_run (question->target, question->sender, question->recipient, 0, NULL, &error);

    if (probe == NULL) {
        postern_json_writer_string_member (json, "class",
                                           postern_recipient_class_name (POSTERN_RECIPIENT_CLASS_UNREACHABLE));
        write_fault (json, error);
    } else {
        write_recipient (json, question, probe);
    }
    return probe;
}

static void
run_recipient (const PosternProbeQuestion *question, PosternJsonWriter *json)
{
    g_autoptr (PosternRecipientProbe) probe = ask_for_recipient (question, json);
}

/* Which of the two scenarios with an edge gateway it is; nothing is said where the answers do not tell. */
static void
run_edge (const PosternProbeQuestion *question, PosternJsonWriter *json)
{
    g_autoptr (PosternRecipientProbe) probe = ask_for_recipient (question, json);
    gboolean verifies;

    if (probe && postern_recipient_probe_get_verifies (probe, &verifies))
        postern_json_writer_string_member (json, "scenario", verifies ? "edge-verifying" : "edge-not-verifying");
    else
        postern_json_writer_string_member (json, "scenario", NULL);
}

static void
run_tcp (const PosternProbeQuestion *question, PosternJsonWriter *json)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *address = NULL;
    guint elapsed_ms;
    gboolean connected = postern_tcp_probe_run (question->target, &address, &elapsed_ms, &error);

    postern_json_writer_boolean_member (json, "connected", connected);
    postern_json_writer_string_member (json, "address", address);
    postern_json_writer_integer_member (json, "elapsed_ms", elapsed_ms);
    write_problem (json, error);
    postern_json_writer_string_member (json, "summary", error ? error->message : "");
}

static const PosternNetworkProbe probes[] = {
    { "tcp", { TARGET_MEMBERS }, postern_probe_question_read_target, run_tcp },
    { "smtp-banner", { TARGET_MEMBERS }, postern_probe_question_read_target, run_banner },
    { "mx", { { "host", POSTERN_PROBE_TEXT, FALSE } }, read_host, run_mx },
    { "addresses", { { "host", POSTERN_PROBE_TEXT, FALSE } }, read_host, run_addresses },
    { "recipient",
      { TARGET_MEMBERS, { "recipient", POSTERN_PROBE_TEXT, FALSE }, { "sender", POSTERN_PROBE_TEXT, TRUE } },
      read_recipient,
      run_recipient },
    { "edge-verifies",
      { TARGET_MEMBERS, { "recipient", POSTERN_PROBE_TEXT, FALSE }, { "sender", POSTERN_PROBE_TEXT, TRUE } },
      read_recipient,
      run_edge },
};

const PosternNetworkProbe *
postern_network_probe_find (const char *kind)
{
    for (guint i = 0; i < G_N_ELEMENTS (probes); i++) {
        if (g_str_equal (probes[i].kind, kind))
            return &probes[i];
    }
    return NULL;
}

const char *const *
postern_network_probe_get_kinds (void)
{
    static const char *const kinds[] = { "tcp", "smtp-banner", "mx", "addresses", "recipient", "edge-verifies", NULL };

    return kinds;
}

PosternReply *
postern_network_probe_run (const PosternNetworkProbe *self, PosternApi *api, JsonObject *object)
{
    g_auto (PosternProbeQuestion) question = { 0 };
    PosternReply *refusal = postern_probe_document_check (object, self->members);
    PosternJsonWriter *json;
    guint wait;

    if (refusal == NULL)
        refusal = self->read (&question, api, object);
    if (refusal)
        return refusal;
    wait = postern_api_begin_probe (api, TRUE);
    if (wait > 0)
        return postern_problem_reply_too_many_probes (wait);
    json = postern_json_writer_new ();
    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "kind", self->kind);
    self->run (&question, json);
    postern_json_writer_end_object (json);
    postern_api_end_probe (api);
    return postern_reply_new_json (json);
}
