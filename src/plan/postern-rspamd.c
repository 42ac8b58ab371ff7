/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-rspamd.h"

#include <string.h>

enum {
    OPTIONS,
    SPF,
    DMARC,
    EXTERNAL_RELAY,
    WORKER_PROXY,
    LUA,
    N_FILES,
};

static const char *const file_names[N_FILES + 1] = {
    [OPTIONS] = "rspamd-options.inc",
    [SPF] = "rspamd-spf.conf",
    [DMARC] = "rspamd-dmarc.conf",
    [EXTERNAL_RELAY] = "rspamd-external_relay.conf",
    [WORKER_PROXY] = "rspamd-worker-proxy.inc",
    [LUA] = "rspamd.lua",
};

#define MARK_LENGTH 16
#define MARK_LINE "local mark = \""

struct _PosternRspamd {
    PosternRspamdFile files[N_FILES];
    char *mark;
};

gboolean
postern_plan_needs_edge_addresses (PosternPlan *plan)
{
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), FALSE);

    return postern_plan_get_check_sender_before_edge (plan) && postern_plan_get_edge_gateway (plan) != NULL &&
           (postern_plan_get_use_spf (plan) || postern_plan_get_use_dmarc (plan));
}

/* The loopback addresses are trusted in Postfix as well. */
static char *
render_options (PosternPlan *plan)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    guint n = postern_record_list_get_length (networks);
    GString *text = g_string_new ("local_addrs = [\n  \"127.0.0.0/8\",\n  \"::1\"");

    for (guint i = 0; i < n; i++)
        g_string_append_printf (text, ",\n  \"%s\"", postern_network_get_text (postern_record_list_get (networks, i)));
    g_string_append (text, "\n];\n");
    return g_string_free (text, FALSE);
}

/* Whether DMARC has to do without SPF. */
static gboolean
ignores_spf (PosternPlan *plan)
{
    return postern_plan_get_use_dmarc (plan) && !postern_plan_get_use_spf (plan);
}

/*
 * DMARC is not judged at all where the SPF module is off, nor where it does not wait for one of its results. A plan
 * that wants DMARC without SPF gets a module whose results have names that nobody looks for, and DMARC waits for one
 * that never comes.
 */
#define UNUSED "POSTERN_UNUSED_SPF"

static char *
render_spf (PosternPlan *plan)
{
    static const char *const results[] = { "allow",   "fail",     "softfail", "neutral",
                                           "dnsfail", "permfail", "na",       "plusall" };
    GString *text;

    if (!ignores_spf (plan))
        return g_strdup_printf ("enabled = %s;\n", postern_plan_get_use_spf (plan) ? "true" : "false");
    text = g_string_new ("enabled = true;\nsymbols {\n  never = \"" UNUSED "\";\n");
    for (guint i = 0; i < G_N_ELEMENTS (results); i++)
        g_string_append_printf (text, "  %s = \"" UNUSED "_%u\";\n", results[i], i);
    g_string_append (text, "}\n");
    return g_string_free (text, FALSE);
}

static char *
render_dmarc (PosternPlan *plan)
{
    if (!postern_plan_get_use_dmarc (plan))
        return g_strdup ("enabled = false;\n");
    return g_strdup_printf ("enabled = true;\nactions {\n  quarantine = \"%s\";\n  reject = \"reject\";\n}\n%s",
                            postern_plan_get_sender_authentication (plan) ? "reject" : "add_header",
                            ignores_spf (plan) ? "symbols {\n  spf_allow_symbol = \"" UNUSED "\";\n}\n" : "");
}

static char *
render_external_relay (PosternPlan *plan, const char *const *edge_addresses)
{
    GString *text = g_string_new (NULL);

    if (!postern_plan_needs_edge_addresses (plan) || edge_addresses == NULL || edge_addresses[0] == NULL)
        return g_string_free (g_string_append (text, "enabled = false;\n"), FALSE);
    g_string_append (text,
                     "enabled = true;\nrules {\n  POSTERN_EDGE_GATEWAY {\n    strategy = \"ip_map\";\n    ip_map = [");
    for (guint i = 0; edge_addresses[i]; i++)
        g_string_append_printf (text, "%s\"%s\"", i > 0 ? ", " : "", edge_addresses[i]);
    g_string_append (text, "];\n  }\n}\n");
    return g_string_free (text, FALSE);
}

/*
 * What a failure leads to. SPF asks the host that delivers, so that mail which was forwarded on its way fails; it is
 * forgiven where a valid signature of the same organisation (DKIM, RFC 6376) stands for the sender. Sender
 * authentication forgives nothing, and defers what cannot be checked because DNS does not answer.
 */
static const char lua_rules[] =
    "local rspamd_util = require \"rspamd_util\"\n"
    "\n"
    "-- posternd asks which configuration the live Rspamd has.\n"
    "rspamd_config:register_symbol {\n"
    "  name = \"POSTERN_MARK\",\n"
    "  type = \"prefilter\",\n"
    "  callback = function(task)\n"
    "    if task:get_header(\"" POSTERN_RSPAMD_MARK_HEADER "\") then\n"
    "      task:set_pre_result(\"soft reject\", \"" POSTERN_RSPAMD_MARK_PREFIX "\" .. mark, \"postern\")\n"
    "    end\n"
    "  end,\n"
    "}\n"
    "\n"
    "local function organisation(domain)\n"
    "  return domain and rspamd_util.get_tld(domain:lower())\n"
    "end\n"
    "\n"
    "-- Whether a valid signature is that of the sender's own organisation.\n"
    "local function is_signed_by_sender(task)\n"
    "  local from = (task:get_from(\"smtp\") or {})[1]\n"
    "  local sender = organisation(from and from.domain)\n"
    "  local allowed = (task:get_symbol(\"R_DKIM_ALLOW\") or {})[1]\n"
    "  for _, option in ipairs(allowed and allowed.options or {}) do\n"
    "    if sender and organisation(option:match(\"^([^:]+)\")) == sender then\n"
    "      return true\n"
    "    end\n"
    "  end\n"
    "  return false\n"
    "end\n"
    "\n"
    "local function judge(task)\n"
    "  if refuse_spf_fail and task:has_symbol(\"R_SPF_FAIL\") and (strict or not is_signed_by_sender(task)) then\n"
    "    return \"reject\", \"SPF: the domain of the sender does not allow this host\"\n"
    "  end\n"
    "  if strict and task:has_symbol(\"R_DKIM_REJECT\") then\n"
    "    return \"reject\", \"DKIM: the signature is not valid\"\n"
    "  end\n"
    "  if strict and (task:has_symbol(\"R_SPF_DNSFAIL\") or task:has_symbol(\"DMARC_DNSFAIL\")) then\n"
    "    return \"soft reject\", \"The sender cannot be checked now: DNS does not answer\"\n"
    "  end\n"
    "end\n"
    "\n"
    "rspamd_config:register_symbol {\n"
    "  name = \"POSTERN_SENDER\",\n"
    "  type = \"postfilter\",\n"
    "  callback = function(task)\n"
    "    if task:has_pre_result() then\n"
    "      return\n"
    "    end\n"
    "    local action, message = judge(task)\n"
    "    if action then\n"
    "      task:set_pre_result(action, message, \"postern\")\n"
    "    end\n"
    "  end,\n"
    "}\n";

static char *
render_lua (PosternPlan *plan, const char *mark)
{
    return g_strdup_printf (MARK_LINE "%s\"\nlocal refuse_spf_fail = %s\nlocal strict = %s\n%s", mark,
                            postern_plan_get_use_spf (plan) ? "true" : "false",
                            postern_plan_get_sender_authentication (plan) ? "true" : "false", lua_rules);
}

/* What is the same to Rspamd has the same mark, so that nobody has to reload it. */
static char *
make_mark (PosternRspamd *self, PosternPlan *plan)
{
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    g_autofree char *lua = render_lua (plan, "");

    for (guint i = 0; i < LUA; i++)
        g_checksum_update (checksum, (const guchar *)self->files[i].text, -1);
    g_checksum_update (checksum, (const guchar *)lua, -1);
    return g_strndup (g_checksum_get_string (checksum), MARK_LENGTH);
}

PosternRspamd *
postern_rspamd_new (PosternPlan *plan, const char *const *edge_addresses)
{
    PosternRspamd *self;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    self = g_new0 (PosternRspamd, 1);
    self->files[OPTIONS].text = render_options (plan);
    self->files[SPF].text = render_spf (plan);
    self->files[DMARC].text = render_dmarc (plan);
    self->files[EXTERNAL_RELAY].text = render_external_relay (plan, edge_addresses);
    self->files[WORKER_PROXY].text = g_strdup ("discard_on_reject = false;\n");
    self->mark = make_mark (self, plan);
    self->files[LUA].text = render_lua (plan, self->mark);
    for (guint i = 0; i < N_FILES; i++)
        self->files[i].name = file_names[i];
    return self;
}

void
postern_rspamd_free (PosternRspamd *self)
{
    for (guint i = 0; i < N_FILES; i++)
        g_free (self->files[i].text);
    g_free (self->mark);
    g_free (self);
}

const PosternRspamdFile *
postern_rspamd_get_files (PosternRspamd *self, guint *n_files)
{
    g_return_val_if_fail (self != NULL && n_files != NULL, NULL);

    *n_files = N_FILES;
    return self->files;
}

const char *const *
postern_rspamd_get_file_names (void)
{
    return file_names;
}

const char *
postern_rspamd_get_mark (PosternRspamd *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->mark;
}

char *
postern_rspamd_find_mark (const char *lua)
{
    gsize prefix = strlen (MARK_LINE);

    g_return_val_if_fail (lua != NULL, NULL);

    if (!g_str_has_prefix (lua, MARK_LINE) || strlen (lua) < prefix + MARK_LENGTH)
        return NULL;
    return g_strndup (lua + prefix, MARK_LENGTH);
}
