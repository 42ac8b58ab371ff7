/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTERN_ROUTE_DEFAULT_PORT 25

/**
 * PosternRoute:
 *
 * Where mail goes next: a host, a port and whether the host's MX records are looked up. Immutable and
 * reference-counted; may be shared between threads.
 */
typedef struct _PosternRoute PosternRoute;

#define POSTERN_TYPE_ROUTE (postern_route_get_type ())
GType postern_route_get_type (void) G_GNUC_CONST;

/**
 * postern_route_new:
 * @host: a name (U- or A-labels) or an IPv4 or IPv6 address, with or without brackets
 * @port: 1 to 65535
 * @mx: whether the MX records of @host say where to go. Only a name has them: for an address this can be said, because
 * a plan file can say it, has no effect on mail, and is the finding `mx-on-address`
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): a route, or %NULL with %POSTERN_PLAN_ERROR_INVALID_HOST or _INVALID_PORT
 */
PosternRoute *postern_route_new (const char *host, guint port, gboolean mx, GError **error);

/**
 * postern_route_parse:
 * @text: what people paste: `mail.example.com`, `mail.example.com:25`, `[mail.example.com]:2525`, `10.0.0.20`,
 *   `[2001:db8::1]:25`, `2607:f0d0:1002:51::4`; white space around it is forgiven
 * @error: return location for an error, or %NULL
 *
 * Reads a route. Brackets around a name mean what they mean to Postfix, no MX lookup, and so does everything else here:
 * MX lookup is only ever switched on by saying so (see postern_route_with_mx()).
 *
 * Returns: (transfer full) (nullable): a route without MX lookup, or %NULL with an error that says what is wrong
 */
PosternRoute *postern_route_parse (const char *text, GError **error);

/**
 * postern_route_with_mx:
 * @self: a route
 * @mx: whether to look up MX records
 *
 * Returns: (transfer full): the same host and port with @mx; an address stays without MX lookup
 */
PosternRoute *postern_route_with_mx (PosternRoute *self, gboolean mx);

PosternRoute *postern_route_ref (PosternRoute *self);
void postern_route_unref (PosternRoute *self);

/** postern_route_get_host: Returns: (transfer none): the A-label name, or the address in its canonical text form
 * without brackets */
const char *postern_route_get_host (PosternRoute *self);
guint postern_route_get_port (PosternRoute *self);
gboolean postern_route_get_mx (PosternRoute *self);

/** postern_route_is_address: Returns: whether the host is an address, not a name */
gboolean postern_route_is_address (PosternRoute *self);
/** postern_route_get_address: Returns: (transfer none) (nullable): the address if the host is one, %NULL for a name */
GInetAddress *postern_route_get_address (PosternRoute *self);

/** postern_route_equal: @a: (nullable): a route; @b: (nullable): another; Returns: whether they are the same route, or
 * both %NULL */
gboolean postern_route_equal (PosternRoute *a, PosternRoute *b);

/**
 * postern_route_to_display:
 * @self: a route
 *
 * Returns: (transfer full): the route for a person, such as `mail.example.com:25`, `[2001:db8::1]:25` or, with MX
 * lookup, a translated form of “MX of mail.example.com, port 25”
 */
char *postern_route_to_display (PosternRoute *self);

/**
 * postern_route_to_postfix:
 * @self: a route
 *
 * Returns: (transfer full): the next hop in Postfix's notation: `[host]:port` without, `host:port` with MX lookup
 *   (transport(5); an IPv6 address is always bracketed)
 */
char *postern_route_to_postfix (PosternRoute *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRoute, postern_route_unref)

G_END_DECLS
