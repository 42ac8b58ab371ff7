/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-runbook-group.h"

#include "wizard/postern-runbook-row.h"
#include "wizard/postern-ui.h"

struct _PosternRunbookGroup {
    GtkBox parent_instance;

    GtkLabel *title_label;
    GtkLabel *path_label;
    GtkLabel *intro_label;
    GtkListBox *steps_list;
};

G_DEFINE_FINAL_TYPE (PosternRunbookGroup, postern_runbook_group, GTK_TYPE_BOX)

static void
postern_runbook_group_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_RUNBOOK_GROUP);
    G_OBJECT_CLASS (postern_runbook_group_parent_class)->dispose (object);
}

static void
postern_runbook_group_class_init (PosternRunbookGroupClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_runbook_group_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-runbook-group.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookGroup, title_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookGroup, path_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookGroup, intro_label);
    gtk_widget_class_bind_template_child (widget_class, PosternRunbookGroup, steps_list);
}

static void
postern_runbook_group_init (PosternRunbookGroup *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkLabel *label, const char *text)
{
    gtk_label_set_label (label, text);
    gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

GtkWidget *
postern_runbook_group_new (PosternRunbookSection *section, PosternRunbookProgress *progress)
{
    PosternRunbookGroup *self = g_object_new (POSTERN_TYPE_RUNBOOK_GROUP, NULL);
    GPtrArray *steps = postern_runbook_section_get_steps (section);

    set_text (self->title_label, postern_runbook_section_get_title (section));
    set_text (self->path_label, postern_runbook_section_get_path (section));
    set_text (self->intro_label, postern_runbook_section_get_intro (section));
    for (guint i = 0; i < steps->len; i++)
        gtk_list_box_append (self->steps_list, postern_runbook_row_new (steps->pdata[i], progress));
    return GTK_WIDGET (self);
}
