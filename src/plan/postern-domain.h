/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-route.h"

G_BEGIN_DECLS

/**
 * PosternDomainRouting:
 * @POSTERN_DOMAIN_ROUTING_DEFAULT: a local domain goes to the internal server; others as if they were not listed
 * @POSTERN_DOMAIN_ROUTING_DNS: the MX records of the recipient's domain decide, whatever the edge gateway is
 * @POSTERN_DOMAIN_ROUTING_OWN: the domain has a route of its own
 */
typedef enum {
    POSTERN_DOMAIN_ROUTING_DEFAULT,
    POSTERN_DOMAIN_ROUTING_DNS,
    POSTERN_DOMAIN_ROUTING_OWN,
} PosternDomainRouting;

GType postern_domain_routing_get_type (void) G_GNUC_CONST;
#define POSTERN_TYPE_DOMAIN_ROUTING (postern_domain_routing_get_type ())

#define POSTERN_TYPE_DOMAIN (postern_domain_get_type ())

/**
 * PosternDomain:
 *
 * One record of a plan: `example.com` (itself) or `.example.com` (all its subdomains, not itself).
 *
 * Properties: `name` (the A-label form, with the leading dot where there is one; never changes), `display-name`,
 * `local`, `routing` (#PosternDomainRouting), `route` (#PosternRoute, only looked at while `routing` is own).
 */
G_DECLARE_FINAL_TYPE (PosternDomain, postern_domain, POSTERN, DOMAIN, GObject)

/**
 * postern_domain_new:
 * @name: the record's name in U- or A-labels, with a leading dot for all subdomains; white space around it and one
 * trailing dot are forgiven
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): a local domain without a route of its own, or %NULL with
 * %POSTERN_PLAN_ERROR_INVALID_DOMAIN
 */
PosternDomain *postern_domain_new (const char *name, GError **error);

/** postern_domain_copy: Returns: (transfer full): an independent copy */
PosternDomain *postern_domain_copy (PosternDomain *self);

/** postern_domain_canonical_name: the record name that postern_domain_new() would give; Returns: (transfer full)
 * (nullable): it, or %NULL with an error */
char *postern_domain_canonical_name (const char *name, GError **error);

const char *postern_domain_get_name (PosternDomain *self);
/** postern_domain_get_display_name: Returns: (transfer none): the name as people write it (U-labels, leading dot kept)
 */
const char *postern_domain_get_display_name (PosternDomain *self);
/** postern_domain_is_subdomains: Returns: whether the record stands for all subdomains (leading dot) */
gboolean postern_domain_is_subdomains (PosternDomain *self);

gboolean postern_domain_get_local (PosternDomain *self);
void postern_domain_set_local (PosternDomain *self, gboolean local);
PosternDomainRouting postern_domain_get_routing (PosternDomain *self);
void postern_domain_set_routing (PosternDomain *self, PosternDomainRouting routing);
/** postern_domain_get_route: Returns: (transfer none) (nullable): the route of its own; to be looked at only while the
 * routing is own */
PosternRoute *postern_domain_get_route (PosternDomain *self);
/** postern_domain_set_route: @route: (nullable): the new route of its own; does not change the routing */
void postern_domain_set_route (PosternDomain *self, PosternRoute *route);
/** postern_domain_get_own_route: Returns: (transfer none) (nullable): the route if the routing is own, else %NULL */
PosternRoute *postern_domain_get_own_route (PosternDomain *self);

/** postern_domain_equal: Returns: whether name, local, routing and (if own) route are the same */
gboolean postern_domain_equal (PosternDomain *a, PosternDomain *b);

G_END_DECLS
