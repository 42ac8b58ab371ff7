/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-merge-dialog.h"

#include <glib/gi18n-lib.h>
#include "plan/postern-change.h"
#include "wizard/postern-announce.h"
#include "wizard/postern-change-row.h"
#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"
#include "wizard/postern-wrap.h"

struct _PosternMergeDialog {
    AdwDialog parent_instance;

    GCancellable *cancellable;
    PosternNetworkAggregate *aggregate;

    GtkStack *stack;
    GtkLabel *summary_label;
    GtkListView *list_view;
    GtkButton *merge_button;
};

G_DEFINE_FINAL_TYPE (PosternMergeDialog, postern_merge_dialog, ADW_TYPE_DIALOG)

enum { AGREED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* What a worker finds out about @before. */
typedef struct {
    PosternNetworkAggregate *aggregate;
    GListStore *changes;
    guint n_before;
    guint n_after;
} Merging;

static void
merging_free (gpointer data)
{
    Merging *merging = data;

    g_clear_pointer (&merging->aggregate, postern_network_aggregate_free);
    g_object_unref (merging->changes);
    g_free (merging);
}

static gpointer
find_out (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    PosternPlan *before = data;
    g_autoptr (PosternPlan) after = postern_plan_copy (before);
    PosternRecordList *networks = postern_plan_get_trusted_networks (after);
    g_autoptr (GPtrArray) changes = NULL;
    Merging *merging = g_new (Merging, 1);

    merging->n_before = postern_record_list_get_length (networks);
    merging->aggregate = postern_network_aggregate_new (networks);
    postern_network_aggregate_apply (merging->aggregate, networks);
    merging->n_after = postern_record_list_get_length (networks);
    changes = postern_plan_compare (before, after);
    merging->changes = g_list_store_new (POSTERN_TYPE_CHANGE);
    g_list_store_splice (merging->changes, 0, 0, changes->pdata, changes->len);
    return merging;
}

static void
show (PosternMergeDialog *self, Merging *merging)
{
    g_autoptr (GtkSelectionModel) model =
        GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (merging->changes))));
    g_autofree char *before =
        g_strdup_printf (ngettext ("%u network", "%u networks", merging->n_before), merging->n_before);
    g_autofree char *after =
        g_strdup_printf (ngettext ("%u network", "%u networks", merging->n_after), merging->n_after);
    g_autofree char *summary =
        /* Translators: both %s are like “12 networks”. */
        g_strdup_printf (_ ("Now: %1$s. Merged: %2$s. Exactly the same addresses stay trusted."), before, after);

    gtk_label_set_label (self->summary_label, summary);
    gtk_list_view_set_model (self->list_view, model);
    gtk_stack_set_visible_child_name (self->stack, "preview");
    gtk_widget_grab_focus (GTK_WIDGET (self->merge_button));
    postern_announce (self, summary, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
found_out_cb (GObject *object, GAsyncResult *result, gpointer data)
{
    PosternMergeDialog *self = POSTERN_MERGE_DIALOG (object);
    Merging *merging = postern_worker_run_finish (self, result, NULL);

    /* Without a result the dialog has been closed. */
    if (merging == NULL)
        return;
    if (g_list_model_get_n_items (G_LIST_MODEL (merging->changes)) > 0) {
        show (self, merging);
        self->aggregate = g_steal_pointer (&merging->aggregate);
    } else {
        gtk_stack_set_visible_child_name (self->stack, "nothing");
    }
    merging_free (merging);
}

static void
on_merge_clicked_cb (PosternMergeDialog *self)
{
    g_autoptr (PosternMergeDialog) alive = g_object_ref (self);

    if (self->aggregate == NULL)
        return;
    g_signal_emit (self, signals[AGREED], 0);
    adw_dialog_close (ADW_DIALOG (self));
}

PosternNetworkAggregate *
postern_merge_dialog_steal_aggregate (PosternMergeDialog *self)
{
    g_return_val_if_fail (POSTERN_IS_MERGE_DIALOG (self), NULL);
    return g_steal_pointer (&self->aggregate);
}

static void
postern_merge_dialog_closed (AdwDialog *dialog)
{
    g_cancellable_cancel (POSTERN_MERGE_DIALOG (dialog)->cancellable);
}

static void
postern_merge_dialog_dispose (GObject *object)
{
    PosternMergeDialog *self = POSTERN_MERGE_DIALOG (object);

    g_clear_object (&self->cancellable);
    g_clear_pointer (&self->aggregate, postern_network_aggregate_free);
    gtk_widget_dispose_template (GTK_WIDGET (self), POSTERN_TYPE_MERGE_DIALOG);
    G_OBJECT_CLASS (postern_merge_dialog_parent_class)->dispose (object);
}

static void
postern_merge_dialog_class_init (PosternMergeDialogClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    object_class->dispose = postern_merge_dialog_dispose;
    ADW_DIALOG_CLASS (klass)->closed = postern_merge_dialog_closed;
    signals[AGREED] =
        g_signal_new ("agreed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure (POSTERN_TYPE_CHANGE);
    g_type_ensure (POSTERN_TYPE_CHANGE_ROW);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-merge-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternMergeDialog, stack);
    gtk_widget_class_bind_template_child (widget_class, PosternMergeDialog, summary_label);
    gtk_widget_class_bind_template_child (widget_class, PosternMergeDialog, list_view);
    gtk_widget_class_bind_template_child (widget_class, PosternMergeDialog, merge_button);
    gtk_widget_class_bind_template_callback (widget_class, on_merge_clicked_cb);
}

static void
postern_merge_dialog_init (PosternMergeDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    postern_wrap_labels (GTK_WIDGET (self->stack));
    self->cancellable = g_cancellable_new ();
}

PosternMergeDialog *
postern_merge_dialog_new (PosternPlan *plan)
{
    PosternMergeDialog *self;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    self = g_object_new (POSTERN_TYPE_MERGE_DIALOG, NULL);
    postern_worker_run_async (self, find_out, postern_plan_copy (plan), g_object_unref, merging_free, NULL,
                              self->cancellable, found_out_cb, NULL);
    return self;
}
