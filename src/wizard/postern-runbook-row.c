/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-runbook-row.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-page.h"
#include "wizard/postern-runbook-entry-row.h"
#include "wizard/postern-ui.h"

struct _PosternRunbookRow {
    AdwPreferencesRow parent_instance;

    PosternRunbookStep *step;
    PosternRunbookProgress *progress;

    GtkCheckButton *check;
    GtkLabel *action_label;
    GtkBox *entries_box;
    GtkWidget *warning_box;
    GtkLabel *warning_label;
    GtkLabel *why_label;
};

G_DEFINE_FINAL_TYPE (PosternRunbookRow, postern_runbook_row, ADW_TYPE_PREFERENCES_ROW)

static void
say (PosternRunbookRow *self, const char *text)
{
    GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), POSTERN_TYPE_PAGE);

    if (page != NULL)
        postern_page_add_toast (POSTERN_PAGE (page),
                                g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, "timeout", 2, NULL));
}

static void
on_copied_cb (PosternRunbookRow *self)
{
    say (self, _ ("Copied"));
}

static void
on_toggled_cb (PosternRunbookRow *self)
{
    gboolean done = gtk_check_button_get_active (self->check);
    g_autoptr (GError) error = NULL;

    if (self->progress == NULL || postern_runbook_progress_is_done (self->progress, self->step) == done)
        return;
    if (!postern_runbook_progress_set_done (self->progress, self->step, done, &error))
        say (self, error->message);
}

static void
on_progress_changed_cb (PosternRunbookRow *self)
{
    gboolean done = postern_runbook_progress_is_done (self->progress, self->step);

    gtk_check_button_set_active (self->check, done);
    if (done)
        gtk_widget_add_css_class (GTK_WIDGET (self->action_label), "dimmed");
    else
        gtk_widget_remove_css_class (GTK_WIDGET (self->action_label), "dimmed");
}

static void
postern_runbook_row_dispose (GObject *object)
{
    PosternRunbookRow *self = POSTERN_RUNBOOK_ROW (object);

    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_RUNBOOK_ROW);
    g_clear_object (&self->step);
    g_clear_object (&self->progress);
    G_OBJECT_CLASS (postern_runbook_row_parent_class)->dispose (object);
}

static void
postern_runbook_row_class_init (PosternRunbookRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_runbook_row_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-runbook-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookRow, check);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookRow, action_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookRow, entries_box);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookRow, warning_box);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookRow, warning_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookRow, why_label);
    gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
}

static void
postern_runbook_row_init (PosternRunbookRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill (PosternRunbookRow *self)
{
    GPtrArray *entries = postern_runbook_step_get_entries (self->step);
    const char *warning = postern_runbook_step_get_warning (self->step);
    const char *why = postern_runbook_step_get_why (self->step);

    gtk_label_set_label (self->action_label, postern_runbook_step_get_action (self->step));
    gtk_label_set_label (self->warning_label, warning);
    gtk_widget_set_visible (self->warning_box, warning != NULL);
    gtk_label_set_label (self->why_label, why);
    gtk_widget_set_visible (GTK_WIDGET (self->why_label), why != NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->entries_box), entries->len > 0);
    for (guint i = 0; i < entries->len; i++) {
        GtkWidget *entry = postern_runbook_entry_row_new (entries->pdata[i]);

        g_signal_connect_object (entry, "copied", G_CALLBACK (on_copied_cb), self, G_CONNECT_SWAPPED);
        gtk_box_append (self->entries_box, entry);
    }
}

GtkWidget *
postern_runbook_row_new (PosternRunbookStep *step, PosternRunbookProgress *progress)
{
    PosternRunbookRow *self = g_object_new (POSTERN_TYPE_RUNBOOK_ROW, NULL);

    self->step = g_object_ref (step);
    self->progress = g_object_ref (progress);
    fill (self);
    g_signal_connect_object (progress, "changed", G_CALLBACK (on_progress_changed_cb), self, G_CONNECT_SWAPPED);
    on_progress_changed_cb (self);
    return GTK_WIDGET (self);
}
