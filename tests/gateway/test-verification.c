/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gateway/postern-refused-mail-proof.h"
#include "gateway/postern-verification.h"
#include "test-certificate.h"
#include "test-gateway.h"

typedef struct {
    TestGateway *server;
    PosternGateway *gateway;
    PosternPlan *plan;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (PosternRoute) route = postern_route_new ("10.0.0.21", 25, FALSE, NULL);
    PosternDomain *own;

    fixture->server = test_gateway_new (certificate);
    fixture->gateway = test_gateway_connect (fixture->server, 10);
    fixture->plan = test_plan (NULL);
    own = postern_plan_add_domain (fixture->plan, "example.org", NULL);
    postern_domain_set_route (own, route);
    postern_domain_set_routing (own, POSTERN_DOMAIN_ROUTING_OWN);
    test_gateway_change (fixture->server, fixture->plan);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_object_unref (fixture->gateway);
    g_object_unref (fixture->plan);
    test_gateway_free (fixture->server);
}

static PosternVerification *
make (Fixture *fixture, const char *known)
{
    const char *recipients[] = { known, NULL };
    PosternVerification *verification = postern_verification_new (fixture->plan, known != NULL ? recipients : NULL);

    g_object_set (verification, "pause-milliseconds", 5, NULL);
    return verification;
}

/* "kind:state …" in the order of the proofs. */
static char *
tell (PosternVerification *verification)
{
    g_autoptr (GPtrArray) proofs = postern_verification_get_proofs (verification);
    GString *text = g_string_new (NULL);

    for (guint i = 0; i < proofs->len; i++) {
        PosternProof *proof = proofs->pdata[i];

        g_test_message ("%s; %s → %s: %s; %s", postern_proof_get_title (proof), postern_proof_get_client (proof),
                        postern_proof_get_recipient (proof), postern_proof_get_reply (proof),
                        postern_proof_get_message (proof));
        g_string_append_printf (text, "%s%s:%s", i > 0 ? " " : "",
                                postern_enum_to_nick (POSTERN_TYPE_PROOF_KIND, postern_proof_get_kind (proof)),
                                postern_enum_to_nick (POSTERN_TYPE_PROOF_STATE, postern_proof_get_state (proof)));
    }
    return g_string_free_and_steal (text);
}

static void
assert_told (PosternVerification *verification, const char *expected)
{
    g_autofree char *text = tell (verification);

    g_assert_cmpstr (text, ==, expected);
}

static PosternProof *
dup_proof (PosternVerification *verification, PosternProofKind kind)
{
    g_autoptr (GPtrArray) proofs = postern_verification_get_proofs (verification);

    for (guint i = 0; i < proofs->len; i++) {
        if (postern_proof_get_kind (proofs->pdata[i]) == kind)
            return g_object_ref (proofs->pdata[i]);
    }
    g_assert_not_reached ();
}

static void
on_proof_cb (PosternVerification *verification, guint position, PosternProof *proof, gpointer data)
{
    guint *next = data;

    g_assert_cmpuint (position, ==, *next);
    g_assert_cmpint (postern_proof_get_state (proof), !=, POSTERN_PROOF_PENDING);
    *next += 1;
}

static void
test_all_hold (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternVerification) verification = make (fixture, NULL);
    g_autoptr (PosternProof) unknown = NULL;
    g_autoptr (PosternProof) own = NULL;
    g_autoptr (GError) error = NULL;
    guint n = 0;

    assert_told (verification, "local:pending foreign:pending unknown-recipient:pending trusted-foreign:pending "
                               "trusted-local:pending own-route:pending");
    g_assert_false (postern_verification_all_hold (verification));
    g_signal_connect (verification, "proof", G_CALLBACK (on_proof_cb), &n);
    g_assert_true (postern_verification_run (verification, fixture->gateway, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (n, ==, 6);
    assert_told (
        verification,
        "local:holds foreign:holds unknown-recipient:holds trusted-foreign:holds trusted-local:holds own-route:holds");
    g_assert_true (postern_verification_all_hold (verification));
    unknown = dup_proof (verification, POSTERN_PROOF_UNKNOWN_RECIPIENT);
    g_assert_cmpstr (postern_proof_get_reply (unknown), ==,
                     "550 5.1.1 Recipient address rejected: Address lookup failed");
    own = dup_proof (verification, POSTERN_PROOF_OWN_ROUTE);
    g_assert_nonnull (strstr (postern_proof_get_expectation (own), "10.0.0.21"));
    g_assert_cmpstr (postern_proof_get_recipient (own), ==, "postmaster@example.org");
}

/* A gateway with another configuration does not do what the plan says, and is not said to. */
static void
test_other_configuration (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) open = postern_plan_copy (fixture->plan);
    g_autoptr (PosternPlan) closed = postern_plan_new ();
    g_autoptr (PosternVerification) first = make (fixture, NULL);
    g_autoptr (PosternVerification) second = make (fixture, NULL);

    postern_plan_add_trusted_network (open, "0.0.0.0/0", NULL);
    test_gateway_change (fixture->server, open);
    g_assert_true (postern_verification_run (first, fixture->gateway, NULL, NULL));
    assert_told (
        first,
        "local:holds foreign:fails unknown-recipient:fails trusted-foreign:holds trusted-local:holds own-route:holds");
    g_assert_false (postern_verification_all_hold (first));
    test_gateway_change (fixture->server, closed);
    g_assert_true (postern_verification_run (second, fixture->gateway, NULL, NULL));
    assert_told (second, "local:fails foreign:holds unknown-recipient:fails trusted-foreign:fails trusted-local:fails "
                         "own-route:fails");
}

static void
test_verification_off (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternVerification) verification = NULL;

    postern_plan_set_recipient_verification (fixture->plan, POSTERN_RECIPIENT_VERIFICATION_OFF);
    test_gateway_change (fixture->server, fixture->plan);
    verification = make (fixture, NULL);
    g_assert_true (postern_verification_run (verification, fixture->gateway, NULL, NULL));
    g_assert_true (postern_verification_all_hold (verification));
}

#define FLOW(verdict, reply)                                                                                           \
    "{\"kind\":\"flow\",\"stage\":\"rcpt\",\"verdict\":\"" verdict "\",\"reply\":\"" reply "\"}"

/* One answer for all of the first @times questions, and what becomes of the proofs. */
static void
test_replies (Fixture *fixture, gconstpointer data)
{
    const struct {
        const char *body;
        guint times;
        const char *known;
        const char *expected;
    } cases[] = {
        { FLOW ("deferred", "450 4.1.1 in progress"), 1, NULL,
          "local:holds foreign:holds unknown-recipient:holds trusted-foreign:holds trusted-local:holds "
          "own-route:holds" },
        { FLOW ("deferred", "450 4.1.1 Connection refused"), 2, NULL,
          "local:unproven foreign:holds unknown-recipient:holds trusted-foreign:holds trusted-local:holds "
          "own-route:holds" },
        { FLOW ("deferred", "451 4.3.5 Server configuration error"), 2, NULL,
          "local:unproven foreign:holds unknown-recipient:holds trusted-foreign:holds trusted-local:holds "
          "own-route:holds" },
        { FLOW ("refused", "550 5.1.1 unknown"), 1, NULL,
          "local:holds foreign:holds unknown-recipient:holds trusted-foreign:holds trusted-local:holds "
          "own-route:holds" },
        { FLOW ("refused", "550 5.1.1 unknown"), 1, "alice@example.com",
          "local:fails foreign:holds unknown-recipient:holds trusted-foreign:holds trusted-local:holds "
          "own-route:holds" },
        { FLOW ("refused", "nonsense"), 1, NULL,
          "local:fails foreign:holds unknown-recipient:holds trusted-foreign:holds trusted-local:holds "
          "own-route:holds" },
        { FLOW ("accepted", "250 2.1.5 Ok"), 3, NULL,
          "local:holds foreign:fails unknown-recipient:fails trusted-foreign:holds trusted-local:holds "
          "own-route:holds" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        const TestFault fault = { .name = "flow",
                                  .path = "/api/v1/probes",
                                  .times = cases[i].times,
                                  .status = 200,
                                  .content_type = "application/json",
                                  .body = cases[i].body };
        g_autoptr (PosternVerification) verification = make (fixture, cases[i].known);

        test_gateway_misbehave (fixture->server, &fault);
        g_assert_true (postern_verification_run (verification, fixture->gateway, NULL, NULL));
        assert_told (verification, cases[i].expected);
    }
}

static void
test_no_answer (Fixture *fixture, gconstpointer data)
{
    const TestFault fault = { .name = "422",
                              .path = "/api/v1/probes",
                              .skip = 2,
                              .status = 422,
                              .content_type = "application/problem+json",
                              .body = "{\"code\":\"unknown-probe\"}" };
    g_autoptr (PosternVerification) verification = make (fixture, NULL);
    g_autoptr (GError) error = NULL;

    test_gateway_misbehave (fixture->server, &fault);
    g_assert_false (postern_verification_run (verification, fixture->gateway, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_NOT_SUPPORTED);
    assert_told (verification, "local:holds foreign:holds unknown-recipient:pending trusted-foreign:pending "
                               "trusted-local:pending own-route:pending");
    g_assert_false (postern_verification_all_hold (verification));
}

static void
test_recipients (Fixture *fixture, gconstpointer data)
{
    const char *known[] = { "nobody@foreign.test", "not an address", "carol@Example.ORG", "alice@example.com", NULL };
    g_autoptr (PosternVerification) verification = postern_verification_new (fixture->plan, known);
    g_autoptr (PosternProof) local = dup_proof (verification, POSTERN_PROOF_LOCAL);
    g_autoptr (PosternProof) own = dup_proof (verification, POSTERN_PROOF_OWN_ROUTE);
    g_autoptr (PosternProof) trusted = dup_proof (verification, POSTERN_PROOF_TRUSTED_FOREIGN);

    g_assert_cmpstr (postern_proof_get_recipient (local), ==, "carol@Example.ORG");
    g_assert_false (postern_proof_get_assumed (local));
    g_assert_cmpstr (postern_proof_get_recipient (own), ==, "carol@Example.ORG");
    g_assert_cmpstr (postern_proof_get_client (trusted), ==, "10.0.0.20");
    g_assert_cmpstr (postern_proof_get_client (local), ==, "203.0.113.9");
}

/* What a plan does not have needs no proof; what is taken by the plan is not used as an outsider. */
static void
test_odd_plans (void)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternVerification) empty = postern_verification_new (plan, NULL);
    g_autoptr (PosternVerification) odd = NULL;
    g_autoptr (PosternVerification) everyone = NULL;
    g_autoptr (PosternProof) foreign = NULL;
    g_autoptr (PosternProof) trusted = NULL;

    assert_told (empty, "foreign:pending");
    postern_plan_add_trusted_network (plan, "203.0.113.0/24", NULL);
    postern_plan_add_domain (plan, "elsewhere.test", NULL);
    odd = postern_verification_new (plan, NULL);
    foreign = dup_proof (odd, POSTERN_PROOF_FOREIGN);
    trusted = dup_proof (odd, POSTERN_PROOF_TRUSTED_FOREIGN);
    g_assert_cmpstr (postern_proof_get_client (foreign), ==, "198.51.100.9");
    g_assert_cmpstr (postern_proof_get_recipient (foreign), ==, "someone@elsewhere.example");
    g_assert_cmpstr (postern_proof_get_client (trusted), ==, "203.0.113.1");
    postern_plan_add_trusted_network (plan, "0.0.0.0/0", NULL);
    postern_plan_add_trusted_network (plan, "::/0", NULL);
    everyone = postern_verification_new (plan, NULL);
    assert_told (everyone, "trusted-foreign:pending trusted-local:pending");
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
    g_autofree char *path = g_strconcat ("/verification/", name, NULL);

    g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
assert_refused_mail (PosternPlan *plan, const char *verdict, gboolean current, PosternProofState expected)
{
    g_autoptr (PosternProof) pending = postern_refused_mail_proof_new (plan);
    PosternScan scan = { .verdict = (char *)verdict, .reply = (char *)"", .current = current };
    g_autoptr (PosternProof) decided = postern_refused_mail_proof_decide (pending, plan, &scan);

    g_assert_cmpint (postern_proof_get_state (pending), ==, POSTERN_PROOF_PENDING);
    g_assert_cmpint (postern_proof_get_state (decided), ==, expected);
    g_assert_true ((postern_proof_get_message (decided) != NULL) == (expected == POSTERN_PROOF_FAILS));
}

static void
test_refused_mail (Fixture *fixture, gconstpointer data)
{
    postern_plan_set_rejected_mail (fixture->plan, POSTERN_REJECTED_MAIL_REJECT);
    assert_refused_mail (fixture->plan, "rejected", TRUE, POSTERN_PROOF_HOLDS);
    assert_refused_mail (fixture->plan, "rejected", FALSE, POSTERN_PROOF_FAILS);
    assert_refused_mail (fixture->plan, "deleted", TRUE, POSTERN_PROOF_FAILS);
    assert_refused_mail (fixture->plan, "accepted", TRUE, POSTERN_PROOF_FAILS);
    postern_plan_set_rejected_mail (fixture->plan, POSTERN_REJECTED_MAIL_DELETE);
    assert_refused_mail (fixture->plan, "deleted", TRUE, POSTERN_PROOF_HOLDS);
    assert_refused_mail (fixture->plan, "rejected", TRUE, POSTERN_PROOF_FAILS);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("all-hold", test_all_hold);
    add ("other-configuration", test_other_configuration);
    add ("verification-off", test_verification_off);
    add ("replies", test_replies);
    add ("no-answer", test_no_answer);
    add ("recipients", test_recipients);
    add ("refused-mail", test_refused_mail);
    g_test_add_func ("/verification/odd-plans", test_odd_plans);
    return g_test_run ();
}
