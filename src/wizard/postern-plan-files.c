/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-plan-files.h"

#include <glib/gi18n-lib.h>
#include "plan/postern-plan-json.h"
#include "wizard/postern-worker.h"

typedef struct {
    GFile *file;
    PosternPlan *plan;
} Job;

static Job *
job_new (GFile *file, PosternPlan *plan)
{
    Job *job = g_new0 (Job, 1);

    job->file = g_object_ref (file);
    job->plan = plan;
    return job;
}

static void
job_free (gpointer data)
{
    Job *job = data;

    g_clear_object (&job->file);
    g_clear_object (&job->plan);
    g_free (job);
}

static GListModel *
make_filters (void)
{
    GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
    g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

    gtk_file_filter_set_name (filter, _ ("Postern plans"));
    gtk_file_filter_add_suffix (filter, "postern");
    g_list_store_append (filters, filter);
    return G_LIST_MODEL (filters);
}

static GtkFileDialog *
make_dialog (const char *title)
{
    g_autoptr (GListModel) filters = make_filters ();

    return g_object_new (GTK_TYPE_FILE_DIALOG, "title", title, "filters", filters, NULL);
}

static gpointer
load (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Job *job = data;

    return postern_plan_load (job->file, cancellable, error);
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    PosternPlan *plan = postern_worker_run_finish (source, result, &error);

    if (plan == NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, plan, g_object_unref);
}

/* The task's data is the file. */
static void
load_for_task (GTask *task, GFile *file)
{
    g_task_set_task_data (task, g_object_ref (file), g_object_unref);
    postern_worker_run_async (g_task_get_source_object (task), load, job_new (file, NULL), job_free, g_object_unref,
                              NULL, g_task_get_cancellable (task), on_loaded_cb, task);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

    if (file == NULL)
        g_task_return_error (task, error);
    else
        load_for_task (g_steal_pointer (&task), file);
}

void
postern_plan_files_open (PosternWindow *window, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (window, NULL, callback, user_data);
    g_autoptr (GtkFileDialog) dialog = make_dialog (_ ("Open Plan"));

    g_task_set_source_tag (task, postern_plan_files_load);
    gtk_file_dialog_open (dialog, GTK_WINDOW (window), NULL, on_opened_cb, task);
}

void
postern_plan_files_load (PosternWindow *window, GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (window, NULL, callback, user_data);

    g_task_set_source_tag (task, postern_plan_files_load);
    load_for_task (task, file);
}

PosternPlan *
postern_plan_files_open_finish (PosternWindow *window, GAsyncResult *result, GFile **file, GError **error)
{
    PosternPlan *plan;

    g_return_val_if_fail (g_task_is_valid (result, window), NULL);
    plan = g_task_propagate_pointer (G_TASK (result), error);
    if (plan != NULL)
        *file = g_object_ref (g_task_get_task_data (G_TASK (result)));
    return plan;
}

static gpointer
save (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Job *job = data;

    return postern_plan_save (job->plan, job->file, cancellable, error) ? g_object_ref (job->file) : NULL;
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    GFile *file = postern_worker_run_finish (source, result, &error);

    if (file == NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, file, g_object_unref);
}

static void
save_for_task (GTask *task, GFile *file)
{
    PosternWindow *window = g_task_get_source_object (task);
    PosternPlan *plan = postern_session_get_plan (postern_window_get_session (window));

    postern_worker_run_async (window, save, job_new (file, postern_plan_copy (plan)), job_free, g_object_unref, NULL,
                              NULL, on_saved_cb, task);
}

static void
on_name_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

    if (file == NULL)
        g_task_return_error (task, error);
    else
        save_for_task (g_steal_pointer (&task), file);
}

void
postern_plan_files_save (PosternWindow *window, GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (window, NULL, callback, user_data);
    g_autoptr (GtkFileDialog) dialog = NULL;

    g_task_set_source_tag (task, postern_plan_files_save);
    if (file != NULL) {
        save_for_task (task, file);
        return;
    }
    dialog = make_dialog (_ ("Save Plan"));
    /* Translators: the file name that is offered for a plan; keep “.postern”. */
    gtk_file_dialog_set_initial_name (dialog, _ ("Mail gateway.postern"));
    gtk_file_dialog_save (dialog, GTK_WINDOW (window), NULL, on_name_chosen_cb, task);
}

GFile *
postern_plan_files_save_finish (PosternWindow *window, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, window), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}
