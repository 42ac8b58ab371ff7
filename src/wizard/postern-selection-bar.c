/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-selection-bar.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-ui.h"
#include "wizard/postern-wrap.h"

struct _PosternSelectionBar {
    AdwBin parent_instance;

    GtkRevealer *revealer;
    GtkLabel *count_label;
    GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (PosternSelectionBar, postern_selection_bar, ADW_TYPE_BIN)

static void
postern_selection_bar_dispose (GObject *object)
{
    /* The bin must not look for a child that the template has taken away. */
    adw_bin_set_child (ADW_BIN (object), NULL);
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_SELECTION_BAR);
    G_OBJECT_CLASS (postern_selection_bar_parent_class)->dispose (object);
}

static void
postern_selection_bar_class_init (PosternSelectionBarClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_selection_bar_dispose;
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-selection-bar.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternSelectionBar, revealer);
    gtk_widget_class_bind_template_child (widget_class, PosternSelectionBar, count_label);
    gtk_widget_class_bind_template_child (widget_class, PosternSelectionBar, remove_button);
}

static void
postern_selection_bar_init (PosternSelectionBar *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    postern_wrap_labels (self->remove_button);
}

/* One that is selected has its own button, and it is there wherever somebody has clicked. */
static void
update (PosternSelectionBar *self, GtkSelectionModel *model)
{
    g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
    guint n = (guint)gtk_bitset_get_size (selected);
    g_autofree char *text = NULL;

    gtk_revealer_set_reveal_child (self->revealer, n > 1);
    if (n <= 1)
        return;
    /* Translators: how many domains or networks are selected in a list. */
    text = g_strdup_printf (ngettext ("%'u selected", "%'u selected", n), n);
    gtk_label_set_label (self->count_label, text);
}

static void
on_selection_changed_cb (PosternSelectionBar *self, guint position, guint n, GtkSelectionModel *model)
{
    update (self, model);
}

static void
on_items_changed_cb (PosternSelectionBar *self, guint position, guint removed, guint added, GtkSelectionModel *model)
{
    update (self, model);
}

GtkWidget *
postern_selection_bar_new (GtkSelectionModel *model)
{
    PosternSelectionBar *self = g_object_new (POSTERN_TYPE_SELECTION_BAR, NULL);

    g_return_val_if_fail (GTK_IS_SELECTION_MODEL (model), NULL);

    g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
    update (self, model);
    return GTK_WIDGET (self);
}
