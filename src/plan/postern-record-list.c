/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-record-list.h"

#include "plan/postern-hash.h"

struct _PosternRecordList {
    GObject parent_instance;

    GType item_type;
    PosternRecordKey key;
    PosternRecordWatch watch;
    GPtrArray *records;
    GHashTable *by_key; /* the record's own key → the record; both belong to the array */
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternRecordList, postern_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum {
    PROP_N_ITEMS = 1,
} PosternRecordListProperty;

static GParamSpec *properties[PROP_N_ITEMS + 1];

enum {
    RECORD_CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell (PosternRecordList *self, guint position, guint removed, guint added)
{
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
    if (removed != added)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static gboolean
claim (PosternRecordList *self, gpointer item)
{
    gpointer key = (gpointer)self->key (item);

    if (g_hash_table_contains (self->by_key, key))
        return FALSE;
    g_hash_table_insert (self->by_key, key, item);
    if (self->watch)
        self->watch (item, self);
    return TRUE;
}

static void
release (gpointer item, gpointer list)
{
    PosternRecordList *self = list;

    if (self->watch)
        self->watch (item, NULL);
}

PosternRecordList *
postern_record_list_new (GType item_type, PosternRecordKey key, PosternRecordWatch watch)
{
    PosternRecordList *self;

    g_return_val_if_fail (g_type_is_a (item_type, G_TYPE_OBJECT), NULL);
    g_return_val_if_fail (key != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_RECORD_LIST, NULL);
    self->item_type = item_type;
    self->key = key;
    self->watch = watch;
    return self;
}

void
postern_record_list_record_changed (PosternRecordList *self, gpointer item)
{
    g_return_if_fail (POSTERN_IS_RECORD_LIST (self));

    g_signal_emit (self, signals[RECORD_CHANGED], 0, item);
}

const char *
postern_record_list_get_key (PosternRecordList *self, gpointer item)
{
    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), NULL);
    return self->key (item);
}

gpointer
postern_record_list_get (PosternRecordList *self, guint position)
{
    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), NULL);
    g_return_val_if_fail (position < self->records->len, NULL);
    return g_ptr_array_index (self->records, position);
}

guint
postern_record_list_get_length (PosternRecordList *self)
{
    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), 0);
    return self->records->len;
}

gpointer
postern_record_list_lookup (PosternRecordList *self, const char *key)
{
    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), NULL);
    return g_hash_table_lookup (self->by_key, key);
}

gboolean
postern_record_list_find (PosternRecordList *self, const char *key, guint *position)
{
    gpointer item = postern_record_list_lookup (self, key);

    return item != NULL && g_ptr_array_find (self->records, item, position);
}

gboolean
postern_record_list_append (PosternRecordList *self, gpointer item)
{
    return postern_record_list_insert (self, G_MAXUINT, item);
}

guint
postern_record_list_append_all (PosternRecordList *self, GPtrArray *items)
{
    guint first;
    guint added;

    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), 0);

    first = self->records->len;
    for (guint i = 0; i < items->len; i++) {
        if (claim (self, g_ptr_array_index (items, i)))
            g_ptr_array_add (self->records, g_object_ref (g_ptr_array_index (items, i)));
    }
    added = self->records->len - first;
    if (added > 0)
        tell (self, first, 0, added);
    return added;
}

gboolean
postern_record_list_insert (PosternRecordList *self, guint position, gpointer item)
{
    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), FALSE);
    g_return_val_if_fail (g_type_is_a (G_OBJECT_TYPE (item), self->item_type), FALSE);

    if (!claim (self, item))
        return FALSE;
    position = MIN (position, self->records->len);
    g_ptr_array_insert (self->records, (int)position, g_object_ref (item));
    tell (self, position, 0, 1);
    return TRUE;
}

gboolean
postern_record_list_remove (PosternRecordList *self, const char *key)
{
    guint position;
    gpointer item;

    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), FALSE);

    if (!postern_record_list_find (self, key, &position))
        return FALSE;
    item = g_ptr_array_index (self->records, position);
    g_hash_table_remove (self->by_key, self->key (item));
    release (item, self);
    g_ptr_array_remove_index (self->records, position);
    tell (self, position, 1, 0);
    return TRUE;
}

/* Moves what stays together, and tells of the stretch from the first to the last that goes. */
guint
postern_record_list_remove_those (PosternRecordList *self, GPtrArray *items)
{
    g_autoptr (GHashTable) going = g_hash_table_new (NULL, NULL);
    g_autoptr (GPtrArray) gone = NULL;
    guint n;
    guint first = 0;
    guint last = 0;
    guint kept = 0;

    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (self), 0);

    for (guint i = 0; i < items->len; i++) {
        if (postern_record_list_lookup (self, self->key (items->pdata[i])) == items->pdata[i])
            g_hash_table_add (going, items->pdata[i]);
    }
    n = g_hash_table_size (going);
    if (n == 0)
        return 0;
    gone = g_ptr_array_new_full (n, g_object_unref);
    for (guint i = 0; i < self->records->len; i++) {
        gpointer item = self->records->pdata[i];

        if (!g_hash_table_contains (going, item)) {
            self->records->pdata[kept++] = item;
            continue;
        }
        if (gone->len == 0)
            first = i;
        last = i;
        g_hash_table_remove (self->by_key, self->key (item));
        release (item, self);
        g_ptr_array_add (gone, item);
    }
    /* What stands there now is kept further up, or has gone: it is not let go of here. */
    g_ptr_array_set_free_func (self->records, NULL);
    g_ptr_array_set_size (self->records, (int)kept);
    g_ptr_array_set_free_func (self->records, g_object_unref);
    tell (self, first, last - first + 1, last - first + 1 - n);
    return n;
}

void
postern_record_list_remove_all (PosternRecordList *self)
{
    g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

    postern_record_list_replace_all (self, nothing);
}

void
postern_record_list_replace_all (PosternRecordList *self, GPtrArray *items)
{
    g_autoptr (GPtrArray) old = NULL;

    g_return_if_fail (POSTERN_IS_RECORD_LIST (self));

    if (self->records->len == 0 && items->len == 0)
        return;
    old = g_steal_pointer (&self->records);
    g_hash_table_remove_all (self->by_key);
    g_ptr_array_foreach (old, release, self);

    self->records = g_ptr_array_new_full (items->len, g_object_unref);
    for (guint i = 0; i < items->len; i++) {
        if (claim (self, g_ptr_array_index (items, i)))
            g_ptr_array_add (self->records, g_object_ref (g_ptr_array_index (items, i)));
    }
    tell (self, 0, old->len, self->records->len);
}

static GType
get_item_type (GListModel *model)
{
    return POSTERN_RECORD_LIST (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
    return POSTERN_RECORD_LIST (model)->records->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
    GPtrArray *records = POSTERN_RECORD_LIST (model)->records;

    return position < records->len ? g_object_ref (g_ptr_array_index (records, position)) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
    interface->get_item_type = get_item_type;
    interface->get_n_items = get_n_items;
    interface->get_item = get_item;
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    switch ((PosternRecordListProperty)property) {
    case PROP_N_ITEMS:
        g_value_set_uint (value, POSTERN_RECORD_LIST (object)->records->len);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
dispose (GObject *object)
{
    PosternRecordList *self = POSTERN_RECORD_LIST (object);

    g_hash_table_remove_all (self->by_key);
    g_ptr_array_foreach (self->records, release, self);
    g_ptr_array_set_size (self->records, 0);
    G_OBJECT_CLASS (postern_record_list_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    PosternRecordList *self = POSTERN_RECORD_LIST (object);

    g_hash_table_unref (self->by_key);
    g_ptr_array_unref (self->records);
    G_OBJECT_CLASS (postern_record_list_parent_class)->finalize (object);
}

static void
postern_record_list_class_init (PosternRecordListClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);

    object_class->get_property = get_property;
    object_class->dispose = dispose;
    object_class->finalize = finalize;

    properties[PROP_N_ITEMS] =
        g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[RECORD_CHANGED] = g_signal_new ("record-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
}

static void
postern_record_list_init (PosternRecordList *self)
{
    self->records = g_ptr_array_new_with_free_func (g_object_unref);
    self->by_key = g_hash_table_new (postern_hash_text, g_str_equal);
}
