/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternRecordKey:
 * @item: an item of the list
 *
 * Returns: (transfer none): the text that makes @item unique; it never changes while the item is in a list
 */
typedef const char *(*PosternRecordKey) (gpointer item);

typedef struct _PosternRecordList PosternRecordList;

/**
 * PosternRecordWatch:
 * @item: an item that has come into a list or is leaving it
 * @list: (nullable): the list that it is in from now on, %NULL if none
 *
 * Tells a record whom to tell of its own changes, by postern_record_list_record_changed(). Cheaper than a signal
 * handler for each of 100,000 records.
 */
typedef void (*PosternRecordWatch) (gpointer item, PosternRecordList *list);

#define POSTERN_TYPE_RECORD_LIST (postern_record_list_get_type ())

/**
 * PosternRecordList:
 *
 * A #GListModel that keeps the order in which its records came, holds each key once and finds a record by its key in
 * constant time. The domains and the trusted networks of a plan are such lists. Property: `n-items`.
 *
 * Signal `record-changed` (GObject *record): a record's own property has changed.
 */
G_DECLARE_FINAL_TYPE (PosternRecordList, postern_record_list, POSTERN, RECORD_LIST, GObject)

/** postern_record_list_new: @watch: (nullable): how a record learns which list it is in */
PosternRecordList *postern_record_list_new (GType item_type, PosternRecordKey key, PosternRecordWatch watch);

/** postern_record_list_record_changed: called by @item when one of its properties has changed */
void postern_record_list_record_changed (PosternRecordList *self, gpointer item);

/** postern_record_list_get_key: Returns: (transfer none): the key that @item has or would have in the list */
const char *postern_record_list_get_key (PosternRecordList *self, gpointer item);

/** postern_record_list_get: Returns: (transfer none): the record at @position, which must be smaller than the length */
gpointer postern_record_list_get (PosternRecordList *self, guint position);
guint postern_record_list_get_length (PosternRecordList *self);
/** postern_record_list_lookup: Returns: (transfer none) (nullable): the record with @key */
gpointer postern_record_list_lookup (PosternRecordList *self, const char *key);
/** postern_record_list_find: @position: (out) (optional): where; Returns: whether a record with @key is there (linear
 * time) */
gboolean postern_record_list_find (PosternRecordList *self, const char *key, guint *position);
/** postern_record_list_append: Returns: whether it was added; %FALSE if its key is there already */
gboolean postern_record_list_append (PosternRecordList *self, gpointer item);
/** postern_record_list_append_all: @items: (element-type GObject): records; tells listeners once; Returns: how many
 * were new */
guint postern_record_list_append_all (PosternRecordList *self, GPtrArray *items);
/** postern_record_list_insert: puts a removed record back where it was (@position is cut to the length); Returns:
 * whether it was added */
gboolean postern_record_list_insert (PosternRecordList *self, guint position, gpointer item);
/** postern_record_list_remove: Returns: whether a record with @key was there */
gboolean postern_record_list_remove (PosternRecordList *self, const char *key);
/** postern_record_list_remove_those: @items: (element-type GObject): records, of which those that are in the list go;
 * tells listeners once; Returns: how many went */
guint postern_record_list_remove_those (PosternRecordList *self, GPtrArray *items);
/** postern_record_list_remove_all: empties the list */
void postern_record_list_remove_all (PosternRecordList *self);
/** postern_record_list_replace_all: @items: (element-type GObject): what the list shall hold; tells listeners once;
 * later ones of equal keys are left out */
void postern_record_list_replace_all (PosternRecordList *self, GPtrArray *items);

G_END_DECLS
