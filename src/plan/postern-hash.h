/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Hashing of what others write. g_str_hash() is the same in every program: a file of names that all share one value
 * would make a table of them a list, and reading it would take for ever. Here the key is another one in each process
 * (SipHash-1-3, Aumasson and Bernstein 2012), so that nobody can make such a file.
 */

/** postern_hash_bytes: Returns: the hash value of the @length bytes at @data */
guint64 postern_hash_bytes (const void *data, gsize length);

/** postern_hash_text: @text: a NUL-terminated text; Returns: its hash value, for a #GHashTable */
guint postern_hash_text (gconstpointer text);

G_END_DECLS
