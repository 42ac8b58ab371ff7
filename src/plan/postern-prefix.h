/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The room that the text of a prefix needs: an IPv6 address, a slash, three digits and the terminating NUL. */
#define POSTERN_PREFIX_TEXT_SIZE 50

/**
 * PosternPrefix:
 * @bytes: the octets in network order, host bits cleared, those that the family does not have are 0
 * @n_bytes: 4 or 16
 * @length: the prefix length in bits
 *
 * An IPv4 or IPv6 prefix as a plain value, for work on very many of them. Two prefixes are equal if their memory is.
 */
typedef struct {
    guint8 bytes[16];
    guint8 n_bytes;
    guint8 length;
} PosternPrefix;

/**
 * postern_prefix_init:
 * @self: (out caller-allocates): the prefix
 * @bytes: (array length=n_bytes): an address; host bits are cleared
 * @n_bytes: 4 or 16
 * @length: the prefix length
 */
void postern_prefix_init (PosternPrefix *self, const guint8 *bytes, guint n_bytes, guint length);

/**
 * postern_prefix_parse:
 * @self: (out caller-allocates): the prefix
 * @text: an address or a prefix, not NUL-terminated
 * @length: its length in bytes
 *
 * Reads the notation that needs no forgiving: `10.0.0.0/8`, `10.0.0.20`, `2001:db8::/32`; host bits are cleared.
 *
 * Returns: whether @text is one; if not, only postern_network_new() knows what it is
 */
gboolean postern_prefix_parse (PosternPrefix *self, const char *text, gsize length);

/**
 * postern_prefix_print:
 * @self: a prefix
 * @text: (out caller-allocates) (array fixed-size=50): the canonical text (RFC 5952), always with the length
 *
 * Returns: the length of @text
 */
gsize postern_prefix_print (const PosternPrefix *self, char text[POSTERN_PREFIX_TEXT_SIZE]);

/** postern_prefix_covers: Returns: whether all of @other is inside @self */
gboolean postern_prefix_covers (const PosternPrefix *self, const PosternPrefix *other);

/** postern_prefix_compare: IPv4 before IPv6, then by address, wider before narrower: a prefix comes right behind those
 * that cover it */
int postern_prefix_compare (const PosternPrefix *a, const PosternPrefix *b);

/** postern_prefix_shorten: makes @self @length bits long: clears what is behind them */
void postern_prefix_shorten (PosternPrefix *self, guint length);

G_END_DECLS
