/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-changes-dialog.h"

#include "wizard/postern-change-row.h"
#include "wizard/postern-ui.h"

struct _PosternChangesDialog {
    AdwDialog parent_instance;

    GtkFilterListModel *filtered;
};

G_DEFINE_FINAL_TYPE (PosternChangesDialog, postern_changes_dialog, ADW_TYPE_DIALOG)

static char *
stack_page_name (PosternChangesDialog *self, guint n)
{
    return g_strdup (n > 0 ? "list" : "nothing");
}

static void
postern_changes_dialog_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_CHANGES_DIALOG);
    G_OBJECT_CLASS (postern_changes_dialog_parent_class)->dispose (object);
}

static void
postern_changes_dialog_class_init (PosternChangesDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_changes_dialog_dispose;
    g_type_ensure (POSTERN_TYPE_CHANGE);
    g_type_ensure (POSTERN_TYPE_CHANGE_ROW);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-changes-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternChangesDialog, filtered);
    gtk_widget_class_bind_template_callback (widget_class, stack_page_name);
}

static void
postern_changes_dialog_init (PosternChangesDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
postern_changes_dialog_new (PosternChangeGroup *group)
{
    PosternChangesDialog *self;

    g_return_val_if_fail (POSTERN_IS_CHANGE_GROUP (group), NULL);
    self = g_object_new (POSTERN_TYPE_CHANGES_DIALOG, "title",
                         postern_section_get_title (postern_change_group_get_section (group)), NULL);
    gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (group));
    return ADW_DIALOG (self);
}
