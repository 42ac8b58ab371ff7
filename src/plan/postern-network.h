/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-prefix.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_NETWORK (postern_network_get_type ())

/**
 * PosternNetwork:
 *
 * An IPv4 or IPv6 prefix that may relay. Immutable; always canonical: host bits cleared, IPv6 compressed and in lower
 * case (RFC 5952), an IPv4-mapped prefix of /96 or longer as the IPv4 prefix that it stands for.
 *
 * Properties: `text` (`10.0.0.0/8`, `2001:db8::/32`), `size-text`.
 */
G_DECLARE_FINAL_TYPE (PosternNetwork, postern_network, POSTERN, NETWORK, GObject)

/**
 * postern_network_new:
 * @text: an address (a single host) or a prefix in CIDR notation; white space and brackets around the address are
 * forgiven, host bits are cleared
 * @error: return location for an error, or %NULL
 *
 * Refuses, saying why and what to write instead: dotted netmasks, ranges, wildcards, leading zeros, zones, names.
 *
 * Returns: (transfer full) (nullable): a network, or %NULL with %POSTERN_PLAN_ERROR_INVALID_NETWORK
 */
PosternNetwork *postern_network_new (const char *text, GError **error);

/** postern_network_new_for_prefix: Returns: (transfer full): the network with @prefix */
PosternNetwork *postern_network_new_for_prefix (const PosternPrefix *prefix);

/** postern_network_get_prefix: Returns: (transfer none): it as a plain value */
const PosternPrefix *postern_network_get_prefix (PosternNetwork *self);
/** postern_network_get_text: Returns: (transfer none): the canonical form, always with a prefix length */
const char *postern_network_get_text (PosternNetwork *self);
GSocketFamily postern_network_get_family (PosternNetwork *self);
/** postern_network_get_length: Returns: the prefix length in bits, 0 to 32 or 128 */
guint postern_network_get_length (PosternNetwork *self);
/** postern_network_get_bytes: Returns: (transfer none): the 4 or 16 octets of the prefix, in network order */
const guint8 *postern_network_get_bytes (PosternNetwork *self);
/** postern_network_contains: Returns: whether @address is inside; an IPv4-mapped address counts as IPv4, as it does to
 * Postfix */
gboolean postern_network_contains (PosternNetwork *self, GInetAddress *address);
/** postern_network_covers: Returns: whether all of @other is inside @self (a network covers itself) */
gboolean postern_network_covers (PosternNetwork *self, PosternNetwork *other);
/** postern_network_is_private: Returns: whether it lies wholly in loopback, link-local, RFC 1918, RFC 6598 or RFC 4193
 * space */
gboolean postern_network_is_private (PosternNetwork *self);
/** postern_network_get_size_text: Returns: (transfer full): its size for a person, translated: “one host”, “256 hosts”,
 * “every private 10.x address” */
char *postern_network_get_size_text (PosternNetwork *self);

G_END_DECLS
