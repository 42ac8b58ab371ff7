/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-report-saver.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-report-pdf.h"
#include "wizard/postern-worker.h"

typedef struct {
    char *text;
    GFile *file;
} Job;

static void
job_free (gpointer data)
{
    Job *job = data;

    g_clear_object (&job->file);
    g_free (job->text);
    g_free (job);
}

static void
say (PosternPage *page, const char *text)
{
    postern_page_add_toast (page, g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

static gboolean
is_pdf (GFile *file)
{
    g_autofree char *name = g_file_get_basename (file);
    g_autofree char *folded = g_ascii_strdown (name, -1);

    return g_str_has_suffix (folded, ".pdf");
}

static gpointer
write_report (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Job *job = data;
    g_autoptr (GBytes) bytes = is_pdf (job->file) ? postern_report_to_pdf (job->text, cancellable, error)
                                                  : g_bytes_new (job->text, strlen (job->text));

    if (bytes == NULL)
        return NULL;
    return GINT_TO_POINTER (g_file_replace_contents (job->file, g_bytes_get_data (bytes, NULL),
                                                     g_bytes_get_size (bytes), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                                     cancellable, error));
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GError) error = NULL;

    postern_worker_run_finish (source, result, &error);
    say (POSTERN_PAGE (source), error == NULL ? _ ("The report was saved") : error->message);
}

void
postern_report_saver_write (PosternPage *page, char *text, GFile *file)
{
    Job *job = g_new0 (Job, 1);

    job->text = text;
    job->file = g_object_ref (file);
    postern_worker_run_async (page, write_report, job, job_free, NULL, NULL, NULL, on_written_cb, NULL);
}

/* What waits for a file name. */
typedef struct {
    PosternPage *page;
    char *text;
} Question;

static void
on_name_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Question *question = user_data;
    g_autoptr (PosternPage) page = question->page;
    g_autofree char *text = question->text;
    g_autoptr (GError) error = NULL;
    g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

    g_free (question);
    if (file != NULL)
        postern_report_saver_write (page, g_steal_pointer (&text), file);
    else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        say (page, error->message);
}

static void
add_filter (GListStore *filters, const char *name, const char *suffix)
{
    g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

    gtk_file_filter_set_name (filter, name);
    gtk_file_filter_add_suffix (filter, suffix);
    g_list_store_append (filters, filter);
}

void
postern_report_saver_run (PosternPage *page, char *text)
{
    g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
    g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
    Question *question;

    g_return_if_fail (POSTERN_IS_PAGE (page));
    question = g_new0 (Question, 1);
    question->page = g_object_ref (page);
    question->text = text;
    add_filter (filters, _ ("PDF documents"), "pdf");
    add_filter (filters, _ ("Text files"), "txt");
    gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
    gtk_file_dialog_set_title (dialog, _ ("Save Report"));
    /* Translators: the file name that is offered for a report; keep “.pdf”. */
    gtk_file_dialog_set_initial_name (dialog, _ ("Mail gateway report.pdf"));
    gtk_file_dialog_save (dialog, GTK_WINDOW (root), NULL, on_name_chosen_cb, question);
}
