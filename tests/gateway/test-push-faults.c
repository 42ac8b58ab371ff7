/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "gateway/postern-push.h"
#include "test-certificate.h"
#include "test-gateway.h"

/*
 * Every fault at every request of a push, once and for good: what the push claims in the end is compared with what the
 * gateway really has. A wrong claim is a failure; “stuck” is one, too, where the gateway could well be asked.
 */

#define PROBLEM "application/problem+json"
#define JSON "application/json"
#define REQUESTS 3 /* read, write, read back */

static const TestFault faults[] = {
    { .name = "reset before", .end = TEST_END_RESET },
    { .name = "reset after", .carry_out = TRUE, .end = TEST_END_RESET },
    { .name = "silence before", .end = TEST_END_SILENCE },
    { .name = "silence after", .carry_out = TRUE, .end = TEST_END_SILENCE },
    { .name = "silence, carried out late", .delay_ms = 1500, .end = TEST_END_SILENCE },
    { .name = "truncated", .carry_out = TRUE, .end = TEST_END_TRUNCATE },
    { .name = "endless", .carry_out = TRUE, .end = TEST_END_FLOOD },
    { .name = "endless and slow", .carry_out = TRUE, .end = TEST_END_DRIP },
    { .name = "not JSON", .carry_out = TRUE, .body = "<html>" },
    { .name = "not JSON, not carried out", .status = 200, .content_type = JSON, .body = "<html>" },
    { .name = "wrong type", .carry_out = TRUE, .content_type = "text/html" },
    { .name = "wrong shape", .carry_out = TRUE, .body = "{\"revision\":\"new\"}" },
    { .name = "wrong shape, not carried out", .status = 200, .content_type = JSON, .body = "{\"revision\":\"new\"}" },
    { .name = "a lie", .status = 200, .content_type = JSON, .body = "{\"revision\":9}" },
    { .name = "redirect", .status = 307, .headers = "Location: https://127.0.0.1:1/\r\n" },
    { .name = "redirect after", .carry_out = TRUE, .status = 303, .headers = "Location: /done\r\n" },
    { .name = "401", .status = 401, .content_type = PROBLEM, .body = "{\"code\":\"token-unknown\"}" },
    { .name = "403", .status = 403, .content_type = PROBLEM, .body = "{\"code\":\"read-only-token\"}" },
    { .name = "409", .status = 409, .content_type = PROBLEM, .body = "{\"code\":\"push-in-progress\"}" },
    { .name = "412", .status = 412, .content_type = PROBLEM, .body = "{\"code\":\"revision-changed\"}" },
    { .name = "422", .status = 422, .content_type = PROBLEM, .body = "{\"code\":\"invalid-configuration\"}" },
    { .name = "429", .status = 429, .headers = "Retry-After: 0\r\n" },
    { .name = "500", .status = 500 },
    { .name = "500 after", .carry_out = TRUE, .status = 500 },
    { .name = "500 of the MTA", .status = 500, .content_type = PROBLEM, .body = "{\"code\":\"mta-refused\"}" },
    { .name = "500, disk full", .status = 500, .content_type = PROBLEM, .body = "{\"code\":\"storage-failed\"}" },
    { .name = "502", .status = 502 },
    { .name = "502 after", .carry_out = TRUE, .status = 502 },
    { .name = "503", .status = 503 },
    { .name = "504 after", .carry_out = TRUE, .status = 504 },
};

static guint n_cases;
static guint n_wrong;
static guint n_stuck;

typedef struct {
    TestGateway *server;
    PosternPlan *before;
    PosternPlan *wanted;
} World;

static void
world_clear (World *world)
{
    test_gateway_free (world->server);
    g_object_unref (world->before);
    g_object_unref (world->wanted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static gboolean
is_live (World *world, PosternPlan *plan)
{
    g_autoptr (PosternPlan) live = test_gateway_dup_plan (world->server);

    return postern_plan_equal (live, plan);
}

static gboolean
is_true (World *world, PosternPushOutcome outcome)
{
    switch (outcome) {
    case POSTERN_PUSH_OUTCOME_DONE:
        return is_live (world, world->wanted);
    case POSTERN_PUSH_OUTCOME_UNTOUCHED:
    case POSTERN_PUSH_OUTCOME_UNDONE:
        return is_live (world, world->before);
    case POSTERN_PUSH_OUTCOME_STUCK:
        n_stuck++;
        return TRUE;
    case POSTERN_PUSH_OUTCOME_CONFLICT: /* nobody else was there */
    case POSTERN_PUSH_OUTCOME_NONE:
    default:
        return FALSE;
    }
}

/* Where only one request is answered badly, and that one is not the last look, the truth can be known. */
static gboolean
must_be_known (const TestFault *fault)
{
    return fault->times == 1 && fault->skip < REQUESTS - 1;
}

static void
judge (World *world, const TestFault *fault, PosternPush *push, gboolean done, const GError *error)
{
    PosternPushOutcome outcome = postern_push_get_outcome (push);
    gboolean good = is_true (world, outcome) && done == (outcome == POSTERN_PUSH_OUTCOME_DONE) &&
                    done == (error == NULL) && !(outcome == POSTERN_PUSH_OUTCOME_STUCK && must_be_known (fault)) &&
                    strstr (postern_push_get_what_happened (push), TEST_TOKEN) == NULL &&
                    (error == NULL || strstr (error->message, TEST_TOKEN) == NULL);

    n_cases++;
    n_wrong += !good;
    g_test_message ("%s: %s at request %u, %s: %s: %s %s", good ? "good" : "WRONG", fault->name, fault->skip + 1,
                    fault->times == 1 ? "once" : "for good", postern_enum_to_nick (POSTERN_TYPE_PUSH_OUTCOME, outcome),
                    postern_push_get_what_happened (push), postern_push_get_what_is_live (push));
}

static void
try_fault (GTlsCertificate *certificate, const TestFault *fault)
{
    g_auto (World) world = { test_gateway_new (certificate), test_plan (NULL), test_plan ("example.org") };
    g_autoptr (PosternGateway) gateway = test_gateway_connect (world.server, 1);
    g_autoptr (PosternPush) push = postern_push_new (gateway, world.wanted, "1");
    g_autoptr (GError) error = NULL;
    gboolean done;

    g_object_set (push, "pause-milliseconds", 40, NULL);
    test_gateway_change (world.server, world.before);
    test_gateway_misbehave (world.server, fault);
    done = postern_push_run (push, NULL, &error);
    judge (&world, fault, push, done, error);
}

static void
test_matrix (void)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);

    for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
        for (guint request = 0; request < REQUESTS; request++) {
            for (guint times = 0; times < 2; times++) {
                TestFault fault = faults[i];

                /* Only a write can be carried out late. */
                if (fault.delay_ms > 0 && (request != 1 || times == 0))
                    continue;
                fault.skip = request;
                fault.times = times;
                try_fault (certificate, &fault);
            }
        }
    }
    g_test_message ("push fault matrix: %u cases, %u stuck, %u wrong claims", n_cases, n_stuck, n_wrong);
    g_assert_cmpuint (n_wrong, ==, 0);
}

/* The certificate changes in the middle: nothing more is said to whoever shows the new one. */
typedef struct {
    TestGateway *server;
    GTlsCertificate *other;
    PosternPushState state;
} Change;

static void
on_progress_cb (PosternPush *push, PosternPushStep *step, gpointer data)
{
    Change *change = data;

    if (postern_push_step_get_state (step) == change->state &&
        postern_push_step_get_result (step) == POSTERN_PUSH_RESULT_WORKING)
        test_gateway_set_certificate (change->server, change->other);
}

static void
test_certificate_changes (void)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
    g_autoptr (GTlsCertificate) other = test_certificate_new ("gw.test", NULL);
    const struct {
        PosternPushState state;
        PosternPushOutcome outcome;
        guint tokens;
    } cases[] = {
        { POSTERN_PUSH_STATE_READING, POSTERN_PUSH_OUTCOME_UNTOUCHED, 0 },
        { POSTERN_PUSH_STATE_WRITING, POSTERN_PUSH_OUTCOME_UNDONE, 1 },
        { POSTERN_PUSH_STATE_READING_BACK, POSTERN_PUSH_OUTCOME_STUCK, 2 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_auto (World) world = { test_gateway_new (certificate), test_plan (NULL), test_plan ("example.org") };
        g_autoptr (PosternGateway) gateway = test_gateway_connect (world.server, 10);
        g_autoptr (PosternPush) push = postern_push_new (gateway, world.wanted, NULL);
        Change change = { world.server, other, cases[i].state };
        g_autoptr (GError) error = NULL;

        test_gateway_change (world.server, world.before);
        g_signal_connect (push, "progress", G_CALLBACK (on_progress_cb), &change);
        g_assert_false (postern_push_run (push, NULL, &error));
        g_test_message ("%s", error->message);
        g_assert_cmpint (postern_push_get_outcome (push), ==, cases[i].outcome);
        g_assert_true (is_true (&world, cases[i].outcome));
        g_assert_cmpuint (test_gateway_count_tokens (world.server), ==, cases[i].tokens);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/push-faults/matrix", test_matrix);
    g_test_add_func ("/push-faults/certificate-changes", test_certificate_changes);
    return g_test_run ();
}
