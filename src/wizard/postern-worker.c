/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-worker.h"

/*
 * Not g_task_run_in_thread(): there the thread may be the last one to let go of the task, and with it of the source and
 * of the data, and a page must not be finalized in another thread. Here the thread has only this structure, hands it
 * back when it is done and never touches it again; all references come and go on the main context.
 */
struct _PosternWorker {
    GTask *task;
    PosternWork work;
    gpointer data;
    GDestroyNotify data_free;
    GDestroyNotify result_free;
    PosternProgress progress;
    GMainContext *context;
    GCancellable *cancellable;
    gpointer result;
    GError *error;
};

typedef struct {
    PosternWorker *worker; /* outlives every report: it is handed back after them */
    GObject *event;
} Report;

static void
worker_free (gpointer user_data)
{
    PosternWorker *self = user_data;

    g_clear_object (&self->cancellable);
    g_main_context_unref (self->context);
    g_object_unref (self->task);
    g_free (self);
}

/* Sources of the same priority are dispatched in the order in which they were attached. */
static void
hand_over (PosternWorker *self, GSourceFunc function, gpointer data, GDestroyNotify free_data)
{
    g_autoptr (GSource) source = g_idle_source_new ();

    g_source_set_priority (source, G_PRIORITY_DEFAULT);
    g_source_set_static_name (source, "[postern] worker");
    g_source_set_callback (source, function, data, free_data);
    g_source_attach (source, self->context);
}

static void
report_free (gpointer user_data)
{
    Report *report = user_data;

    g_object_unref (report->event);
    g_free (report);
}

static gboolean
deliver_report (gpointer user_data)
{
    Report *report = user_data;
    PosternWorker *self = report->worker;

    self->progress (g_task_get_source_object (self->task), report->event);
    return G_SOURCE_REMOVE;
}

void
postern_worker_report (PosternWorker *self, GObject *event)
{
    Report *report;

    g_return_if_fail (self != NULL);
    g_return_if_fail (G_IS_OBJECT (event));
    if (self->progress == NULL)
        return;
    report = g_new0 (Report, 1);
    report->worker = self;
    report->event = g_object_ref (event);
    hand_over (self, deliver_report, report, report_free);
}

static gboolean
deliver_result (gpointer user_data)
{
    PosternWorker *self = user_data;

    g_assert (self->error == NULL || self->result == NULL);
    if (self->error != NULL)
        g_task_return_error (self->task, g_steal_pointer (&self->error));
    else
        g_task_return_pointer (self->task, g_steal_pointer (&self->result), self->result_free);
    return G_SOURCE_REMOVE;
}

static void
run (gpointer job, gpointer user_data)
{
    PosternWorker *self = job;

    self->result = self->work (self, self->data, self->cancellable, &self->error);
    /* Here, because freeing a copy of a large plan takes time as well. */
    if (self->data_free != NULL)
        self->data_free (self->data);
    hand_over (self, deliver_result, self, worker_free);
}

static GThreadPool *
get_pool (void)
{
    static GThreadPool *pool;

    if (g_once_init_enter_pointer (&pool))
        g_once_init_leave_pointer (&pool, g_thread_pool_new (run, NULL, -1, FALSE, NULL));
    return pool;
}

void
postern_worker_run_async (gpointer source, PosternWork work, gpointer data, GDestroyNotify data_free,
                          GDestroyNotify result_free, PosternProgress progress, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
    PosternWorker *self;

    g_return_if_fail (G_IS_OBJECT (source));
    g_return_if_fail (work != NULL);
    g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

    self = g_new0 (PosternWorker, 1);
    self->task = g_task_new (source, cancellable, callback, user_data);
    g_task_set_source_tag (self->task, postern_worker_run_async);
    self->work = work;
    self->data = data;
    self->data_free = data_free;
    self->result_free = result_free;
    self->progress = progress;
    self->context = g_main_context_ref_thread_default ();
    self->cancellable = cancellable == NULL ? NULL : g_object_ref (cancellable);
    g_thread_pool_push (get_pool (), self, NULL);
}

gpointer
postern_worker_run_finish (gpointer source, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, source), NULL);
    g_return_val_if_fail (g_async_result_is_tagged (result, postern_worker_run_async), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}
