/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-hash.h"

#include <string.h>

typedef struct {
    guint64 v[4];
} State;

static inline guint64
rotate (guint64 value, guint bits)
{
    return value << bits | value >> (64 - bits);
}

static inline void
do_round (State *state)
{
    guint64 *v = state->v;

    v[0] += v[1];
    v[1] = rotate (v[1], 13) ^ v[0];
    v[0] = rotate (v[0], 32);
    v[2] += v[3];
    v[3] = rotate (v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate (v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate (v[1], 17) ^ v[2];
    v[2] = rotate (v[2], 32);
}

static inline void
mix (State *state, guint64 block)
{
    state->v[3] ^= block;
    do_round (state);
    state->v[0] ^= block;
}

static const guint64 *
get_key (void)
{
    static gsize made;
    static guint64 key[2];

    if (g_once_init_enter (&made)) {
        for (guint i = 0; i < 2; i++)
            key[i] = (guint64)g_random_int () << 32 | g_random_int ();
        g_once_init_leave (&made, 1);
    }
    return key;
}

/* The last block: the bytes that are left, and the length in the uppermost byte. */
static inline guint64
last_block (const guint8 *rest, gsize length)
{
    guint64 block = 0;

    memcpy (&block, rest, length % 8);
    return GUINT64_FROM_LE (block) | (guint64)length << 56;
}

guint64
postern_hash_bytes (const void *data, gsize length)
{
    const guint64 *key = get_key ();
    const guint8 *at = data;
    const guint8 *end = at + (length & ~(gsize)7);
    State state = {
        { key[0] ^ G_GUINT64_CONSTANT (0x736f6d6570736575), key[1] ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
          key[0] ^ G_GUINT64_CONSTANT (0x6c7967656e657261), key[1] ^ G_GUINT64_CONSTANT (0x7465646279746573) }
    };

    for (; at < end; at += 8) {
        guint64 block;

        memcpy (&block, at, 8);
        mix (&state, GUINT64_FROM_LE (block));
    }
    mix (&state, last_block (at, length));

    state.v[2] ^= 0xff;
    do_round (&state);
    do_round (&state);
    do_round (&state);
    return state.v[0] ^ state.v[1] ^ state.v[2] ^ state.v[3];
}

guint
postern_hash_text (gconstpointer text)
{
    return (guint)postern_hash_bytes (text, strlen (text));
}
