/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-findings.h"
#include "plan/postern-plan-json.h"

/*
 * For each code: members of a plan that has the finding, and of its nearest neighbour that does not. Both share a sound
 * base, in which the members replace those of the same name.
 */
typedef struct {
    const char *code;
    const char *scenario;
    const char *with;
    const char *without;
} Case;

#define EDGE "\"edge_gateway\": {\"host\": \"192.168.0.1\"}, "
#define LOCAL "\"domains\": [{\"name\": \"example.com\"}], "
#define SERVER "\"internal_server\": {\"host\": \"10.0.0.20\"}, "
#define TRUSTED "\"trusted_networks\": [\"10.0.0.20\"]"
#define SOUND LOCAL SERVER TRUSTED
#define NETWORK(text) LOCAL SERVER "\"trusted_networks\": [" text "]"
#define DOMAIN(text) "\"domains\": [" text "], " TRUSTED

static const Case cases[] = {
    { "edge-gateway-missing", "edge-verifying", SOUND, EDGE SOUND },
    { "edge-gateway-missing", "edge-not-verifying", SOUND, EDGE SOUND },
    { "edge-gateway-not-allowed", "direct", EDGE SOUND, SOUND },
    { "mx-on-address", "direct", LOCAL TRUSTED ", \"internal_server\": {\"host\": \"10.0.0.20\", \"mx\": true}",
      LOCAL TRUSTED ", \"internal_server\": {\"host\": \"mail.example.com\", \"mx\": true}" },
    { "mx-on-address", "direct", DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"::5\", \"mx\": true}}"),
      DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"::5\"}}") },
    { "network-everything", "direct", NETWORK ("\"0.0.0.0/0\""), NETWORK ("\"128.0.0.0/1\"") },
    { "network-everything", "direct", NETWORK ("\"::/0\""), NETWORK ("\"8000::/1\"") },
    { "route-to-gateway", "direct", LOCAL TRUSTED ", \"internal_server\": {\"host\": \"10.0.0.2\"}", SOUND },
    { "route-to-gateway", "direct", LOCAL TRUSTED ", \"internal_server\": {\"host\": \"GW.example.com.\"}",
      LOCAL TRUSTED ", \"internal_server\": {\"host\": \"gw2.example.com\"}" },
    { "route-to-gateway", "direct", DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"127.0.0.1\"}}"),
      DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"127.0.0.1\", \"port\": 10025}}") },
    { "nothing-to-do-with-mail", "direct", "\"use_spf\": true", TRUSTED },
    { "nothing-to-do-with-mail", "direct", "\"domains\": [{\"name\": \"a.com\", \"local\": false}]",
      "\"domains\": [{\"name\": \"a.com\"}]" },
    { "no-local-domains", "direct", TRUSTED, SOUND },
    { "no-trusted-networks", "direct", LOCAL "\"use_spf\": true", SOUND },
    { "route-missing-loops", "edge-verifying", EDGE LOCAL TRUSTED, EDGE SOUND },
    { "route-missing-loops", "edge-verifying", EDGE LOCAL TRUSTED,
      EDGE DOMAIN ("{\"name\": \"a.com\", \"route\": \"dns\"}") },
    { "route-missing-dns", "direct", LOCAL TRUSTED, SOUND },
    { "edge-trusted", "edge-verifying", EDGE NETWORK ("\"192.168.0.0/24\""), EDGE NETWORK ("\"192.168.1.0/24\"") },
    { "network-wide", "direct", NETWORK ("\"10.0.0.0/15\""), NETWORK ("\"10.0.0.0/16\"") },
    { "network-wide", "direct", NETWORK ("\"fd00::/47\""), NETWORK ("\"fd00::/48\"") },
    { "network-public", "direct", NETWORK ("\"8.8.8.8\""), NETWORK ("\"172.31.255.1\"") },
    { "network-public", "direct", NETWORK ("\"2a00::/64\""), NETWORK ("\"fd00::/64\"") },
    { "network-covered", "direct", NETWORK ("\"10.0.0.5\", \"10.0.0.0/24\""),
      NETWORK ("\"10.0.1.5\", \"10.0.0.0/24\"") },
    { "public-suffix", "direct", DOMAIN ("{\"name\": \"co.uk\"}"), DOMAIN ("{\"name\": \"example.co.uk\"}") },
    { "public-suffix", "direct", DOMAIN ("{\"name\": \".com\"}"), DOMAIN ("{\"name\": \"corp\"}") },
    { "verification-off-direct", "direct", SOUND ", \"recipient_verification\": \"off\"", SOUND },
    { "verification-mismatch", "edge-verifying", EDGE SOUND ", \"recipient_verification\": \"off\"", EDGE SOUND },
    { "verification-mismatch", "edge-not-verifying", EDGE SOUND ", \"recipient_verification\": \"reject-unverified\"",
      EDGE SOUND },
    { "sender-checks-behind-edge", "edge-verifying", EDGE SOUND ", \"use_spf\": true",
      EDGE SOUND ", \"use_spf\": true, \"check_sender_before_edge\": true" },
    { "delete-with-sender-checks", "edge-verifying", EDGE SOUND ", \"use_spf\": true",
      EDGE SOUND ", \"use_spf\": true, \"rejected_mail\": \"reject\"" },
    { "reject-behind-edge", "edge-verifying", EDGE SOUND ", \"rejected_mail\": \"reject\"", EDGE SOUND },
    { "dmarc-without-spf", "direct", SOUND ", \"use_spf\": false", SOUND ", \"use_spf\": false, \"use_dmarc\": false" },
    { "route-port-unusual", "direct", LOCAL TRUSTED ", \"internal_server\": {\"host\": \"10.0.0.20\", \"port\": 2526}",
      LOCAL TRUSTED ", \"internal_server\": {\"host\": \"10.0.0.20\", \"port\": 2525}" },
    { "domain-not-local", "direct", SERVER DOMAIN ("{\"name\": \"a.com\"}, {\"name\": \"b.com\", \"local\": false}"),
      SERVER DOMAIN ("{\"name\": \"a.com\"}, {\"name\": \"b.com\"}") },
    { "route-missing-loops", "edge-verifying",
      EDGE DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"10.0.0.9\"}}, {\"name\": \".a.com\"}"),
      EDGE DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"10.0.0.9\"}}") },
    { "route-missing-dns", "direct",
      DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"10.0.0.9\"}}, {\"name\": \"b.com\"}"),
      DOMAIN (
          "{\"name\": \"a.com\", \"route\": {\"host\": \"10.0.0.9\"}}, {\"name\": \"b.com\", \"route\": \"dns\"}") },
    { "route-port-unusual", "direct", DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"::5\", \"port\": 24}}"),
      DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"::5\", \"port\": 26}}") },
    { "route-port-unusual", "edge-verifying", SOUND ", \"edge_gateway\": {\"host\": \"192.168.0.1\", \"port\": 1}",
      EDGE SOUND },
    /* What servers answered is beside the plan, see find(). */
    { "verification-useless", "direct", DOMAIN ("{\"name\": \"all.example\", \"route\": {\"host\": \"10.0.0.91\"}}"),
      DOMAIN ("{\"name\": \"all.example\", \"route\": {\"host\": \"10.0.0.90\"}}") },
    { "verification-useless", "edge-verifying", EDGE DOMAIN ("{\"name\": \"deaf.example\", \"route\": \"dns\"}"),
      EDGE DOMAIN ("{\"name\": \"deaf.example\", \"route\": \"dns\"}") ", \"recipient_verification\": \"off\"" },
    { "verification-useless", "direct", DOMAIN ("{\"name\": \"barred.example\", \"route\": {\"host\": \"10.0.0.92\"}}"),
      DOMAIN ("{\"name\": \"stranger.example\", \"route\": {\"host\": \"10.0.0.93\"}}") },
    { "verification-useless", "direct",
      TRUSTED ", \"domains\": [{\"name\": \"all.example\"}], \"internal_server\": {\"host\": \"10.0.0.91\"}",
      TRUSTED ", \"domains\": [{\"name\": \"fine.example\"}], \"internal_server\": {\"host\": \"10.0.0.91\"}" },
    { "gateway-gap", "direct", SOUND, SOUND ", \"use_spf\": false, \"use_dmarc\": false" },
};

static PosternPlan *
make_plan (const char *scenario, const char *members)
{
    g_autofree char *json = g_strdup_printf ("{\"scenario\": \"%s\", %s}", scenario, members);
    g_autoptr (GError) error = NULL;
    PosternPlan *plan = postern_plan_from_json (json, strlen (json), POSTERN_PLAN_FORM_API, NULL, &error);

    g_assert_no_error (error);
    return plan;
}

static void
add_rehearsal (GPtrArray *rehearsals, const char *host, const char *domain, PosternRehearsalOutcome outcome,
               gboolean by_gateway)
{
    g_autoptr (PosternRoute) server = host ? postern_route_new (host, 25, FALSE, NULL) : NULL;

    g_ptr_array_add (rehearsals, postern_rehearsal_new (server, domain, outcome, by_gateway, "summary"));
}

static GPtrArray *
make_rehearsals (void)
{
    GPtrArray *rehearsals = g_ptr_array_new_with_free_func (g_object_unref);

    add_rehearsal (rehearsals, "10.0.0.91", "all.example", POSTERN_REHEARSAL_CATCH_ALL, FALSE);
    add_rehearsal (rehearsals, NULL, "deaf.example", POSTERN_REHEARSAL_REFUSES_SENDER, FALSE);
    add_rehearsal (rehearsals, "10.0.0.92", "barred.example", POSTERN_REHEARSAL_REFUSES_CLIENT, TRUE);
    add_rehearsal (rehearsals, "10.0.0.93", "stranger.example", POSTERN_REHEARSAL_REFUSES_CLIENT, FALSE);
    add_rehearsal (rehearsals, "10.0.0.91", "fine.example", POSTERN_REHEARSAL_SLOW, TRUE);
    return rehearsals;
}

static GPtrArray *
find (PosternPlan *plan)
{
    static const char *const hosts[] = { "gw.example.com", "10.0.0.2", NULL };
    static const char *const stored[] = { "use_spf", "use_dmarc", NULL };
    g_autoptr (GPtrArray) rehearsals = make_rehearsals ();
    const PosternFindingContext context = { hosts, stored, rehearsals };

    return postern_plan_find (plan, &context);
}

static PosternFinding *
finding_of (GPtrArray *findings, const char *code)
{
    for (guint i = 0; i < findings->len; i++) {
        if (g_str_equal (postern_finding_get_code (g_ptr_array_index (findings, i)), code))
            return g_ptr_array_index (findings, i);
    }
    return NULL;
}

static void
test_code (gconstpointer data)
{
    const Case *c = data;
    g_autoptr (PosternPlan) bad = make_plan (c->scenario, c->with);
    g_autoptr (PosternPlan) good = make_plan (c->scenario, c->without);
    g_autoptr (GPtrArray) found = find (bad);
    g_autoptr (GPtrArray) not_found = find (good);
    PosternFinding *finding = finding_of (found, c->code);

    g_assert_nonnull (finding);
    g_test_message ("%s", postern_finding_get_message (finding));
    g_assert_null (finding_of (not_found, c->code));

    /* A cure cures: what it was offered for is gone afterwards. */
    if (postern_finding_get_cure (finding) != POSTERN_CURE_NONE) {
        g_autoptr (GPtrArray) after = NULL;

        g_assert_nonnull (postern_finding_get_cure_label (finding));
        g_assert_true (postern_cure_apply (finding, bad));
        after = find (bad);
        g_assert_null (finding_of (after, c->code));
    }
}

static void
test_sound (void)
{
    g_autoptr (PosternPlan) plan = make_plan ("direct", SOUND);
    g_autoptr (GPtrArray) findings = postern_plan_find (plan, NULL);

    for (guint i = 0; i < findings->len; i++)
        g_test_message ("%s", postern_finding_get_code (g_ptr_array_index (findings, i)));
    g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_order (void)
{
    g_autoptr (PosternPlan) plan = make_plan (
        "edge-verifying", "\"rejected_mail\": \"reject\", \"domains\": [{\"name\": \"a.com\", \"local\": false}]");
    g_autoptr (GPtrArray) findings = find (plan);
    PosternSeverity worst_so_far = POSTERN_SEVERITY_ERROR;

    for (guint i = 0; i < findings->len; i++) {
        PosternSeverity severity = postern_finding_get_severity (g_ptr_array_index (findings, i));

        g_assert_cmpint (severity, >=, worst_so_far);
        worst_so_far = severity;
    }
    g_assert_cmpint (worst_so_far, ==, POSTERN_SEVERITY_NOTE);
    g_assert_cmpuint (postern_findings_count (findings, POSTERN_SEVERITY_ERROR), ==, 2);
}

/* The route that the cure adds is the nearest one: its own domain's, or that of all others; never a guess. */
static void
test_suggested_route (void)
{
    g_autoptr (PosternPlan) plan =
        make_plan ("direct", DOMAIN ("{\"name\": \"a.com\", \"route\": {\"host\": \"10.0.0.1\"}}, "
                                     "{\"name\": \".b.com\", \"route\": {\"host\": \"10.0.0.3\"}}, "
                                     "{\"name\": \"x.y.b.com\"}, {\"name\": \".a.com\"}, {\"name\": \"c.com\"}"));
    g_autoptr (GPtrArray) findings = find (plan);
    const char *labels[] = { "Add Route to 10.0.0.3:25", "Add Route to 10.0.0.1:25", NULL };

    g_assert_cmpuint (findings->len, ==, 3 + 2); /* and two of gateway-gap */
    for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
        g_assert_cmpstr (postern_finding_get_cure_label (g_ptr_array_index (findings, i)), ==, labels[i]);
    g_assert_true (postern_cure_apply (g_ptr_array_index (findings, 0), plan));
    g_assert_cmpstr (postern_route_get_host (postern_domain_get_own_route (
                         postern_record_list_lookup (postern_plan_get_domains (plan), "x.y.b.com"))),
                     ==, "10.0.0.3");
}

/* 100,000 records with one mistake are twenty findings and one that counts the rest. */
static void
test_many (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) findings = NULL;
    guint n = 0;

    for (guint i = 0; i < 100000; i++) {
        g_autofree char *name = g_strdup_printf ("d%u.example.com", i);

        g_ptr_array_add (domains, postern_domain_new (name, NULL));
    }
    postern_record_list_append_all (postern_plan_get_domains (plan), domains);
    findings = postern_plan_find (plan, NULL);
    for (guint i = 0; i < findings->len; i++) {
        PosternFinding *finding = g_ptr_array_index (findings, i);

        if (!g_str_equal (postern_finding_get_code (finding), "route-missing-dns"))
            continue;
        n++;
        if (postern_finding_get_subject (finding) == NULL)
            g_assert_nonnull (strstr (postern_finding_get_message (finding), "99980"));
    }
    g_assert_cmpuint (n, ==, 21);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/findings/%s/%u", cases[i].code, i);

        g_test_add_data_func (path, &cases[i], test_code);
    }
    g_test_add_func ("/findings/sound", test_sound);
    g_test_add_func ("/findings/order", test_order);
    g_test_add_func ("/findings/suggested-route", test_suggested_route);
    g_test_add_func ("/findings/many", test_many);
    return g_test_run ();
}
