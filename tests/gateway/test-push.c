/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gateway/postern-push.h"
#include "test-certificate.h"
#include "test-gateway.h"

typedef struct {
    TestGateway *server;
    PosternGateway *gateway;
    PosternPlan *before;
    PosternPlan *wanted;
    GPtrArray *steps;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);

    fixture->server = test_gateway_new (certificate);
    fixture->gateway = test_gateway_connect (fixture->server, 1);
    fixture->before = test_plan (NULL);
    fixture->wanted = test_plan ("example.org");
    fixture->steps = g_ptr_array_new_with_free_func (g_object_unref);
    test_gateway_change (fixture->server, fixture->before);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_ptr_array_unref (fixture->steps);
    g_assert_finalize_object (fixture->gateway);
    g_object_unref (fixture->before);
    g_object_unref (fixture->wanted);
    test_gateway_free (fixture->server);
}

static void
on_progress_cb (PosternPush *push, PosternPushStep *step, gpointer data)
{
    Fixture *fixture = data;

    g_assert_cmpuint (strlen (postern_push_step_get_text (step)), >, 5);
    if (postern_push_step_get_result (step) == POSTERN_PUSH_RESULT_WORKING)
        g_assert_null (postern_push_step_get_answer (step));
    else
        g_assert_null (strstr (postern_push_step_get_answer (step), TEST_TOKEN));
    g_ptr_array_add (fixture->steps, g_object_ref (step));
}

static PosternPush *
watch (Fixture *fixture, PosternPush *push)
{
    g_object_set (push, "pause-milliseconds", 5, NULL);
    g_signal_connect (push, "progress", G_CALLBACK (on_progress_cb), fixture);
    return push;
}

/* "reading+ comparing! …": done and failed steps in their order. */
static char *
tell_steps (Fixture *fixture)
{
    GString *text = g_string_new (NULL);

    for (guint i = 0; i < fixture->steps->len; i++) {
        PosternPushStep *step = fixture->steps->pdata[i];
        PosternPushResult result = postern_push_step_get_result (step);

        if (result != POSTERN_PUSH_RESULT_WORKING)
            g_string_append_printf (text, "%s%s%c", text->len > 0 ? " " : "",
                                    postern_enum_to_nick (POSTERN_TYPE_PUSH_STATE, postern_push_step_get_state (step)),
                                    result == POSTERN_PUSH_RESULT_DONE ? '+' : '!');
    }
    return g_string_free_and_steal (text);
}

static void
assert_steps (Fixture *fixture, const char *expected)
{
    g_autofree char *steps = tell_steps (fixture);

    g_assert_cmpstr (steps, ==, expected);
}

static void
assert_live (Fixture *fixture, PosternPlan *plan)
{
    g_autoptr (PosternPlan) live = test_gateway_dup_plan (fixture->server);

    g_assert_true (postern_plan_equal (live, plan));
}

static void
assert_told (PosternPush *push)
{
    const char *texts[] = { postern_push_get_what_happened (push), postern_push_get_what_is_live (push) };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_test_message ("%s", texts[i]);
        g_assert_cmpuint (strlen (texts[i]), >, 10);
        g_assert_null (strstr (texts[i], TEST_TOKEN));
    }
}

static void
test_done (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_NONE);
    g_assert_true (postern_push_run (push, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_DONE);
    g_assert_cmpstr (postern_push_get_revision (push), ==, "2");
    g_assert_cmpuint (postern_push_get_changes (push)->len, ==, 1);
    assert_steps (fixture, "reading+ comparing+ writing+ reading-back+ done+");
    assert_live (fixture, fixture->wanted);
    assert_told (push);
}

/* The plan that is pushed is the one there was when the push was made. */
static void
test_copies_plan (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, NULL));
    g_autoptr (PosternPlan) wanted = postern_plan_copy (fixture->wanted);

    postern_plan_add_domain (fixture->wanted, "late.test", NULL);
    g_assert_true (postern_push_run (push, NULL, NULL));
    assert_live (fixture, wanted);
}

static void
test_nothing_to_do (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->before, "1"));

    g_assert_true (postern_push_run (push, NULL, NULL));
    assert_steps (fixture, "reading+ comparing+ done+");
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "PUT"), ==, 0);
    g_assert_cmpuint (test_gateway_get_revision (fixture->server), ==, 1);
}

/* Someone else changed it between review and push. */
static void
test_conflict_before (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) theirs = test_plan ("theirs.test");
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;

    test_gateway_change (fixture->server, theirs);
    g_assert_false (postern_push_run (push, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_CONFLICT);
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_CONFLICT);
    g_assert_cmpuint (postern_push_get_their_changes (push)->len, ==, 1);
    g_assert_cmpstr (postern_change_get_key (postern_push_get_their_changes (push)->pdata[0]), ==, "theirs.test");
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "PUT"), ==, 0);
    g_assert_nonnull (postern_push_get_what_to_do (push));
    assert_steps (fixture, "reading+ comparing! undone!");
    assert_live (fixture, theirs);
    assert_told (push);
}

/* Someone else changed it between our reading and our writing. */
static void
test_conflict_meanwhile (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) theirs = test_plan ("theirs.test");
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;

    test_gateway_change_at (fixture->server, theirs, 1);
    g_assert_false (postern_push_run (push, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_CONFLICT);
    g_assert_cmpuint (postern_push_get_their_changes (push)->len, ==, 1);
    assert_steps (fixture, "reading+ comparing+ writing! reading-back+ undone!");
    assert_live (fixture, theirs);
}

/* Another revision with the same contents: what the person saw still holds. */
static void
test_same_contents (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) theirs = test_plan ("theirs.test");
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));

    test_gateway_change (fixture->server, theirs);
    test_gateway_change (fixture->server, fixture->before);
    g_assert_true (postern_push_run (push, NULL, NULL));
    assert_live (fixture, fixture->wanted);
}

static void
test_reviewed_is_used (Fixture *fixture, gconstpointer data)
{
    const TestFault no_history = { .name = "404", .path = "/api/v1/revisions/1", .status = 404 };
    g_autoptr (PosternPlan) theirs = test_plan ("theirs.test");

    test_gateway_change (fixture->server, theirs);
    test_gateway_misbehave (fixture->server, &no_history);
    for (guint with = 0; with < 2; with++) {
        g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));

        if (with)
            postern_push_set_reviewed (push, fixture->before);
        g_assert_false (postern_push_run (push, NULL, NULL));
        g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_CONFLICT);
        g_assert_cmpint (postern_push_get_their_changes (push) != NULL, ==, with);
    }
    assert_live (fixture, theirs);
}

/* Someone else changed it after our write, before we could read it back. */
static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) theirs = test_plan ("theirs.test");
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;

    test_gateway_change_at (fixture->server, theirs, 2);
    g_assert_false (postern_push_run (push, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_STUCK);
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_STUCK);
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "PUT"), ==, 1);
    assert_steps (fixture, "reading+ comparing+ writing+ reading-back+ stuck!");
    assert_live (fixture, theirs);
    assert_told (push);
}

/* A gateway that makes something else of the plan: that is taken back. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) nonsense = test_plan ("nonsense.test");
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;

    test_gateway_distort (fixture->server, nonsense);
    g_assert_false (postern_push_run (push, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_STUCK);
    assert_steps (fixture, "reading+ comparing+ writing+ reading-back+ undoing+ reading-back+ stuck!");
    assert_live (fixture, nonsense);
    assert_told (push);
}

static void
test_undo_works (Fixture *fixture, gconstpointer data)
{
    g_autofree char *other = NULL;
    g_autoptr (PosternPlan) nonsense = test_plan ("nonsense.test");
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;
    /* Only the first write is distorted: what it says is done is not what was asked for. */
    const TestFault lie = { .name = "lie",
                            .method = "PUT",
                            .times = 1,
                            .status = 200,
                            .content_type = "application/json",
                            .body = "{\"revision\":2}" };

    test_gateway_misbehave (fixture->server, &lie);
    test_gateway_change_at (fixture->server, nonsense, 2);
    g_assert_false (postern_push_run (push, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_PROTOCOL);
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_UNDONE);
    assert_steps (fixture, "reading+ comparing+ writing+ reading-back+ undoing+ reading-back+ undone!");
    assert_live (fixture, fixture->before);
    assert_told (push);
}

static void
refuse_what_was_before_cb (PosternPush *push, PosternPushStep *step, gpointer data)
{
    Fixture *fixture = data;
    static const TestFault refusal = { .name = "refusal",
                                       .method = "PUT",
                                       .status = 422,
                                       .content_type = "application/problem+json",
                                       .body = "{\"code\":\"invalid-configuration\"}" };

    if (postern_push_step_get_state (step) == POSTERN_PUSH_STATE_UNDOING)
        test_gateway_misbehave (fixture->server, &refusal);
}

/* What was there before the very first push is no plan that the gateway would take; it is restored as a revision. */
static void
test_undo_restores (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPlan) nonsense = test_plan ("nonsense.test");
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;
    const TestFault lie = { .name = "lie",
                            .method = "PUT",
                            .times = 1,
                            .status = 200,
                            .content_type = "application/json",
                            .body = "{\"revision\":2}" };

    g_signal_connect (push, "progress", G_CALLBACK (refuse_what_was_before_cb), fixture);
    test_gateway_misbehave (fixture->server, &lie);
    test_gateway_change_at (fixture->server, nonsense, 2);
    g_assert_false (postern_push_run (push, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_PROTOCOL);
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_UNDONE);
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "POST"), ==, 1);
    assert_live (fixture, fixture->before);
    assert_told (push);
}

/* The gateway has the old configuration on record, but says that its mail server is in between: that is not “as
 * before”. */
static void
test_mta_stuck (Fixture *fixture, gconstpointer data)
{
    const TestFault stuck = { .name = "stuck",
                              .method = "PUT",
                              .status = 500,
                              .content_type = "application/problem+json",
                              .body = "{\"code\":\"mta-stuck\",\"detail\":\"postfix reload: fatal\"}" };
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GError) error = NULL;

    test_gateway_misbehave (fixture->server, &stuck);
    g_assert_false (postern_push_run (push, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_STUCK);
    g_assert_nonnull (strstr (error->message, "postfix reload: fatal"));
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_STUCK);
    g_assert_nonnull (postern_push_get_what_to_do (push));
    assert_told (push);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPush) push = NULL;
    g_autoptr (PosternPush) missing = watch (fixture, postern_push_new_restore (fixture->gateway, "9", NULL));
    g_autoptr (GError) error = NULL;

    test_gateway_change (fixture->server, fixture->wanted);
    push = watch (fixture, postern_push_new_restore (fixture->gateway, "1", "2"));
    g_assert_true (postern_push_run (push, NULL, NULL));
    g_assert_cmpstr (postern_push_get_revision (push), ==, "3");
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "PUT"), ==, 0);
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "POST"), ==, 1);
    assert_live (fixture, fixture->before);
    g_assert_false (postern_push_run (missing, NULL, &error));
    test_assert_error (error, POSTERN_GATEWAY_ERROR_NOT_FOUND);
    g_assert_cmpint (postern_push_get_outcome (missing), ==, POSTERN_PUSH_OUTCOME_UNTOUCHED);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_cancellable_cancel (cancellable);
    g_assert_false (postern_push_run (push, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_UNTOUCHED);
    assert_live (fixture, fixture->before);
    assert_told (push);
}

static void
on_writing_cb (PosternPush *push, PosternPushStep *step, gpointer data)
{
    if (postern_push_step_get_state (step) == POSTERN_PUSH_STATE_COMPARING &&
        postern_push_step_get_result (step) == POSTERN_PUSH_RESULT_DONE)
        g_cancellable_cancel (data);
}

static void
test_cancelled_between (Fixture *fixture, gconstpointer data)
{
    g_autoptr (PosternPush) push = watch (fixture, postern_push_new (fixture->gateway, fixture->wanted, "1"));
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_signal_connect (push, "progress", G_CALLBACK (on_writing_cb), cancellable);
    g_assert_false (postern_push_run (push, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (test_gateway_count_requests (fixture->server, "PUT"), ==, 0);
    g_assert_cmpint (postern_push_get_outcome (push), ==, POSTERN_PUSH_OUTCOME_UNTOUCHED);
    assert_live (fixture, fixture->before);
}

/* Cancels once the gateway has been told. */
static gpointer
cancel_when_told (gpointer data)
{
    gpointer *both = data;

    while (test_gateway_count_requests (both[0], "PUT") == 0)
        g_thread_yield ();
    g_cancellable_cancel (both[1]);
    return NULL;
}

/* Stopped while the gateway carries it out: what is told is what it has in the end. */
static void
test_cancelled_while_writing (Fixture *fixture, gconstpointer data)
{
    const TestFault faults[] = {
        { .name = "in vain", .method = "PUT", .times = 1, .end = TEST_END_SILENCE },
        { .name = "too late", .method = "PUT", .times = 1, .delay_ms = 300, .end = TEST_END_SILENCE },
    };

    for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
        g_autoptr (GTlsCertificate) certificate = test_certificate_new ("gw.test", NULL);
        g_autoptr (TestGateway) server = test_gateway_new (certificate);
        g_autoptr (PosternGateway) gateway = test_gateway_connect (server, 60);
        g_autoptr (PosternPush) push = watch (fixture, postern_push_new (gateway, fixture->wanted, "0"));
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        gpointer both[] = { server, cancellable };
        GThread *thread = g_thread_new ("cancel", cancel_when_told, both);
        g_autoptr (GError) error = NULL;
        gboolean done;

        test_gateway_misbehave (server, &faults[i]);
        done = postern_push_run (push, cancellable, &error);
        g_thread_join (thread);
        g_assert_cmpint (done, ==, faults[i].delay_ms > 0);
        g_assert_cmpint (postern_push_get_outcome (push), ==,
                         done ? POSTERN_PUSH_OUTCOME_DONE : POSTERN_PUSH_OUTCOME_UNDONE);
        g_assert_cmpuint (test_gateway_get_revision (server), ==, done ? 1 : 0);
        assert_told (push);
    }
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
    g_autofree char *path = g_strconcat ("/push/", name, NULL);

    g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    add ("done", test_done);
    add ("copies-plan", test_copies_plan);
    add ("nothing-to-do", test_nothing_to_do);
    add ("conflict-before", test_conflict_before);
    add ("conflict-meanwhile", test_conflict_meanwhile);
    add ("same-contents", test_same_contents);
    add ("reviewed-is-used", test_reviewed_is_used);
    add ("overtaken", test_overtaken);
    add ("undo-fails", test_undo);
    add ("undo-works", test_undo_works);
    add ("undo-restores", test_undo_restores);
    add ("mta-stuck", test_mta_stuck);
    add ("restore", test_restore);
    add ("cancelled-before", test_cancelled_before);
    add ("cancelled-between", test_cancelled_between);
    add ("cancelled-while-writing", test_cancelled_while_writing);
    return g_test_run ();
}
