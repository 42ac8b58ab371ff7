/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-worker.h"

#define DEADLINE 60

typedef struct {
    GMainLoop *loop;
    GThread *thread;
    GString *events;
    gpointer result;
    GError *error;
} Outcome;

static Outcome *outcome;

static GObject *
event_new (const char *text)
{
    return G_OBJECT (g_file_new_for_path (text));
}

static gpointer
count_to_three (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    static const char *const events[] = { "one", "two", "three" };

    g_assert_true (g_thread_self () != outcome->thread);
    for (guint i = 0; i < G_N_ELEMENTS (events); i++) {
        g_autoptr (GObject) event = event_new (events[i]);

        postern_worker_report (worker, event);
    }
    return g_strdup (data);
}

static gpointer
fail (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "busy");
    return NULL;
}

/* Ends when it is told to, and has a result all the same. */
static gpointer
wait_for_the_end (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    GPollFD fd;

    g_assert_true (g_cancellable_make_pollfd (cancellable, &fd));
    g_assert_cmpint (g_poll (&fd, 1, DEADLINE * 1000), ==, 1);
    g_cancellable_release_fd (cancellable);
    return g_strdup ("too late");
}

static void
on_event_cb (gpointer source, GObject *event)
{
    g_autofree char *name = g_file_get_basename (G_FILE (event));

    g_assert_true (g_thread_self () == outcome->thread);
    g_string_append_printf (outcome->events, "%s ", name);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_assert_true (g_thread_self () == outcome->thread);
    outcome->result = postern_worker_run_finish (source, result, &outcome->error);
    g_string_append (outcome->events, "end");
    g_main_loop_quit (outcome->loop);
}

static gboolean
on_late_cb (gpointer user_data)
{
    g_error ("the job did not end in time");
    return G_SOURCE_REMOVE;
}

static void
run (PosternWork work, GCancellable *cancellable)
{
    g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
    guint deadline = g_timeout_add_seconds (DEADLINE, on_late_cb, NULL);

    outcome = g_new0 (Outcome, 1);
    outcome->loop = g_main_loop_new (NULL, FALSE);
    outcome->thread = g_thread_self ();
    outcome->events = g_string_new (NULL);
    postern_worker_run_async (source, work, g_strdup ("data"), g_free, g_free, on_event_cb, cancellable, on_done_cb,
                              NULL);
    if (cancellable != NULL)
        g_cancellable_cancel (cancellable);
    g_main_loop_run (outcome->loop);
    g_source_remove (deadline);
    /* The job has let go of its source. */
    while (g_main_context_iteration (NULL, FALSE))
        ;
    g_assert_finalize_object (g_steal_pointer (&source));
}

static void
forget (void)
{
    g_main_loop_unref (outcome->loop);
    g_string_free (outcome->events, TRUE);
    g_clear_error (&outcome->error);
    g_free (outcome->result);
    g_clear_pointer (&outcome, g_free);
}

static void
test_progress_comes_in_order_and_before_the_result (void)
{
    run (count_to_three, NULL);
    g_assert_cmpstr (outcome->events->str, ==, "one two three end");
    g_assert_no_error (outcome->error);
    g_assert_cmpstr (outcome->result, ==, "data");
    forget ();
}

static void
test_an_error_is_handed_on (void)
{
    run (fail, NULL);
    g_assert_error (outcome->error, G_IO_ERROR, G_IO_ERROR_BUSY);
    g_assert_null (outcome->result);
    forget ();
}

static void
test_a_cancelled_job_has_no_result (void)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();

    run (wait_for_the_end, cancellable);
    g_assert_error (outcome->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (outcome->result);
    forget ();
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/worker/progress-comes-in-order-and-before-the-result",
                     test_progress_comes_in_order_and_before_the_result);
    g_test_add_func ("/worker/an-error-is-handed-on", test_an_error_is_handed_on);
    g_test_add_func ("/worker/a-cancelled-job-has-no-result", test_a_cancelled_job_has_no_result);
    return g_test_run ();
}
