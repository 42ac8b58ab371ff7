/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-handlers.h"

#include "service/postern-api-push.h"
#include "service/postern-network-probe.h"

static const char *const capabilities[] = { "check", "revisions", "restore", NULL };
static const char *const mta_capabilities[] = { "recipient-verification", "flow", "mail-log", NULL };

static void
write_words (PosternJsonWriter *json, const char *const *words)
{
    for (guint i = 0; words[i]; i++)
        postern_json_writer_string (json, words[i]);
}

static void
write_capabilities (PosternApi *api, PosternJsonWriter *json)
{
    postern_json_writer_member (json, "capabilities");
    postern_json_writer_begin_array (json);
    write_words (json, capabilities);
    write_words (json, postern_network_probe_get_kinds ());
    if (postern_api_get_host (api))
        write_words (json, mta_capabilities);
    if (postern_api_get_scanner (api)) {
        postern_json_writer_string (json, "scan");
        write_words (json, postern_api_get_scanned_members ());
    }
    postern_json_writer_end_array (json);
    postern_json_writer_member (json, "stored_only");
    postern_json_writer_begin_array (json);
    write_words (json, postern_api_get_stored_only (api));
    postern_json_writer_end_array (json);
}

static void
write_program (PosternJsonWriter *json, const char *member, const char *name, const char *version, const char *state)
{
    postern_json_writer_member (json, member);
    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "name", name);
    postern_json_writer_string_member (json, "version", version ? version : "");
    postern_json_writer_string_member (json, "state", state);
    postern_json_writer_end_object (json);
}

static void
write_programs (PosternApi *api, PosternJsonWriter *json)
{
    g_autofree char *mta_version = NULL;
    g_autofree char *scanner_version = NULL;
    const char *mta_state = postern_api_get_mta_state (api, &mta_version);
    const char *scanner_state = postern_api_get_scanner_state (api, &scanner_version);

    write_program (json, "mta", "Postfix", mta_version, mta_state);
    write_program (json, "scanner", "Rspamd", scanner_version, scanner_state);
    postern_json_writer_member (json, "dns");
    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "state", postern_api_get_dns_state (api));
    postern_json_writer_end_object (json);
}

PosternReply *
postern_api_get_status (PosternApi *api, PosternRequest *request)
{
    PosternJsonWriter *json = postern_json_writer_new ();

    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "product", "posternd");
    postern_json_writer_string_member (json, "version", POSTERN_VERSION);
    postern_json_writer_integer_member (json, "api", 1);
    postern_json_writer_string_member (json, "node", postern_api_get_node (api));
    write_capabilities (api, json);
    write_programs (api, json);
    postern_json_writer_end_object (json);
    return postern_reply_new_json (json);
}
