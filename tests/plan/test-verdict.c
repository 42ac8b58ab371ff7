/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"
#include "plan/postern-verdict.h"

static PosternPlan *
make_plan (const char *members)
{
    g_autofree char *json = g_strdup_printf ("{%s}", members);
    g_autoptr (GError) error = NULL;
    PosternPlan *plan = postern_plan_from_json (json, strlen (json), POSTERN_PLAN_FORM_API, NULL, &error);

    g_assert_no_error (error);
    return plan;
}

/* The verdict as a word or two: outcome and next hop. */
static char *
judge (PosternPlan *plan, const char *client, const char *recipient)
{
    static const char *const outcomes[] = { "accepted", "verified", "refused" };
    static const char *const hops[] = { "", " route", " internal", " edge", " dns" };
    PosternVerdict verdict;
    g_autoptr (GError) error = NULL;

    postern_plan_judge_text (plan, client, recipient, &verdict, &error);
    g_assert_no_error (error);
    return g_strconcat (outcomes[verdict.outcome], hops[verdict.hop], verdict.loops ? " loops" : NULL, NULL);
}

#define assert_verdict(plan, client, recipient, expected)                                                              \
    G_STMT_START                                                                                                       \
    {                                                                                                                  \
        g_autofree char *verdict_ = judge (plan, client, recipient);                                                   \
        g_assert_cmpstr (verdict_, ==, expected);                                                                      \
    }                                                                                                                  \
    G_STMT_END

#define OUTSIDE "203.0.113.9"
#define INSIDE "10.0.0.20"

static void
test_direct (void)
{
    g_autoptr (PosternPlan) plan = make_plan (
        "\"scenario\": \"direct\", \"internal_server\": {\"host\": \"10.0.0.20\"}, \"trusted_networks\": "
        "[\"10.0.0.20\"],"
        "\"domains\": [{\"name\": \"example.com\"}, {\"name\": \"example.org\", \"route\": {\"host\": \"10.0.0.21\"}},"
        "{\"name\": \"dns.test\", \"route\": \"dns\"}, {\"name\": \".sub.test\"}, {\"name\": "
        "\"xn--e1afmkfd.xn--p1ai\"},"
        "{\"name\": \"partner.test\", \"local\": false, \"route\": {\"host\": \"10.0.0.30\"}}]");

    assert_verdict (plan, OUTSIDE, "alice@example.com", "verified internal");
    assert_verdict (plan, OUTSIDE, "alice@EXAMPLE.com.", "verified internal");
    assert_verdict (plan, OUTSIDE, "carol@example.org", "verified route");
    assert_verdict (plan, OUTSIDE, "a@dns.test", "verified dns");
    assert_verdict (plan, OUTSIDE, "a@sub.test", "refused");
    assert_verdict (plan, OUTSIDE, "a@x.sub.test", "verified internal");
    assert_verdict (plan, OUTSIDE, "a@x.y.sub.test", "verified internal");
    assert_verdict (plan, OUTSIDE, "a@x.example.com", "refused");
    assert_verdict (plan, OUTSIDE, "оля@пример.рф", "verified internal");
    assert_verdict (plan, OUTSIDE, "a@elsewhere.test", "refused");
    assert_verdict (plan, OUTSIDE, "a@partner.test", "refused");
    assert_verdict (plan, OUTSIDE, "joe@[10.77.9.9]", "refused");
    assert_verdict (plan, OUTSIDE, "\"joe@elsewhere.test\"@example.com", "refused");
    assert_verdict (plan, OUTSIDE, "joe%elsewhere.test@example.com", "refused");
    assert_verdict (plan, OUTSIDE, "elsewhere.test!joe@example.com", "refused");
    assert_verdict (plan, INSIDE, "joe%elsewhere.test@example.com", "accepted internal");
    assert_verdict (plan, INSIDE, "alice@example.com", "accepted internal");
    assert_verdict (plan, INSIDE, "a@elsewhere.test", "accepted dns");
    assert_verdict (plan, INSIDE, "a@partner.test", "accepted route");
    assert_verdict (plan, "127.0.0.1", "a@elsewhere.test", "accepted dns");
    assert_verdict (plan, "::1", "a@elsewhere.test", "accepted dns");
    assert_verdict (plan, "::ffff:10.0.0.20", "a@elsewhere.test", "accepted dns");
}

static void
test_edge (void)
{
    g_autoptr (PosternPlan) plan =
        make_plan ("\"scenario\": \"edge-not-verifying\", \"edge_gateway\": {\"host\": \"192.168.0.1\"}, "
                   "\"trusted_networks\": [\"10.0.0.20\"],"
                   "\"domains\": [{\"name\": \"example.com\"}, {\"name\": \"example.org\", \"route\": {\"host\": "
                   "\"10.0.0.21\"}}, {\"name\": \"dns.test\", \"route\": \"dns\"}]");

    assert_verdict (plan, OUTSIDE, "carol@example.org", "accepted route");
    assert_verdict (plan, OUTSIDE, "alice@example.com", "accepted edge loops");
    assert_verdict (plan, OUTSIDE, "a@dns.test", "accepted dns");
    assert_verdict (plan, OUTSIDE, "a@elsewhere.test", "refused");
    assert_verdict (plan, INSIDE, "a@elsewhere.test", "accepted edge");
}

/* A narrower record keeps its own way, whatever a wider one says. */
static void
test_nearest_record (void)
{
    g_autoptr (PosternPlan) plan = make_plan (
        "\"scenario\": \"direct\", \"recipient_verification\": \"off\", \"internal_server\": {\"host\": \"10.0.0.20\"},"
        "\"domains\": [{\"name\": \".a.test\", \"route\": {\"host\": \"10.0.0.21\"}}, {\"name\": \"b.a.test\"},"
        "{\"name\": \"c.a.test\", \"local\": false}, {\"name\": \"d.a.test\", \"local\": false, \"route\": \"dns\"}]");

    assert_verdict (plan, OUTSIDE, "x@b.a.test", "accepted internal");
    assert_verdict (plan, OUTSIDE, "x@x.a.test", "accepted route");
    assert_verdict (plan, OUTSIDE, "x@c.a.test", "accepted route");
    assert_verdict (plan, OUTSIDE, "x@d.a.test", "accepted dns");
}

static void
test_refuses_input (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    const char *const pairs[][2] = {
        { "not an address", "a@b.test" },
        { "10.0.0.0/8", "a@b.test" },
        { INSIDE, "nobody" },
        { INSIDE, "@b.test" },
        { INSIDE, "a@" },
        { INSIDE, "a@b..test" },
        { INSIDE, "a@.b.test" },
        { INSIDE, "a@b.test>\r\nDATA" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
        g_autoptr (GError) error = NULL;
        PosternVerdict verdict;

        g_assert_false (postern_plan_judge_text (plan, pairs[i][0], pairs[i][1], &verdict, &error));
        g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_ADDRESS);
    }
}

static void
test_replies (void)
{
    const PosternVerdict accepted = { .outcome = POSTERN_VERDICT_ACCEPTED };
    const PosternVerdict verified = { .outcome = POSTERN_VERDICT_VERIFIED };
    const PosternVerdict refused = { .outcome = POSTERN_VERDICT_REFUSED };

    g_assert_true (postern_verdict_matches_reply (&accepted, 250, "2.1.5"));
    g_assert_false (
        postern_verdict_matches_reply (&accepted, 451, "4.3.0")); /* one malformed network stops all mail so */
    g_assert_true (postern_verdict_matches_reply (&verified, 250, "2.1.5"));
    g_assert_true (postern_verdict_matches_reply (&verified, 550, "5.1.1"));
    g_assert_true (postern_verdict_matches_reply (&verified, 450, "4.1.1"));
    g_assert_false (postern_verdict_matches_reply (&verified, 554, "5.7.1"));
    g_assert_false (postern_verdict_matches_reply (&verified, 451, "4.3.5"));
    g_assert_true (postern_verdict_matches_reply (&refused, 554, "5.7.1"));
    g_assert_false (
        postern_verdict_matches_reply (&refused, 454, "4.7.1")); /* Debian’s default makes senders try for days */
    g_assert_false (postern_verdict_matches_reply (&refused, 250, "2.1.5"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/verdict/direct", test_direct);
    g_test_add_func ("/verdict/edge", test_edge);
    g_test_add_func ("/verdict/nearest-record", test_nearest_record);
    g_test_add_func ("/verdict/refuses-input", test_refuses_input);
    g_test_add_func ("/verdict/replies", test_replies);
    return g_test_run ();
}
