/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-runbook-entry-row.h"

#include "wizard/postern-ui.h"

struct _PosternRunbookEntryRow {
    GtkBox parent_instance;

    GtkLabel *field_label;
    GtkLabel *value_label;
    GtkLabel *hint_label;
    GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (PosternRunbookEntryRow, postern_runbook_entry_row, GTK_TYPE_BOX)

enum { COPIED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
copy (PosternRunbookEntryRow *self)
{
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->value_label));
    g_signal_emit (self, signals[COPIED], 0);
}

static void
postern_runbook_entry_row_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_RUNBOOK_ENTRY_ROW);
    G_OBJECT_CLASS (postern_runbook_entry_row_parent_class)->dispose (object);
}

static void
postern_runbook_entry_row_class_init (PosternRunbookEntryRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_runbook_entry_row_dispose;
    signals[COPIED] =
        g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-runbook-entry-row.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookEntryRow, field_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookEntryRow, value_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookEntryRow, hint_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookEntryRow, copy_button);
    gtk_widget_class_bind_template_callback (widget_class, copy);
}

static void
postern_runbook_entry_row_init (PosternRunbookEntryRow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
postern_runbook_entry_row_new (const PosternRunbookEntry *entry)
{
    PosternRunbookEntryRow *self = g_object_new (POSTERN_TYPE_RUNBOOK_ENTRY_ROW, NULL);
    gboolean copyable = postern_runbook_entry_is_copyable (entry);

    gtk_label_set_label (self->field_label, entry->field);
    gtk_label_set_label (self->value_label, entry->value);
    gtk_label_set_label (self->hint_label, entry->hint);
    gtk_widget_set_visible (GTK_WIDGET (self->hint_label), entry->hint != NULL);
    gtk_widget_set_visible (self->copy_button, copyable);
    if (copyable)
        gtk_widget_add_css_class (GTK_WIDGET (self->value_label), "monospace");
    return GTK_WIDGET (self);
}
