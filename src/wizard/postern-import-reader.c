/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-import-reader.h"

#include "wizard/postern-worker.h"

typedef struct {
    GFile *file;
    GBytes *data;
    PosternImportWanted wanted;
    PosternPlan *plan;
} Job;

static void
job_free (gpointer data)
{
    Job *job = data;

    g_clear_object (&job->file);
    g_clear_pointer (&job->data, g_bytes_unref);
    g_object_unref (job->plan);
    g_free (job);
}

void
postern_import_reading_free (PosternImportReading *self)
{
    g_object_unref (self->import);
    g_clear_pointer (&self->records, postern_import_records_free);
    g_free (self);
}

static gpointer
read_import (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Job *job = data;
    PosternImport *import = job->file != NULL
                                ? postern_import_load (job->file, job->wanted, job->plan, cancellable, error)
                                : postern_import_new (job->data, job->wanted, job->plan, cancellable, error);
    PosternImportReading *reading;

    if (import == NULL)
        return NULL;
    reading = g_new (PosternImportReading, 1);
    reading->import = import;
    reading->records = postern_import_records_new (import);
    return reading;
}

void
postern_import_reader_read_async (gpointer source, GFile *file, GBytes *data, PosternImportWanted wanted,
                                  PosternPlan *plan, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
    Job *job;

    g_return_if_fail (file != NULL || data != NULL);
    g_return_if_fail (POSTERN_IS_PLAN (plan));

    job = g_new0 (Job, 1);
    g_set_object (&job->file, file);
    job->data = data != NULL ? g_bytes_ref (data) : NULL;
    job->wanted = wanted;
    job->plan = postern_plan_copy (plan);
    postern_worker_run_async (source, read_import, job, job_free, (GDestroyNotify)postern_import_reading_free, NULL,
                              cancellable, callback, user_data);
}

PosternImportReading *
postern_import_reader_read_finish (gpointer source, GAsyncResult *result, GError **error)
{
    return postern_worker_run_finish (source, result, error);
}
