/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-recent-gateways.h"

#include "wizard/postern-ui.h"
#include "wizard/postern-worker.h"

/* More would hide the other ways on. */
#define MAX_ROWS 4

struct _PosternRecentGateways {
    AdwPreferencesGroup parent_instance;

    GListStore *drafts;
    GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (PosternRecentGateways, postern_recent_gateways, ADW_TYPE_PREFERENCES_GROUP)

static guint chosen_signal;

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
    GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, NULL);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), postern_draft_get_gateway (item));
    /* Enter chooses the one that has the focus, and connects to nothing. */
    gtk_widget_set_receives_default (row, TRUE);
    return row;
}

static void
on_row_activated_cb (PosternRecentGateways *self, GtkListBoxRow *row)
{
    g_autoptr (PosternDraft) draft =
        g_list_model_get_item (G_LIST_MODEL (self->drafts), (guint)gtk_list_box_row_get_index (row));

    g_signal_emit (self, chosen_signal, 0, draft);
}

/* The last plan for each gateway, the last one used first. */
static gpointer
list_gateways (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    g_autoptr (GPtrArray) drafts = postern_draft_list (POSTERN_DRAFT_MAX);
    g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
    GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < drafts->len && found->len < MAX_ROWS; i++) {
        const char *address = postern_draft_get_address (drafts->pdata[i]);

        if (address != NULL && postern_draft_get_gateway (drafts->pdata[i]) != NULL &&
            g_hash_table_add (known, (gpointer)address))
            g_ptr_array_add (found, g_object_ref (drafts->pdata[i]));
    }
    return found;
}

static void
on_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternRecentGateways *self = POSTERN_RECENT_GATEWAYS (source);
    g_autoptr (GPtrArray) found = postern_worker_run_finish (self, result, NULL);

    if (found == NULL || self->list == NULL)
        return;
    g_list_store_splice (self->drafts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->drafts)), found->pdata,
                         found->len);
    gtk_widget_set_visible (GTK_WIDGET (self), found->len > 0);
}

void
postern_recent_gateways_load (PosternRecentGateways *self, GCancellable *cancellable)
{
    g_return_if_fail (POSTERN_IS_RECENT_GATEWAYS (self));
    postern_worker_run_async (self, list_gateways, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, NULL, cancellable,
                              on_listed_cb, NULL);
}

static void
postern_recent_gateways_dispose (GObject *object)
{
    gtk_widget_dispose_template (GTK_WIDGET (object), POSTERN_TYPE_RECENT_GATEWAYS);
    G_OBJECT_CLASS (postern_recent_gateways_parent_class)->dispose (object);
}

static void
postern_recent_gateways_finalize (GObject *object)
{
    g_object_unref (POSTERN_RECENT_GATEWAYS (object)->drafts);
    G_OBJECT_CLASS (postern_recent_gateways_parent_class)->finalize (object);
}

static void
postern_recent_gateways_class_init (PosternRecentGatewaysClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = postern_recent_gateways_dispose;
    G_OBJECT_CLASS (klass)->finalize = postern_recent_gateways_finalize;
    chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, POSTERN_TYPE_DRAFT);
    gtk_widget_class_set_template_from_resource (widget_class, POSTERN_UI_PATH "postern-recent-gateways.ui");
    gtk_widget_class_bind_template_child (widget_class, PosternRecentGateways, list);
    gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
postern_recent_gateways_init (PosternRecentGateways *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->drafts = g_list_store_new (POSTERN_TYPE_DRAFT);
    gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->drafts), make_row, NULL, NULL);
}
