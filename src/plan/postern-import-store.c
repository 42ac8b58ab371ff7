/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-store.h"

#include <string.h>

#include "plan/postern-hash.h"

typedef struct {
    guint32 line;
    guint32 start; /* of the item in the text */
    guint32 key;   /* where it is, in the text or in the pool */
    guint32 length : 12;
    guint32 key_length : 8;
    guint32 kind : 4;
    guint32 verdict : 4;
    guint32 key_in_text : 1;
    guint32 has_route : 1;
} Entry;

G_STATIC_ASSERT (sizeof (Entry) == 16);
G_STATIC_ASSERT (POSTERN_IMPORT_ITEM_MAX_LENGTH < 1 << 12);
G_STATIC_ASSERT (POSTERN_HOSTNAME_SIZE < 1 << 8);
G_STATIC_ASSERT (POSTERN_IMPORT_ITEM_TOO_LONG < 1 << 4);

/*
 * An open hash table of positions. A slot is 0 while it is free; else its lower 24 bits are the position plus one and
 * its upper 8 a part of the key's hash value, so that hardly any key is looked at that is not the same.
 */
#define POSITION_BITS 24
#define POSITION_MASK ((1u << POSITION_BITS) - 1)

struct _PosternImportStore {
    GBytes *bytes;
    const char *text;
    GArray *entries;  /* of Entry */
    GByteArray *pool; /* keys that are not in the text as they are */
    guint32 *slots;
    gsize n_slots; /* a power of two */
    gsize n_keys;
};

PosternImportStore *
postern_import_store_new (GBytes *text)
{
    PosternImportStore *self = g_new0 (PosternImportStore, 1);
    gsize length;

    self->bytes = g_bytes_ref (text);
    self->text = g_bytes_get_data (text, &length);
    self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
    self->pool = g_byte_array_new ();
    /* A line of a list is seldom shorter: so that the table seldom has to be made anew. */
    self->n_slots = 64;
    while (self->n_slots < length / 8 && self->n_slots < POSITION_MASK / 8)
        self->n_slots *= 2;
    self->slots = g_new0 (guint32, self->n_slots);
    return self;
}

void
postern_import_store_free (PosternImportStore *self)
{
    g_bytes_unref (self->bytes);
    g_array_unref (self->entries);
    g_byte_array_unref (self->pool);
    g_free (self->slots);
    g_free (self);
}

guint
postern_import_store_get_length (PosternImportStore *self)
{
    return self->entries->len;
}

static inline Entry *
get_entry (PosternImportStore *self, guint position)
{
    return &g_array_index (self->entries, Entry, position);
}

static inline const char *
get_key (PosternImportStore *self, const Entry *entry)
{
    return entry->key_in_text ? self->text + entry->key : (const char *)self->pool->data + entry->key;
}

/* The slot of @key: the one that it is in, or the free one that it belongs into. */
static guint32 *
find_slot (PosternImportStore *self, const char *key, gsize key_length, guint64 hash)
{
    const guint32 mark = (guint32)(hash >> 56) << POSITION_BITS;
    gsize mask = self->n_slots - 1;

    for (gsize i = hash & mask;; i = (i + 1) & mask) {
        guint32 *slot = &self->slots[i];
        const Entry *entry;

        if (*slot == 0)
            return slot;
        if ((*slot & ~POSITION_MASK) != mark)
            continue;
        entry = get_entry (self, (*slot & POSITION_MASK) - 1);
        if (entry->key_length == key_length && memcmp (get_key (self, entry), key, key_length) == 0)
            return slot;
    }
}

static void
grow (PosternImportStore *self)
{
    g_autofree guint32 *old = g_steal_pointer (&self->slots);
    gsize n_old = self->n_slots;

    self->n_slots *= 2;
    self->slots = g_new0 (guint32, self->n_slots);
    for (gsize i = 0; i < n_old; i++) {
        const Entry *entry;
        guint64 hash;
        gsize place;

        if (old[i] == 0)
            continue;
        entry = get_entry (self, (old[i] & POSITION_MASK) - 1);
        hash = postern_hash_bytes (get_key (self, entry), entry->key_length);
        for (place = hash & (self->n_slots - 1); self->slots[place] != 0; place = (place + 1) & (self->n_slots - 1))
            continue;
        self->slots[place] = old[i];
    }
}

guint64
postern_import_store_hash (PosternImportStore *self, const PosternImportRecord *record)
{
    guint64 hash = postern_hash_bytes (record->key, record->key_length);

    __builtin_prefetch (&self->slots[hash & (self->n_slots - 1)]);
    return hash;
}

static void
index_entry (PosternImportStore *self, guint position, guint64 hash)
{
    const Entry *entry = get_entry (self, position);
    guint32 *slot;

    if (self->n_keys * 4 >= self->n_slots * 3)
        grow (self);
    slot = find_slot (self, get_key (self, entry), entry->key_length, hash);
    self->n_keys += *slot == 0;
    *slot = (guint32)(hash >> 56) << POSITION_BITS | (position + 1);
}

/* Most keys are what their item begins with. */
static void
set_key (PosternImportStore *self, Entry *entry, const PosternImportItem *item, const PosternImportRecord *record)
{
    entry->key_length = (guint32)record->key_length;
    entry->has_route = record->routing != POSTERN_DOMAIN_ROUTING_DEFAULT;
    entry->key_in_text =
        record->key_length <= item->length && memcmp (item->text, record->key, record->key_length) == 0;
    if (entry->key_in_text) {
        entry->key = entry->start;
    } else {
        entry->key = self->pool->len;
        g_byte_array_append (self->pool, (const guint8 *)record->key, (guint)record->key_length);
    }
}

void
postern_import_store_add (PosternImportStore *self, const PosternImportItem *item, const PosternImportRecord *record,
                          guint64 hash, PosternImportVerdict verdict)
{
    Entry entry = { .line = item->line,
                    .start = (guint32)(item->text - self->text),
                    .length = (guint32)item->length,
                    .kind = item->kind,
                    .verdict = verdict };

    g_return_if_fail (self->entries->len < POSTERN_IMPORT_STORE_MAX_ENTRIES);

    if (record)
        set_key (self, &entry, item, record);
    g_array_append_val (self->entries, entry);
    if (record && record->key_length > 0)
        index_entry (self, self->entries->len - 1, hash);
}

gboolean
postern_import_store_find (PosternImportStore *self, const PosternImportRecord *record, guint64 hash, guint *position)
{
    guint32 *slot = find_slot (self, record->key, record->key_length, hash);

    *position = (*slot & POSITION_MASK) - 1;
    return *slot != 0;
}

PosternImportVerdict
postern_import_store_get_verdict (PosternImportStore *self, guint position)
{
    return (PosternImportVerdict)get_entry (self, position)->verdict;
}

void
postern_import_store_get_item (PosternImportStore *self, guint position, PosternImportItem *item)
{
    const Entry *entry = get_entry (self, position);

    *item = (PosternImportItem){ .kind = (PosternImportItemKind)entry->kind,
                                 .line = entry->line,
                                 .text = self->text + entry->start,
                                 .length = entry->length };
}

gboolean
postern_import_store_has_route (PosternImportStore *self, guint position)
{
    return get_entry (self, position)->has_route;
}
