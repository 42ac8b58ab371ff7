/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-mx-record.h"
#include "probe/postern-next-hop.h"

G_BEGIN_DECLS

/*
 * What DNS says about where mail goes. Names are asked through #GResolver, that is as this computer is set up to ask: a
 * gateway elsewhere may be told something else. All calls block; errors are %POSTERN_PROBE_ERROR or
 * %G_IO_ERROR_CANCELLED.
 */

#define POSTERN_DNS_TIMEOUT_MS 10000

/* More than this many hops are not listed; Postfix itself looks at 5 (smtp_mx_address_limit in postconf(5)). */
#define POSTERN_DNS_MAX_HOPS 32

/**
 * postern_dns_lookup_mx:
 * @domain: a domain in U- or A-labels
 * @timeout_ms: how long the answer may take, or 0 for %POSTERN_DNS_TIMEOUT_MS
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Looks up the MX records of @domain. Records that name no possible host are left out.
 *
 * Returns: (transfer full) (element-type PosternMxRecord) (nullable): the records in the order in which they are tried,
 * at least one; or %NULL with %POSTERN_PROBE_ERROR_NOT_FOUND (no such records, no such name),
 * %POSTERN_PROBE_ERROR_NULL_MX (RFC 7505: the domain accepts no mail), %POSTERN_PROBE_ERROR_TIMED_OUT or
 * %POSTERN_PROBE_ERROR_RESOLVER
 */
GPtrArray *postern_dns_lookup_mx (const char *domain, guint timeout_ms, GCancellable *cancellable, GError **error);

/**
 * postern_dns_lookup_addresses:
 * @host: a host name in U- or A-labels, or an address, which stands for itself
 * @timeout_ms: how long the answer may take, or 0 for %POSTERN_DNS_TIMEOUT_MS
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Looks up the IPv4 and IPv6 addresses of @host, those that this computer could talk to.
 *
 * Returns: (transfer full) (element-type GInetAddress) (nullable): the addresses in the order in which they are tried,
 * at least one; or %NULL with %POSTERN_PROBE_ERROR_NOT_FOUND, %POSTERN_PROBE_ERROR_TIMED_OUT or
 * %POSTERN_PROBE_ERROR_RESOLVER
 */
GPtrArray *postern_dns_lookup_addresses (const char *host, guint timeout_ms, GCancellable *cancellable, GError **error);

/**
 * postern_dns_answers:
 * @name: a domain in U- or A-labels
 * @timeout_ms: how long the answer may take, or 0 for %POSTERN_DNS_TIMEOUT_MS
 * @cancellable: (nullable): a cancellable
 *
 * Asks DNS for the mail exchangers of @name.
 *
 * Returns: whether there is an answer; that there are none is one
 */
gboolean postern_dns_answers (const char *name, guint timeout_ms, GCancellable *cancellable);

/**
 * postern_dns_next_hops:
 * @host: a host name in U- or A-labels, or an address
 * @port: 1 to 65535
 * @mx: whether the MX records of @host say where to go; an address has none
 * @timeout_ms: how long it all may take, or 0 for %POSTERN_DNS_TIMEOUT_MS
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Where mail for the next hop @host would be tried, in this order (RFC 5321 section 5.1): with @mx, the addresses of
 * the MX hosts by preference, or, if there is no MX record at all, those of @host itself; without, those of @host. MX
 * hosts without an address are passed over.
 *
 * Returns: (transfer full) (element-type PosternNextHop) (nullable): 1 to %POSTERN_DNS_MAX_HOPS hops; or %NULL with an
 * error as above, or %POSTERN_PROBE_ERROR_INVALID_ARGUMENT for MX records of an address
 */
GPtrArray *postern_dns_next_hops (const char *host, guint16 port, gboolean mx, guint timeout_ms,
                                  GCancellable *cancellable, GError **error);

G_END_DECLS
