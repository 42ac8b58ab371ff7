/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-change-expander.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-change-row.h"
#include "wizard/postern-changes-dialog.h"

/* More than this many rows are not put under each other: they are shown in a list that recycles its rows. */
#define MAX_ROWS 20

/* So few are shown at once. */
#define OPEN_ROWS 5

struct _PosternChangeExpander {
    AdwExpanderRow parent_instance;

    PosternChangeGroup *group;
    gboolean filled;
};

G_DEFINE_FINAL_TYPE (PosternChangeExpander, postern_change_expander, ADW_TYPE_EXPANDER_ROW)

static void
on_show_all_cb (PosternChangeExpander *self)
{
    adw_dialog_present (postern_changes_dialog_new (self->group), GTK_WIDGET (self));
}

static void
add_rest (PosternChangeExpander *self, guint n)
{
    g_autofree char *title = g_strdup_printf (ngettext ("And %'u more", "And %'u more", n), n);
    GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, NULL);
    GtkWidget *button =
        g_object_new (GTK_TYPE_BUTTON, "label", C_ ("button", "Show All…"), "valign", GTK_ALIGN_CENTER, NULL);

    g_signal_connect_object (button, "clicked", G_CALLBACK (on_show_all_cb), self, G_CONNECT_SWAPPED);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/* Made when it is first opened: most people read the summary. */
static void
fill (PosternChangeExpander *self)
{
    guint n;

    if (self->filled || self->group == NULL || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
        return;
    self->filled = TRUE;
    n = g_list_model_get_n_items (G_LIST_MODEL (self->group));
    for (guint i = 0; i < MIN (n, MAX_ROWS); i++) {
        g_autoptr (PosternChange) change = g_list_model_get_item (G_LIST_MODEL (self->group), i);
        GtkWidget *row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "activatable", FALSE, "child",
                                       postern_change_row_new (change), NULL);

        gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        postern_change_get_subject (change), -1);
        adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
    if (n > MAX_ROWS)
        add_rest (self, n - MAX_ROWS);
}

static void
postern_change_expander_dispose (GObject *object)
{
    g_clear_object (&POSTERN_CHANGE_EXPANDER (object)->group);
    G_OBJECT_CLASS (postern_change_expander_parent_class)->dispose (object);
}

static void
postern_change_expander_class_init (PosternChangeExpanderClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = postern_change_expander_dispose;
}

static void
postern_change_expander_init (PosternChangeExpander *self)
{
    g_signal_connect (self, "notify::expanded", G_CALLBACK (fill), NULL);
}

GtkWidget *
postern_change_expander_new (PosternChangeGroup *group)
{
    PosternChangeExpander *self;
    g_autofree char *summary = NULL;

    g_return_val_if_fail (POSTERN_IS_CHANGE_GROUP (group), NULL);
    summary = postern_change_group_get_summary (group);
    self =
        g_object_new (POSTERN_TYPE_CHANGE_EXPANDER, "title",
                      postern_section_get_title (postern_change_group_get_section (group)), "subtitle", summary, NULL);
    self->group = g_object_ref (group);
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self),
                                   g_list_model_get_n_items (G_LIST_MODEL (group)) <= OPEN_ROWS);
    return GTK_WIDGET (self);
}
