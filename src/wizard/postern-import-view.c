/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-import-view.h"

struct _PosternImportView {
    GObject parent_instance;

    PosternImport *import;
    int what;
    GArray *positions; /* of the lines that are shown, unless that is all */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternImportView, postern_import_view, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
    return POSTERN_TYPE_IMPORT_LINE;
}

static guint
get_n_items (GListModel *model)
{
    PosternImportView *self = POSTERN_IMPORT_VIEW (model);

    return self->what == POSTERN_IMPORT_VIEW_ALL ? g_list_model_get_n_items (G_LIST_MODEL (self->import))
                                                 : self->positions->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
    PosternImportView *self = POSTERN_IMPORT_VIEW (model);

    if (position >= get_n_items (model))
        return NULL;
    if (self->what != POSTERN_IMPORT_VIEW_ALL)
        position = g_array_index (self->positions, guint, position);
    return g_list_model_get_item (G_LIST_MODEL (self->import), position);
}

static void
list_model_init (GListModelInterface *iface)
{
    iface->get_item_type = get_item_type;
    iface->get_n_items = get_n_items;
    iface->get_item = get_item;
}

static void
find_positions (PosternImportView *self)
{
    guint n = g_list_model_get_n_items (G_LIST_MODEL (self->import));

    g_array_set_size (self->positions, 0);
    for (guint i = 0; i < n && self->what != POSTERN_IMPORT_VIEW_ALL; i++) {
        if ((int)postern_import_get_status (self->import, i) == self->what)
            g_array_append_val (self->positions, i);
    }
}

static void
postern_import_view_dispose (GObject *object)
{
    PosternImportView *self = POSTERN_IMPORT_VIEW (object);

    g_clear_object (&self->import);
    g_clear_pointer (&self->positions, g_array_unref);
    G_OBJECT_CLASS (postern_import_view_parent_class)->dispose (object);
}

static void
postern_import_view_class_init (PosternImportViewClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = postern_import_view_dispose;
}

static void
postern_import_view_init (PosternImportView *self)
{
    self->what = POSTERN_IMPORT_VIEW_ALL;
    self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
}

PosternImportView *
postern_import_view_new (PosternImport *import)
{
    PosternImportView *self;

    g_return_val_if_fail (POSTERN_IS_IMPORT (import), NULL);

    self = g_object_new (POSTERN_TYPE_IMPORT_VIEW, NULL);
    self->import = g_object_ref (import);
    return self;
}

void
postern_import_view_show (PosternImportView *self, int what)
{
    guint before;

    g_return_if_fail (POSTERN_IS_IMPORT_VIEW (self));

    if (self->what == what)
        return;
    before = get_n_items (G_LIST_MODEL (self));
    self->what = what;
    find_positions (self);
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
}
