/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-scan-probe.h"

#include <glib/gi18n-lib.h>

#include "service/postern-probe-document.h"
#include "service/postern-problem.h"
#include "service/postern-scan-proof.h"

/* What the current revision makes of Rspamd; NULL for nothing. */
static PosternScannerState *
load_current (PosternApi *api)
{
    PosternStore *store = postern_api_get_store (api);
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (store, NULL);
    g_autofree char *directory = NULL;

    if (current == NULL || postern_stored_revision_is_unmanaged (current))
        return NULL;
    directory = postern_store_get_directory (store, current);
    return postern_scanner_state_load (directory);
}

/* The settings are read anew: the scanner that pushes is for one thread at a time. */
static PosternReply *
ask (PosternApi *api, PosternRspamdHost *rspamd)
{
    g_autoptr (PosternScannerState) state = load_current (api);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternRspamdSettings) settings = postern_rspamd_host_read_settings (rspamd, NULL, &error);
    g_autoptr (PosternScanProof) proof = NULL;
    gboolean current;
    PosternJsonWriter *json;

    if (settings)
        proof = postern_scan_proof_ask (postern_api_get_host (api), settings, state, &current, &error);
    if (proof == NULL)
        return postern_problem_reply_scanner_unavailable (error->message);
    json = postern_json_writer_new ();
    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "kind", "scan");
    postern_json_writer_string_member (json, "verdict", postern_scan_proof_get_verdict_name (proof));
    postern_json_writer_string_member (json, "reply", proof->reply);
    postern_json_writer_boolean_member (json, "current", current);
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}

PosternReply *
postern_scan_probe_run (PosternApi *api, JsonObject *object)
{
    static const PosternProbeMember members[] = { { NULL } };
    PosternScanner *scanner = postern_api_get_scanner (api);
    PosternReply *reply = postern_probe_document_check (object, members);
    guint wait;

    if (reply)
        return reply;
    if (scanner == NULL)
        return postern_problem_reply ("unknown-probe", _ ("This gateway scans no messages: it has no Rspamd."));
    wait = postern_api_begin_probe (api, FALSE);
    if (wait > 0)
        return postern_problem_reply_too_many_probes (wait);
    reply = ask (api, postern_scanner_get_host (scanner));
    postern_api_end_probe (api);
    return reply;
}
