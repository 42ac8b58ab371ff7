/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import-item.h"

G_BEGIN_DECLS

/** More items than this are not taken from one file. */
#define POSTERN_IMPORT_STORE_MAX_ENTRIES ((1 << 24) - 2)

/**
 * PosternImportVerdict:
 * @POSTERN_IMPORT_VERDICT_TAKEN: it becomes a record of the plan
 * @POSTERN_IMPORT_VERDICT_ADDS_ROUTE: it gives a route to a domain that is there without one
 * @POSTERN_IMPORT_VERDICT_IN_PLAN: the plan has it
 * @POSTERN_IMPORT_VERDICT_EARLIER: an earlier item of the file has said it
 * @POSTERN_IMPORT_VERDICT_LOOPBACK: a network that every gateway trusts, its own
 * @POSTERN_IMPORT_VERDICT_UNREADABLE: postern_import_item_read() refuses it
 * @POSTERN_IMPORT_VERDICT_OTHER_IN_PLAN: the plan has something else there: another route, another edge gateway
 * @POSTERN_IMPORT_VERDICT_OTHER_EARLIER: an earlier item has said something else
 */
typedef enum {
    POSTERN_IMPORT_VERDICT_TAKEN,
    POSTERN_IMPORT_VERDICT_ADDS_ROUTE,
    POSTERN_IMPORT_VERDICT_IN_PLAN,
    POSTERN_IMPORT_VERDICT_EARLIER,
    POSTERN_IMPORT_VERDICT_LOOPBACK,
    POSTERN_IMPORT_VERDICT_UNREADABLE,
    POSTERN_IMPORT_VERDICT_OTHER_IN_PLAN,
    POSTERN_IMPORT_VERDICT_OTHER_EARLIER,
} PosternImportVerdict;

/**
 * PosternImportStore:
 *
 * The items of a file with what was decided about each, in 16 bytes an item beside the text itself, and found again by
 * the key of their record. What an item says is not kept: postern_import_store_get_item() gives it to be read again.
 */
typedef struct _PosternImportStore PosternImportStore;

/** postern_import_store_new: @text: the whole file's text, which the items are parts of */
PosternImportStore *postern_import_store_new (GBytes *text);
void postern_import_store_free (PosternImportStore *self);

guint postern_import_store_get_length (PosternImportStore *self);

/**
 * postern_import_store_hash:
 * @self: a store
 * @record: a record that will soon be looked for
 *
 * Memory is slow: who announces several records before the first is looked for waits once for all of them.
 *
 * Returns: what the store knows the record's key by
 */
guint64 postern_import_store_hash (PosternImportStore *self, const PosternImportRecord *record);

/**
 * postern_import_store_add:
 * @self: a store with room
 * @item: an item
 * @record: (nullable): what it says, if it is to be found by its key from now on
 * @hash: what postern_import_store_hash() has returned for @record
 * @verdict: what was decided about it
 *
 * A later item with the same key takes the place of an earlier one in what postern_import_store_find() finds.
 */
void postern_import_store_add (PosternImportStore *self, const PosternImportItem *item,
                               const PosternImportRecord *record, guint64 hash, PosternImportVerdict verdict);

/** postern_import_store_find: @position: (out): where the item is that was added with the key of @record; Returns:
 * whether there is one */
gboolean postern_import_store_find (PosternImportStore *self, const PosternImportRecord *record, guint64 hash,
                                    guint *position);

PosternImportVerdict postern_import_store_get_verdict (PosternImportStore *self, guint position);
void postern_import_store_get_item (PosternImportStore *self, guint position, PosternImportItem *item);
/** postern_import_store_has_route: Returns: whether the record that was added with the item had a routing of its own */
gboolean postern_import_store_has_route (PosternImportStore *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternImportStore, postern_import_store_free)

G_END_DECLS
