/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-network-index.h"

#include <string.h>

#include "plan/postern-network-private.h"

typedef struct {
    guint8 n_bytes;
    guint8 length;
    guint8 bytes[16];
} Prefix;

struct _PosternNetworkIndex {
    Prefix *prefixes;
    GHashTable *by_prefix;       /* Prefix → PosternNetwork, neither of them owned */
    gboolean has_length[2][129]; /* by family, IPv4 first */
};

static guint
prefix_hash (gconstpointer key)
{
    const Prefix *prefix = key;
    guint64 halves[2];

    memcpy (halves, prefix->bytes, sizeof halves);
    /* Fibonacci hashing: prefixes differ in the middle of their bits more than at either end. */
    return (guint)(((halves[0] ^ (halves[1] * 31) ^ prefix->length) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32);
}

static gboolean
prefix_equal (gconstpointer a, gconstpointer b)
{
    return memcmp (a, b, sizeof (Prefix)) == 0;
}

PosternNetworkIndex *
postern_network_index_new (PosternRecordList *networks)
{
    PosternNetworkIndex *self = g_new0 (PosternNetworkIndex, 1);
    guint n = postern_record_list_get_length (networks);

    self->prefixes = g_new0 (Prefix, n);
    self->by_prefix = g_hash_table_new (prefix_hash, prefix_equal);
    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);
        Prefix *prefix = &self->prefixes[i];

        prefix->n_bytes = postern_network_get_family (network) == G_SOCKET_FAMILY_IPV4 ? 4 : 16;
        prefix->length = (guint8)postern_network_get_length (network);
        memcpy (prefix->bytes, postern_network_get_bytes (network), prefix->n_bytes);
        self->has_length[prefix->n_bytes == 16][prefix->length] = TRUE;
        g_hash_table_insert (self->by_prefix, prefix, network);
    }
    return self;
}

void
postern_network_index_free (PosternNetworkIndex *self)
{
    g_hash_table_unref (self->by_prefix);
    g_free (self->prefixes);
    g_free (self);
}

PosternNetwork *
postern_network_index_find (PosternNetworkIndex *self, GInetAddress *address)
{
    Prefix prefix = { 0 };
    gsize n_bytes;
    const guint8 *bytes = postern_network_address_bytes (address, &n_bytes);

    prefix.n_bytes = (guint8)n_bytes;
    memcpy (prefix.bytes, bytes, n_bytes);
    for (int length = (int)n_bytes * 8; length >= 0; length--) {
        PosternNetwork *network;

        if (!self->has_length[n_bytes == 16][length])
            continue;
        prefix.length = (guint8)length;
        postern_network_clear_host_bits (prefix.bytes, (guint)n_bytes, (guint)length);
        network = g_hash_table_lookup (self->by_prefix, &prefix);
        if (network)
            return network;
    }
    return NULL;
}
