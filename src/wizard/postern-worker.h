/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternWorker:
 *
 * The inside of a running job, given to the function that does it, so that it can report progress.
 */
typedef struct _PosternWorker PosternWorker;

/**
 * PosternWork:
 * @worker: for postern_worker_report()
 * @data: what was passed to postern_worker_run_async(); nothing else may be touched
 * @cancellable: (nullable): to pass on to every blocking call
 * @error: return location for an error, or %NULL
 *
 * Does something that takes time, in a thread of its own: no GTK, no plan that a person edits (pass a copy).
 *
 * Returns: (transfer full) (nullable): the result, or %NULL with an error set
 */
typedef gpointer (*PosternWork) (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error);

/** PosternProgress: called on the main context, in order and before the result, with @event as it was reported;
 * @source: of the job */
typedef void (*PosternProgress) (gpointer source, GObject *event);

/**
 * postern_worker_run_async:
 * @source: (type GObject): whose job it is; kept alive until the job ends, so a page must cancel when it is left
 * @work: what to do
 * @data: (transfer full): for @work
 * @data_free: (nullable): frees @data, in the thread that did the work
 * @result_free: (nullable): frees a result that nobody fetches
 * @progress: (nullable): told what the job reports
 * @cancellable: (nullable): stops it; the result then is %G_IO_ERROR_CANCELLED whatever @work made of it
 * @callback: called on the main context when it is done
 * @user_data: for @callback
 *
 * The one way in which the wizard waits for anything.
 */
void postern_worker_run_async (gpointer source, PosternWork work, gpointer data, GDestroyNotify data_free,
                               GDestroyNotify result_free, PosternProgress progress, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/** postern_worker_run_finish: Returns: (transfer full) (nullable): what the job returned, or %NULL with an error */
gpointer postern_worker_run_finish (gpointer source, GAsyncResult *result, GError **error);

/** postern_worker_report: @event: (transfer none): something immutable; called in the job's thread */
void postern_worker_report (PosternWorker *self, GObject *event);

G_END_DECLS
