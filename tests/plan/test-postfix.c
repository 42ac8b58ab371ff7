/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-plan-json.h"
#include "plan/postern-postfix.h"

static PosternPlan *
make_plan (const char *members)
{
    g_autofree char *json = g_strdup_printf ("{%s}", members);
    g_autoptr (GError) error = NULL;
    PosternPlan *plan = postern_plan_from_json (json, strlen (json), POSTERN_PLAN_FORM_API, NULL, &error);

    g_assert_no_error (error);
    return plan;
}

static const char *const everything =
    "\"scenario\": \"edge-verifying\", \"internal_server\": {\"host\": \"10.0.0.20\"}, \"edge_gateway\": {\"host\": "
    "\"edge.test\", \"port\": 2525, \"mx\": true},"
    "\"trusted_networks\": [\"10.0.0.20\", \"2001:db8:1::/64\"],"
    "\"domains\": [{\"name\": \"example.com\"}, {\"name\": \".example.com\", \"route\": {\"host\": "
    "\"mail.example.net\", \"mx\": true}},"
    "{\"name\": \"xn--e1afmkfd.xn--p1ai\", \"route\": {\"host\": \"2001:db8::21\"}}, {\"name\": \"dns.test\", "
    "\"route\": \"dns\"},"
    "{\"name\": \"partner.test\", \"local\": false, \"route\": {\"host\": \"10.0.0.30\", \"port\": 26}}, {\"name\": "
    "\"idle.test\", \"local\": false}]";

static const char *
table_text (PosternPostfix *postfix, const char *name)
{
    guint n;
    const PosternPostfixTable *tables = postern_postfix_get_tables (postfix, &n);

    for (guint i = 0; i < n; i++) {
        if (g_str_equal (tables[i].name, name))
            return tables[i].text;
    }
    return NULL;
}

static void
test_tables (void)
{
    g_autoptr (PosternPlan) plan = make_plan (everything);
    g_autoptr (PosternPostfix) postfix = postern_postfix_new (plan, "/var/lib/postern/revisions/7");

    g_assert_cmpstr (table_text (postfix, "relay_domains"), ==,
                     "example.com\tOK\n.example.com\tOK\nxn--e1afmkfd.xn--p1ai\tOK\nпример.рф\tOK\ndns.test\tOK\n");
    g_assert_cmpstr (table_text (postfix, "transport"), ==,
                     "example.com\trelay:[10.0.0.20]:25\n"
                     ".example.com\trelay:mail.example.net:25\n"
                     "xn--e1afmkfd.xn--p1ai\trelay:[2001:db8::21]:25\n"
                     "пример.рф\trelay:[2001:db8::21]:25\n"
                     "dns.test\trelay:\n"
                     "partner.test\tsmtp:[10.0.0.30]:26\n");
    g_assert_cmpstr (table_text (postfix, "trusted_networks"), ==, "10.0.0.20/32\tOK\n2001:db8:1::/64\tOK\n");
}

static void
test_parameters (void)
{
    g_autoptr (PosternPlan) plan = make_plan (everything);
    g_autoptr (PosternPostfix) postfix = postern_postfix_new (plan, "/var/lib/postern/revisions/7");
    g_autoptr (PosternPlan) empty = postern_plan_new ();
    g_autoptr (PosternPostfix) nothing = NULL;

    g_assert_cmpstr (postern_postfix_get_parameter (postfix, "relayhost"), ==, "edge.test:2525");
    g_assert_cmpstr (postern_postfix_get_parameter (postfix, "relay_transport"), ==, "relay:[10.0.0.20]:25");
    g_assert_cmpstr (postern_postfix_get_parameter (postfix, "relay_domains"), ==,
                     "lmdb:/var/lib/postern/revisions/7/relay_domains");
    g_assert_nonnull (strstr (postern_postfix_get_parameter (postfix, "smtpd_recipient_restrictions"),
                              "reject_unverified_recipient"));

    postern_plan_set_recipient_verification (empty, POSTERN_RECIPIENT_VERIFICATION_OFF);
    nothing = postern_postfix_new (empty, "/x");
    g_assert_cmpstr (postern_postfix_get_parameter (nothing, "relayhost"), ==, "");
    g_assert_cmpstr (postern_postfix_get_parameter (nothing, "relay_transport"), ==, "relay");
    g_assert_cmpstr (postern_postfix_get_parameter (nothing, "smtpd_recipient_restrictions"), ==, "");
    g_assert_nonnull (
        strstr (postern_postfix_get_parameter (nothing, "smtpd_relay_restrictions"), "reject_unauth_destination"));
    for (const char *const *name = postern_postfix_get_owned_parameters (); *name; name++)
        g_assert_nonnull (postern_postfix_get_parameter (nothing, *name));
}

static void
test_fragment (void)
{
    g_autoptr (PosternPlan) plan = make_plan (everything);
    g_autofree char *fragment = postern_plan_to_postfix_fragment (plan);
    g_auto (GStrv) lines = g_strsplit (fragment, "\n", -1);

    g_assert_nonnull (strstr (fragment, "\nrelayhost = edge.test:2525\n"));
    g_assert_nonnull (strstr (fragment, "\n    [2001:db8:1::]/64\n"));
    g_assert_nonnull (strstr (fragment, "\n    partner.test=smtp:[10.0.0.30]:26"));
    g_assert_nonnull (strstr (fragment, "\nmydestination =\n"));
    for (guint i = 0; lines[i] && lines[i + 1]; i++) /* a comment, a parameter, its continuation, or nothing */
        g_assert_true (lines[i][0] == '#' || lines[i][0] == ' ' || lines[i][0] == '\0' || strstr (lines[i], " ="));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/postfix/tables", test_tables);
    g_test_add_func ("/postfix/parameters", test_parameters);
    g_test_add_func ("/postfix/fragment", test_fragment);
    return g_test_run ();
}
