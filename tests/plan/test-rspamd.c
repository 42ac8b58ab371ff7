/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-plan-json.h"
#include "plan/postern-rspamd.h"

static const char *const edge[] = { "192.168.0.1", "2001:db8::4", NULL };

static PosternPlan *
make_plan (const char *members)
{
    g_autofree char *json = g_strdup_printf ("{\"scenario\": \"edge-verifying\", \"edge_gateway\": {\"host\": "
                                             "\"edge.test\"}, %s}",
                                             members);
    g_autoptr (GError) error = NULL;
    PosternPlan *plan = postern_plan_from_json (json, strlen (json), POSTERN_PLAN_FORM_API, NULL, &error);

    g_assert_no_error (error);
    return plan;
}

static const char *
text_of (PosternRspamd *rspamd, const char *name)
{
    guint n;
    const PosternRspamdFile *files = postern_rspamd_get_files (rspamd, &n);

    for (guint i = 0; i < n; i++) {
        if (g_str_equal (files[i].name, name))
            return files[i].text;
    }
    g_assert_not_reached ();
}

static void
assert_text (const char *members, const char *name, const char *expected)
{
    g_autoptr (PosternPlan) plan = make_plan (members);
    g_autoptr (PosternRspamd) rspamd = postern_rspamd_new (plan, edge);

    g_assert_cmpstr (text_of (rspamd, name), ==, expected);
}

static void
test_networks (void)
{
    assert_text ("\"trusted_networks\": [\"10.0.0.20\", \"2001:db8:1::/64\"]", "rspamd-options.inc",
                 "local_addrs = [\n  \"127.0.0.0/8\",\n  \"::1\",\n  \"10.0.0.20/32\",\n  \"2001:db8:1::/64\"\n];\n");
    assert_text ("\"use_spf\": true", "rspamd-options.inc", "local_addrs = [\n  \"127.0.0.0/8\",\n  \"::1\"\n];\n");
}

static void
test_modules (void)
{
    assert_text ("\"use_spf\": true, \"use_dmarc\": false", "rspamd-spf.conf", "enabled = true;\n");
    assert_text ("\"use_spf\": false, \"use_dmarc\": false", "rspamd-spf.conf", "enabled = false;\n");
    assert_text ("\"use_spf\": true, \"use_dmarc\": false", "rspamd-dmarc.conf", "enabled = false;\n");
    assert_text ("\"use_spf\": true, \"use_dmarc\": true", "rspamd-dmarc.conf",
                 "enabled = true;\nactions {\n  quarantine = \"add_header\";\n  reject = \"reject\";\n}\n");
    assert_text ("\"use_spf\": true, \"use_dmarc\": true, \"sender_authentication\": true", "rspamd-dmarc.conf",
                 "enabled = true;\nactions {\n  quarantine = \"reject\";\n  reject = \"reject\";\n}\n");
    assert_text ("\"rejected_mail\": \"delete\"", "rspamd-worker-proxy.inc", "discard_on_reject = false;\n");
}

/* The SPF module stays on, because DMARC is not judged without it, but DMARC looks for a result that never comes. */
static void
test_dmarc_alone (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("\"use_spf\": false, \"use_dmarc\": true");
    g_autoptr (PosternRspamd) rspamd = postern_rspamd_new (plan, edge);

    g_assert_true (g_str_has_prefix (text_of (rspamd, "rspamd-spf.conf"), "enabled = true;\nsymbols {\n"));
    g_assert_nonnull (strstr (text_of (rspamd, "rspamd-spf.conf"), "  never = \"POSTERN_UNUSED_SPF\";\n"));
    g_assert_nonnull (strstr (text_of (rspamd, "rspamd-dmarc.conf"), "spf_allow_symbol = \"POSTERN_UNUSED_SPF\";\n"));
    g_assert_nonnull (strstr (text_of (rspamd, "rspamd.lua"), "local refuse_spf_fail = false\n"));
}

static void
test_edge (void)
{
    const char *const off = "enabled = false;\n";

    assert_text ("\"use_spf\": true, \"check_sender_before_edge\": true", "rspamd-external_relay.conf",
                 "enabled = true;\nrules {\n  POSTERN_EDGE_GATEWAY {\n    strategy = \"ip_map\";\n    ip_map = "
                 "[\"192.168.0.1\", \"2001:db8::4\"];\n  }\n}\n");
    assert_text ("\"use_spf\": true, \"check_sender_before_edge\": false", "rspamd-external_relay.conf", off);
    assert_text ("\"use_spf\": false, \"check_sender_before_edge\": true", "rspamd-external_relay.conf", off);
}

static char *
mark_of (const char *members)
{
    g_autoptr (PosternPlan) plan = make_plan (members);
    g_autoptr (PosternRspamd) rspamd = postern_rspamd_new (plan, edge);
    char *mark = postern_rspamd_find_mark (text_of (rspamd, "rspamd.lua"));

    g_assert_cmpstr (mark, ==, postern_rspamd_get_mark (rspamd));
    return mark;
}

/* What Rspamd does not see makes no difference to it; what it sees does. */
static void
test_mark (void)
{
    g_autofree char *first = mark_of ("\"use_spf\": true");
    g_autofree char *same =
        mark_of ("\"use_spf\": true, \"rejected_mail\": \"reject\", \"domains\": [{\"name\": \"a.test\"}]");
    g_autofree char *other = mark_of ("\"use_spf\": true, \"trusted_networks\": [\"10.0.0.1\"]");
    g_autofree char *strict = mark_of ("\"use_spf\": true, \"sender_authentication\": true");

    g_assert_cmpstr (first, ==, same);
    g_assert_cmpstr (first, !=, other);
    g_assert_cmpstr (first, !=, strict);
    g_assert_null (postern_rspamd_find_mark ("-- not ours\n"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/rspamd/networks", test_networks);
    g_test_add_func ("/rspamd/modules", test_modules);
    g_test_add_func ("/rspamd/dmarc-alone", test_dmarc_alone);
    g_test_add_func ("/rspamd/edge", test_edge);
    g_test_add_func ("/rspamd/mark", test_mark);
    return g_test_run ();
}
