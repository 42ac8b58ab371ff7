/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-network-index.h"

#include <string.h>

#include "plan/postern-network-private.h"

struct _PosternNetworkIndex {
    GHashTable *by_prefix;       /* PosternPrefix → its PosternNetwork, not owned */
    gboolean has_length[2][129]; /* by family, IPv4 first */
};

static guint
prefix_hash (gconstpointer key)
{
    const PosternPrefix *prefix = key;
    guint64 halves[2];

    memcpy (halves, prefix->bytes, sizeof halves);
    /* Fibonacci hashing: prefixes differ in the middle of their bits more than at either end. */
    return (guint)(((halves[0] ^ (halves[1] * 31) ^ prefix->length) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32);
}

static gboolean
prefix_equal (gconstpointer a, gconstpointer b)
{
    return memcmp (a, b, sizeof (PosternPrefix)) == 0;
}

PosternNetworkIndex *
postern_network_index_new (PosternRecordList *networks)
{
    PosternNetworkIndex *self = g_new0 (PosternNetworkIndex, 1);
    guint n = postern_record_list_get_length (networks);

    self->by_prefix = g_hash_table_new (prefix_hash, prefix_equal);
    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);
        const PosternPrefix *prefix = postern_network_get_prefix (network);

        self->has_length[prefix->n_bytes == 16][prefix->length] = TRUE;
        g_hash_table_insert (self->by_prefix, (gpointer)prefix, network);
    }
    return self;
}

void
postern_network_index_free (PosternNetworkIndex *self)
{
    g_hash_table_unref (self->by_prefix);
    g_free (self);
}

PosternNetwork *
postern_network_index_find (PosternNetworkIndex *self, GInetAddress *address)
{
    PosternPrefix prefix;
    gsize n_bytes;
    const guint8 *bytes = postern_network_address_bytes (address, &n_bytes);

    postern_prefix_init (&prefix, bytes, (guint)n_bytes, (guint)n_bytes * 8);
    for (int length = (int)n_bytes * 8; length >= 0; length--) {
        PosternNetwork *network;

        if (!self->has_length[n_bytes == 16][length])
            continue;
        postern_prefix_shorten (&prefix, (guint)length);
        network = g_hash_table_lookup (self->by_prefix, &prefix);
        if (network)
            return network;
    }
    return NULL;
}
