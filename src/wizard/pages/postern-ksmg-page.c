/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/pages/postern-ksmg-page.h"

#include <glib/gi18n-lib.h>
#include "gateway/postern-runbook-progress.h"
#include "wizard/postern-finding-row.h"
#include "wizard/postern-runbook-group.h"
#include "wizard/postern-runbook-printer.h"
#include "wizard/postern-runbook-saver.h"
#include "wizard/postern-ui.h"

/* What a plan with neither a file nor a draft is called among those whose steps are kept. */
#define DRAFT "draft"

struct _PosternKsmgPage {
    PosternPage parent_instance;

    PosternRunbook *runbook;
    PosternRunbookProgress *progress;

    GtkProgressBar *progress_bar;
    GtkLabel *progress_label;
    AdwComboRow *language_row;
    GtkListBox *findings_list;
    GtkBox *sections_box;
};

G_DEFINE_FINAL_TYPE (PosternKsmgPage, postern_ksmg_page, POSTERN_TYPE_PAGE)

/* In the order of the list in the template. */
static const char *const languages[] = { "en", "ru", "cs", "fr" };

static char *
name_plan (PosternKsmgPage *self)
{
    PosternSession *session = postern_page_get_session (POSTERN_PAGE (self));
    GFile *file = postern_session_get_file (session);
    const char *draft = postern_session_get_draft (session);

    if (file != NULL)
        return g_file_get_uri (file);
    return g_strdup (draft != NULL ? draft : DRAFT);
}

/* Done is for good: the plan leaves the recent ones then. Who only pauses closes the window. */
static void
update_progress (PosternKsmgPage *self)
{
    g_autofree char *text = postern_runbook_progress_to_text (self->progress, self->runbook);
    guint n = postern_runbook_progress_count (self->progress, self->runbook);
    guint all = postern_runbook_get_n_steps (self->runbook);

    gtk_label_set_label (self->progress_label, text);
    gtk_progress_bar_set_fraction (self->progress_bar, (double)n / MAX (1, all));
    postern_page_set_incomplete (POSTERN_PAGE (self), n < all ? _ ("Some steps are not ticked yet.") : NULL);
}

static void
show_findings (PosternKsmgPage *self)
{
    GPtrArray *findings = postern_runbook_get_findings (self->runbook);

    gtk_list_box_remove_all (self->findings_list);
    for (guint i = 0; i < findings->len; i++) {
        GtkWidget *child = postern_finding_row_new (findings->pdata[i], postern_page_get_plan (POSTERN_PAGE (self)));

        g_object_set (child, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
        gtk_list_box_append (self->findings_list, g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE,
                                                                "focusable", FALSE, "child", child, NULL));
    }
    gtk_widget_set_visible (GTK_WIDGET (self->findings_list), findings->len > 0);
}

static void
show_sections (PosternKsmgPage *self)
{
    GPtrArray *sections = postern_runbook_get_sections (self->runbook);
    GtkWidget *child;

    while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections_box))) != NULL)
        gtk_box_remove (self->sections_box, child);
    for (guint i = 0; i < sections->len; i++)
        gtk_box_append (self->sections_box, postern_runbook_group_new (sections->pdata[i], self->progress));
}

/* The plan may have changed since the page was made, on the way back to the review. */
static void
rebuild (PosternKsmgPage *self)
{
    guint position = adw_combo_row_get_selected (self->language_row);
    const char *language = position < G_N_ELEMENTS (languages) ? languages[position] : NULL;

    g_clear_object (&self->runbook);
    self->runbook = postern_runbook_new (postern_page_get_plan (POSTERN_PAGE (self)), language);
    show_findings (self);
    show_sections (self);
    update_progress (self);
}

static void
on_language_selected_cb (PosternKsmgPage *self)
{
    if (self->progress != NULL)
        rebuild (self);
}

/* Steps of a plan that is saved only now belong to its file from then on. */
static void
on_file_changed_cb (PosternKsmgPage *self)
{
    g_autofree char *name = name_plan (self);
    g_autoptr (GError) error = NULL;

    if (!postern_runbook_progress_rename (self->progress, name, &error))
        postern_page_set_error (POSTERN_PAGE (self), error->message, NULL);
}

static void
print (PosternKsmgPage *self)
{
    g_autoptr (GtkPrintOperation) operation = postern_runbook_printer_new (self->runbook);
    g_autoptr (GError) error = NULL;
    GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

    gtk_print_operation_set_allow_async (operation, TRUE);
    if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (root), &error) ==
        GTK_PRINT_OPERATION_RESULT_ERROR)
        postern_page_set_error (POSTERN_PAGE (self), error->message, NULL);
}

static void
save_steps (PosternKsmgPage *self)
{
    postern_runbook_saver_run (POSTERN_PAGE (self), self->runbook);
}

static void
start_over (PosternKsmgPage *self)
{
    g_autoptr (GError) error = NULL;

    if (!postern_runbook_progress_clear (self->progress, &error))
        postern_page_set_error (POSTERN_PAGE (self), error->message, NULL);
}

static guint
find_language (void)
{
    const char *own = postern_runbook_terms_pick_language (NULL);
    guint i = 0;

    while (i < G_N_ELEMENTS (languages) - 1 && !g_str_equal (languages[i], own))
        i++;
    return i;
}

static void
postern_ksmg_page_activate (PosternPage *page)
{
    rebuild (POSTERN_KSMG_PAGE (page));
}

static void
postern_ksmg_page_constructed (GObject *object)
{
    PosternKsmgPage *self = POSTERN_KSMG_PAGE (object);
    g_autofree char *name = NULL;

    G_OBJECT_CLASS (postern_ksmg_page_parent_class)->constructed (object);
    adw_combo_row_set_selected (self->language_row, find_language ());
    name = name_plan (self);
    self->progress = postern_runbook_progress_new (name);
    g_signal_connect_object (self->progress, "changed", G_CALLBACK (update_progress), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (postern_page_get_session (POSTERN_PAGE (self)), "notify::file",
                             G_CALLBACK (on_file_changed_cb), self, G_CONNECT_SWAPPED);
    rebuild (self);
}

static void
postern_ksmg_page_dispose (GObject *object)
{
    PosternKsmgPage *self = POSTERN_KSMG_PAGE (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_KSMG_PAGE);
    g_clear_object (&self->runbook);
    g_clear_object (&self->progress);
    G_OBJECT_CLASS (postern_ksmg_page_parent_class)->dispose (object);
}

static void
postern_ksmg_page_class_init (PosternKsmgPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->constructed = postern_ksmg_page_constructed;
    object_class->dispose = postern_ksmg_page_dispose;
    POSTERN_PAGE_CLASS (klass)->activate = postern_ksmg_page_activate;

    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-ksmg-page.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternKsmgPage, progress_bar);
    gtk_widget_class_bind_template_child (widget_class, PosternKsmgPage, progress_label);
    gtk_widget_class_bind_template_child (widget_class, PosternKsmgPage, language_row);
    gtk_widget_class_bind_template_child (widget_class, PosternKsmgPage, findings_list);
    gtk_widget_class_bind_template_child (widget_class, PosternKsmgPage, sections_box);
    gtk_widget_class_bind_template_callback (widget_class, on_language_selected_cb);
    gtk_widget_class_bind_template_callback (widget_class, print);
    gtk_widget_class_bind_template_callback (widget_class, save_steps);
    gtk_widget_class_bind_template_callback (widget_class, start_over);
}

static void
postern_ksmg_page_init (PosternKsmgPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
