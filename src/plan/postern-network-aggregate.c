/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-network-aggregate.h"

#include <stdlib.h>
#include <string.h>

#define N_DIGITS 18 /* family, 16 octets, length: what postern_prefix_compare() looks at, in its order */

static inline guint8
get_digit (const PosternPrefix *prefix, guint digit)
{
    if (digit == 0)
        return prefix->n_bytes;
    return digit <= 16 ? prefix->bytes[digit - 1] : prefix->length;
}

static void
count_digits (const PosternPrefix *prefixes, gsize n, gsize (*counts)[256])
{
    for (gsize i = 0; i < n; i++) {
        for (guint digit = 0; digit < N_DIGITS; digit++)
            counts[digit][get_digit (&prefixes[i], digit)]++;
    }
}

/* One step of a radix sort: @from in the order of one digit to @to. @counts becomes where each value's place ends. */
static void
sort_by_digit (const PosternPrefix *from, PosternPrefix *to, gsize n, guint digit, gsize *counts)
{
    gsize place = 0;

    for (guint value = 0; value < 256; value++) {
        gsize count = counts[value];

        counts[value] = place;
        place += count;
    }
    for (gsize i = 0; i < n; i++)
        to[counts[get_digit (&from[i], digit)]++] = from[i];
}

/* From the last digit to the first. A digit that all share is left out, as most of the octets of most lists are. */
static void
sort (PosternPrefix *prefixes, gsize n)
{
    g_autofree PosternPrefix *buffer = g_new (PosternPrefix, n);
    g_autofree gsize (*counts)[256] = g_malloc0_n (N_DIGITS, sizeof *counts);
    PosternPrefix *from = prefixes;
    PosternPrefix *to = buffer;

    count_digits (prefixes, n, counts);
    for (guint digit = N_DIGITS; digit-- > 0;) {
        PosternPrefix *sorted = to;

        if (counts[digit][get_digit (&prefixes[0], digit)] == n)
            continue;
        sort_by_digit (from, to, n, digit, counts[digit]);
        to = from;
        from = sorted;
    }
    if (from != prefixes)
        memcpy (prefixes, from, n * sizeof *prefixes);
}

/* Whether two prefixes are the two halves of one that is a bit shorter: @whole. */
static gboolean
are_halves (const PosternPrefix *a, const PosternPrefix *b, PosternPrefix *whole)
{
    PosternPrefix other = *b;

    if (a->length != b->length || a->length == 0)
        return FALSE;
    *whole = *a;
    postern_prefix_shorten (whole, a->length - 1);
    postern_prefix_shorten (&other, b->length - 1);
    return memcmp (whole, &other, sizeof other) == 0;
}

gsize
postern_prefixes_aggregate (PosternPrefix *prefixes, gsize n)
{
    gsize n_left = 0;
    PosternPrefix whole;

    g_return_val_if_fail (prefixes != NULL || n == 0, 0);

    if (n > 1)
        sort (prefixes, n);
    for (gsize i = 0; i < n; i++) {
        if (n_left > 0 && postern_prefix_covers (&prefixes[n_left - 1], &prefixes[i]))
            continue;
        prefixes[n_left++] = prefixes[i];
        while (n_left > 1 && are_halves (&prefixes[n_left - 2], &prefixes[n_left - 1], &whole))
            prefixes[--n_left - 1] = whole;
    }
    return n_left;
}

static int
compare (const void *a, const void *b)
{
    return postern_prefix_compare (a, b);
}

PosternNetworkAggregate *
postern_network_aggregate_new (PosternRecordList *networks)
{
    PosternNetworkAggregate *self;
    g_autofree PosternPrefix *prefixes = NULL;
    guint n;
    gsize n_left;

    g_return_val_if_fail (POSTERN_IS_RECORD_LIST (networks), NULL);

    n = postern_record_list_get_length (networks);
    prefixes = g_new (PosternPrefix, n);
    for (guint i = 0; i < n; i++)
        prefixes[i] = *postern_network_get_prefix (postern_record_list_get (networks, i));
    n_left = postern_prefixes_aggregate (prefixes, n);

    self = g_new (PosternNetworkAggregate, 1);
    self->removed = g_ptr_array_new_with_free_func (g_object_unref);
    self->added = g_ptr_array_new_with_free_func (g_object_unref);
    for (guint i = 0; i < n; i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);

        if (!bsearch (postern_network_get_prefix (network), prefixes, n_left, sizeof *prefixes, compare))
            g_ptr_array_add (self->removed, g_object_ref (network));
    }
    for (gsize i = 0; i < n_left; i++) {
        char text[POSTERN_PREFIX_TEXT_SIZE];

        postern_prefix_print (&prefixes[i], text);
        if (postern_record_list_lookup (networks, text) == NULL)
            g_ptr_array_add (self->added, postern_network_new_for_prefix (&prefixes[i]));
    }
    return self;
}

void
postern_network_aggregate_free (PosternNetworkAggregate *self)
{
    g_ptr_array_unref (self->removed);
    g_ptr_array_unref (self->added);
    g_free (self);
}

void
postern_network_aggregate_apply (PosternNetworkAggregate *self, PosternRecordList *networks)
{
    g_autoptr (GPtrArray) records = NULL;
    g_autoptr (GHashTable) removed = NULL;

    g_return_if_fail (self != NULL);
    g_return_if_fail (POSTERN_IS_RECORD_LIST (networks));

    if (self->removed->len == 0 && self->added->len == 0)
        return;
    records = g_ptr_array_new_with_free_func (g_object_unref);
    removed = g_hash_table_new (NULL, NULL);
    for (guint i = 0; i < self->removed->len; i++)
        g_hash_table_add (removed, g_ptr_array_index (self->removed, i));
    for (guint i = 0; i < postern_record_list_get_length (networks); i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);

        if (!g_hash_table_contains (removed, network))
            g_ptr_array_add (records, g_object_ref (network));
    }
    g_ptr_array_extend (records, self->added, (GCopyFunc)g_object_ref, NULL);
    postern_record_list_replace_all (networks, records);
}

void
postern_network_aggregate_undo (PosternNetworkAggregate *self, PosternRecordList *networks)
{
    g_return_if_fail (self != NULL);
    g_return_if_fail (POSTERN_IS_RECORD_LIST (networks));

    postern_record_list_remove_those (networks, self->added);
    postern_record_list_append_all (networks, self->removed);
}
