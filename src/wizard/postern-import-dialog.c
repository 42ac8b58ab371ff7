/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-import-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "wizard/postern-announce.h"
#include "wizard/postern-import-line-row.h"
#include "wizard/postern-import-reader.h"
#include "wizard/postern-import-view.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-wrap.h"

struct _PosternImportDialog {
    AdwDialog parent_instance;

    PosternPlan *plan;
    PosternImportWanted wanted;
    char *source_name; /* of what is being read: a file's name */
    GCancellable *cancellable;
    PosternImportReading *reading;
    PosternImportView *view;

    GtkStack *stack;
    AdwStatusPage *choose_page;
    AdwStatusPage *failed_page;
    GtkLabel *description_label;
    GtkLabel *counts_label;
    GtkDropDown *filter;
    GtkListView *list_view;
    GtkButton *choose_button;
    GtkButton *add_button;
};

G_DEFINE_FINAL_TYPE (PosternImportDialog, postern_import_dialog, ADW_TYPE_DIALOG)

enum { AGREED, N_SIGNALS };

static guint signals[N_SIGNALS];

/*
 * The preview
 */

static guint
count (PosternImportDialog *self, PosternImportStatus status)
{
    return postern_import_count (self->reading->import, status);
}

/* The choices stand in the order of the statuses, behind “all”. */
static void
fill_filter (PosternImportDialog *self)
{
    g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
    guint n = g_list_model_get_n_items (G_LIST_MODEL (self->reading->import));

    /* Translators: a choice of what to show of a file; %u is how many lines that are. */
    gtk_string_list_take (choices, g_strdup_printf (C_ ("import", "All lines (%'u)"), n));
    for (int status = POSTERN_IMPORT_TAKEN; status <= POSTERN_IMPORT_REFUSED; status++)
        /* Translators: a choice of what to show of a file; %1$s is “Taken”, “Refused” or the like, %2$u how many lines
         * that are. */
        gtk_string_list_take (choices, g_strdup_printf (C_ ("import", "%1$s (%2$'u)"),
                                                        postern_import_status_get_title ((PosternImportStatus)status),
                                                        count (self, (PosternImportStatus)status)));
    gtk_drop_down_set_model (self->filter, G_LIST_MODEL (choices));
    gtk_drop_down_set_selected (self->filter, 0);
}

static void
on_filter_selected_cb (PosternImportDialog *self)
{
    guint selected = gtk_drop_down_get_selected (self->filter);

    if (self->view != NULL && selected != GTK_INVALID_LIST_POSITION)
        postern_import_view_show (self->view, (int)selected - 1);
}

static void
fill_add_button (PosternImportDialog *self)
{
    guint n = count (self, POSTERN_IMPORT_TAKEN);
    g_autofree char *label = NULL;

    if (n > 0)
        /* Translators: a button; an entry is a domain, a network or a mail server. */
        label = g_strdup_printf (ngettext ("_Add %'u Entry", "_Add %'u Entries", n), n);
    gtk_button_set_label (self->add_button, n > 0 ? label : _ ("Nothing to Add"));
    postern_wrap_labels (GTK_WIDGET (self->add_button));
    gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), n > 0);
}

static void
show_preview (PosternImportDialog *self)
{
    g_autofree char *kind = postern_import_get_description (self->reading->import);
    g_autofree char *description = NULL;
    g_autofree char *counts =
        g_strdup_printf (_ ("%1$'u taken, %2$'u already there, %3$'u refused"), count (self, POSTERN_IMPORT_TAKEN),
                         count (self, POSTERN_IMPORT_PRESENT), count (self, POSTERN_IMPORT_REFUSED));
    g_autoptr (GtkSelectionModel) model = NULL;

    /* Translators: the first %s is a file's name, the second what it was taken for: “list, UTF-8”. */
    description = self->source_name != NULL ? g_strdup_printf (_ ("%1$s was read as: %2$s."), self->source_name, kind)
                                            /* Translators: %s is what a text was taken for: “list, UTF-8”. */
                                            : g_strdup_printf (_ ("The text was read as: %s."), kind);
    gtk_label_set_label (self->description_label, description);
    gtk_label_set_label (self->counts_label, counts);
    self->view = postern_import_view_new (self->reading->import);
    model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->view))));
    fill_filter (self);
    fill_add_button (self);
    gtk_list_view_set_model (self->list_view, model);
    gtk_stack_set_visible_child_name (self->stack, "preview");
    if (!gtk_widget_grab_focus (GTK_WIDGET (self->add_button)))
        gtk_widget_grab_focus (GTK_WIDGET (self->filter));
    postern_announce (self, counts, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_failure (PosternImportDialog *self, const char *message)
{
    g_autofree char *escaped = g_markup_escape_text (message, -1);

    adw_status_page_set_description (self->failed_page, escaped);
    gtk_stack_set_visible_child_name (self->stack, "failed");
    postern_announce (self, message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/*
 * Reading
 */

static void
forget_preview (PosternImportDialog *self)
{
    if (self->list_view != NULL)
        gtk_list_view_set_model (self->list_view, NULL);
    g_clear_object (&self->view);
    g_clear_pointer (&self->reading, postern_import_reading_free);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
    PosternImportDialog *self = POSTERN_IMPORT_DIALOG (object);
    g_autoptr (GError) error = NULL;
    PosternImportReading *reading = postern_import_reader_read_finish (self, result, &error);

    /* Cancelled: the dialog has gone, or reads something else. */
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_clear_object (&self->cancellable);
    self->reading = reading;
    if (reading == NULL)
        show_failure (self, error->message);
    else if (g_list_model_get_n_items (G_LIST_MODEL (reading->import)) == 0)
        show_failure (self, _ ("There is no entry in it."));
    else
        show_preview (self);
}

static void
start_reading (PosternImportDialog *self, GFile *file, GBytes *data)
{
    if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    forget_preview (self);
    g_free (self->source_name);
    self->source_name = NULL;
    if (file != NULL) {
        g_autofree char *name = g_file_get_basename (file);

        self->source_name = name != NULL ? g_filename_display_name (name) : g_file_get_parse_name (file);
    }
    gtk_stack_set_visible_child_name (self->stack, "reading");
    self->cancellable = g_cancellable_new ();
    postern_import_reader_read_async (self, file, data, self->wanted, self->plan, self->cancellable, read_cb, NULL);
}

void
postern_import_dialog_load (PosternImportDialog *self, GFile *file)
{
    g_return_if_fail (POSTERN_IS_IMPORT_DIALOG (self));
    g_return_if_fail (G_IS_FILE (file));

    start_reading (self, file, NULL);
}

void
postern_import_dialog_read_text (PosternImportDialog *self, const char *text)
{
    g_autoptr (GBytes) data = NULL;

    g_return_if_fail (POSTERN_IS_IMPORT_DIALOG (self));
    g_return_if_fail (text != NULL);

    data = g_bytes_new (text, strlen (text));
    start_reading (self, NULL, data);
}

gboolean
postern_import_dialog_take_drop (PosternImportDialog *self, const GValue *value)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_DIALOG (self), FALSE);

    if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
        g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

        if (files == NULL)
            return FALSE;
        postern_import_dialog_load (self, files->data);
        return TRUE;
    }
    if (G_VALUE_HOLDS (value, G_TYPE_FILE)) {
        postern_import_dialog_load (self, g_value_get_object (value));
        return TRUE;
    }
    if (!G_VALUE_HOLDS_STRING (value) || g_value_get_string (value) == NULL)
        return FALSE;
    postern_import_dialog_read_text (self, g_value_get_string (value));
    return TRUE;
}

GtkDropTarget *
postern_import_dialog_make_drop_target (void)
{
    GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE, G_TYPE_STRING };
    GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

    gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
    return target;
}

static gboolean
on_drop_cb (PosternImportDialog *self, const GValue *value)
{
    return postern_import_dialog_take_drop (self, value);
}

static void
on_file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternImportDialog) self = user_data;
    g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

    if (file != NULL && self->stack != NULL)
        postern_import_dialog_load (self, file);
}

static void
on_choose_clicked_cb (PosternImportDialog *self)
{
    g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

    gtk_file_dialog_set_title (dialog, adw_dialog_get_title (ADW_DIALOG (self)));
    gtk_file_dialog_open (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_file_chosen_cb,
                          g_object_ref (self));
}

static void
on_pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (PosternImportDialog) self = user_data;
    g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

    if (self->stack == NULL)
        return;
    if (text == NULL || *g_strstrip (text) == '\0')
        show_failure (self, _ ("There is no text in the clipboard."));
    else
        postern_import_dialog_read_text (self, text);
}

static void
on_paste_clicked_cb (PosternImportDialog *self)
{
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, on_pasted_cb,
                                   g_object_ref (self));
}

/*
 * Agreeing
 */

PosternImportRecords *
postern_import_dialog_steal_records (PosternImportDialog *self)
{
    g_return_val_if_fail (POSTERN_IS_IMPORT_DIALOG (self), NULL);
    return self->reading != NULL ? g_steal_pointer (&self->reading->records) : NULL;
}

static void
on_add_clicked_cb (PosternImportDialog *self)
{
    g_autoptr (PosternImportDialog) alive = g_object_ref (self);

    if (self->reading == NULL || self->reading->records == NULL)
        return;
    g_signal_emit (self, signals[AGREED], 0);
    adw_dialog_close (ADW_DIALOG (self));
}

/* A worker keeps its dialog alive, so it is told to stop as soon as nobody is there to see the result. */
static void
postern_import_dialog_closed (AdwDialog *dialog)
{
    PosternImportDialog *self = POSTERN_IMPORT_DIALOG (dialog);

    if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
}

static void
postern_import_dialog_dispose (GObject *object)
{
    PosternImportDialog *self = POSTERN_IMPORT_DIALOG (object);

    forget_preview (self);
    g_clear_object (&self->cancellable);
    g_clear_object (&self->plan);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_IMPORT_DIALOG);
    G_OBJECT_CLASS (postern_import_dialog_parent_class)->dispose (object);
}

static void
postern_import_dialog_finalize (GObject *object)
{
    g_free (POSTERN_IMPORT_DIALOG (object)->source_name);
    G_OBJECT_CLASS (postern_import_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (POSTERN_TYPE_IMPORT_LINE);
    g_type_ensure (POSTERN_TYPE_IMPORT_LINE_ROW);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-import-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, stack);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, choose_page);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, failed_page);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, description_label);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, counts_label);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, filter);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, list_view);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, choose_button);
    gtk_widget_class_bind_template_child (widget_class, PosternImportDialog, add_button);
    gtk_widget_class_bind_template_callback (widget_class, on_add_clicked_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_filter_selected_cb);
    gtk_widget_class_bind_template_callback (widget_class, on_paste_clicked_cb);
}

static void
postern_import_dialog_class_init (PosternImportDialogClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->dispose = postern_import_dialog_dispose;
    object_class->finalize = postern_import_dialog_finalize;
    ADW_DIALOG_CLASS (klass)->closed = postern_import_dialog_closed;
    signals[AGREED] =
        g_signal_new ("agreed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
postern_import_dialog_init (PosternImportDialog *self)
{
    GtkDropTarget *target = postern_import_dialog_make_drop_target ();

    gtk_widget_init_template (GTK_WIDGET (self));
    postern_wrap_labels (GTK_WIDGET (self->stack));
    g_signal_connect_object (target, "drop", G_CALLBACK (on_drop_cb), self, G_CONNECT_SWAPPED);
    gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

PosternImportDialog *
postern_import_dialog_new (PosternImportWanted wanted, PosternPlan *plan)
{
    gboolean networks = (wanted & POSTERN_IMPORT_NETWORKS) != 0;
    PosternImportDialog *self;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    self = g_object_new (POSTERN_TYPE_IMPORT_DIALOG, "title",
                         networks ? C_ ("title", "Import Networks") : C_ ("title", "Import Domains"), NULL);
    self->wanted = wanted;
    self->plan = g_object_ref (plan);
    adw_status_page_set_title (self->choose_page, adw_dialog_get_title (ADW_DIALOG (self)));
    adw_status_page_set_description (
        self->choose_page,
        networks ? _ ("From a list, a CSV file, the source of Postfix’s table of mynetworks, or main.cf. You see what "
                      "becomes of each line before anything is added.")
                 : _ ("From a list, a CSV file, the source of Postfix’s tables of relay_domains or transport, or "
                      "main.cf. You see what becomes of each line before anything is added."));
    return self;
}
