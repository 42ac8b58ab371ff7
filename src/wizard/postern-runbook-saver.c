/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-runbook-saver.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-runbook-html.h"
#include "gateway/postern-runbook-markdown.h"
#include "gateway/postern-runbook-text.h"

typedef struct {
    PosternPage *page;
    PosternRunbook *runbook;
} Job;

static void
job_free (Job *job)
{
    g_object_unref (job->page);
    g_object_unref (job->runbook);
    g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
say (PosternPage *page, const char *text)
{
    postern_page_add_toast (page, g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, NULL));
}

char *
postern_runbook_saver_write (PosternRunbook *runbook, const char *name)
{
    g_autofree char *folded = g_ascii_strdown (name, -1);

    if (g_str_has_suffix (folded, ".md"))
        return postern_runbook_to_markdown (runbook);
    if (g_str_has_suffix (folded, ".html") || g_str_has_suffix (folded, ".htm"))
        return postern_runbook_to_html (runbook);
    return postern_runbook_to_text (runbook);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Job) job = user_data;
    g_autoptr (GError) error = NULL;

    if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
        say (job->page, _ ("The steps were saved"));
    else
        say (job->page, error->message);
}

static void
on_name_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Job) job = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

    if (file != NULL) {
        g_autofree char *name = g_file_get_basename (file);
        char *text = postern_runbook_saver_write (job->runbook, name);
        g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

        g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, on_written_cb,
                                             g_steal_pointer (&job));
    } else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)) {
        say (job->page, error->message);
    }
}

void
postern_runbook_saver_run (PosternPage *page, PosternRunbook *runbook)
{
    g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
    Job *job;

    g_return_if_fail (POSTERN_IS_PAGE (page));
    job = g_new0 (Job, 1);
    job->page = g_object_ref (page);
    job->runbook = g_object_ref (runbook);
    gtk_file_dialog_set_title (dialog, _ ("Save Steps"));
    /* Translators: the file name that is offered for the steps; keep “.html”. */
    gtk_file_dialog_set_initial_name (dialog, _ ("KSMG steps.html"));
    gtk_file_dialog_save (dialog, GTK_WINDOW (root), NULL, on_name_chosen_cb, job);
}
