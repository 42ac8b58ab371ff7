/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-report-saver.h"

#include <glib/gi18n-lib.h>

typedef struct {
    PosternPage *page;
    GBytes *text;
} Job;

static void
job_free (Job *job)
{
    g_object_unref (job->page);
    g_bytes_unref (job->text);
    g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
say (PosternPage *page, const char *text)
{
    postern_page_add_toast (page, g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Job) job = user_data;
    g_autoptr (GError) error = NULL;

    if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
        say (job->page, _ ("The report was saved"));
    else
        say (job->page, error->message);
}

static void
on_name_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Job) job = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
    GBytes *text = job->text;

    if (file != NULL)
        g_file_replace_contents_bytes_async (file, text, NULL, FALSE, G_FILE_CREATE_NONE, NULL, on_written_cb,
                                             g_steal_pointer (&job));
    else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        say (job->page, error->message);
}

void
postern_report_saver_run (PosternPage *page, char *text)
{
    g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
    Job *job;

    g_return_if_fail (POSTERN_IS_PAGE (page));
    job = g_new0 (Job, 1);
    job->page = g_object_ref (page);
    job->text = g_bytes_new_take (text, strlen (text));
    gtk_file_dialog_set_title (dialog, _ ("Save Report"));
    /* Translators: the file name that is offered for a report; keep “.txt”. */
    gtk_file_dialog_set_initial_name (dialog, _ ("Mail gateway report.txt"));
    gtk_file_dialog_save (dialog, GTK_WINDOW (root), NULL, on_name_chosen_cb, job);
}
