/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-worker.h"

struct _PosternWorker {
    GTask *task; /* owns this */
    PosternWork work;
    gpointer data;
    GDestroyNotify data_free;
    GDestroyNotify result_free;
    PosternProgress progress;
};

typedef struct {
    GTask *task;
    GObject *event;
} Report;

static void
worker_free (gpointer user_data)
{
    PosternWorker *self = user_data;

    if (self->data_free != NULL)
        self->data_free (self->data);
    g_free (self);
}

static void
report_free (gpointer user_data)
{
    Report *report = user_data;

    g_object_unref (report->task);
    g_object_unref (report->event);
    g_free (report);
}

static gboolean
deliver (gpointer user_data)
{
    Report *report = user_data;
    PosternWorker *self = g_task_get_task_data (report->task);

    self->progress (g_task_get_source_object (report->task), report->event);
    return G_SOURCE_REMOVE;
}

void
postern_worker_report (PosternWorker *self, GObject *event)
{
    g_autoptr (GSource) source = NULL;
    Report *report;

    g_return_if_fail (self != NULL);
    g_return_if_fail (G_IS_OBJECT (event));
    if (self->progress == NULL)
        return;
    report = g_new0 (Report, 1);
    report->task = g_object_ref (self->task);
    report->event = g_object_ref (event);
    /* The task's own result is an idle source of the same priority, attached later: it cannot overtake a report. */
    source = g_idle_source_new ();
    g_source_set_priority (source, g_task_get_priority (self->task));
    g_source_set_static_name (source, "[postern] progress");
    g_source_set_callback (source, deliver, report, report_free);
    g_source_attach (source, g_task_get_context (self->task));
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    PosternWorker *self = task_data;
    GError *error = NULL;
    gpointer result = self->work (self, self->data, cancellable, &error);

    g_assert (error == NULL || result == NULL);
    if (error != NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, result, self->result_free);
}

void
postern_worker_run_async (gpointer source, PosternWork work, gpointer data, GDestroyNotify data_free,
                          GDestroyNotify result_free, PosternProgress progress, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = NULL;
    PosternWorker *self;

    g_return_if_fail (G_IS_OBJECT (source));
    g_return_if_fail (work != NULL);
    g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

    task = g_task_new (source, cancellable, callback, user_data);
    g_task_set_source_tag (task, postern_worker_run_async);
    self = g_new0 (PosternWorker, 1);
    self->task = task;
    self->work = work;
    self->data = data;
    self->data_free = data_free;
    self->result_free = result_free;
    self->progress = progress;
    g_task_set_task_data (task, self, worker_free);
    g_task_run_in_thread (task, run_in_thread);
}

gpointer
postern_worker_run_finish (gpointer source, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, source), NULL);
    g_return_val_if_fail (g_async_result_is_tagged (result, postern_worker_run_async), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}
