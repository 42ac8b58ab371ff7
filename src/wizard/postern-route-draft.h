/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-route.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_ROUTE_DRAFT (postern_route_draft_get_type ())

/**
 * PosternRouteDraft:
 *
 * A route while somebody types it: the texts of the fields, the route that they make, and what is wrong with them. No
 * widget.
 *
 * Properties:
 * - `host`, `port` (strings), `mx` (boolean): what is in the fields. A host that is set in one go, as a paste does, is
 * taken apart as soon as the main loop turns if it holds a port: `[mail.example.com]:2525` becomes `mail.example.com`
 * and `2525`.
 * - `mx-possible` (boolean, read-only): whether the host is a name; an address has no MX records.
 * - `route` (#PosternRoute, nullable): what the fields say, %NULL while that is not yet a route. Setting it fills the
 * fields, unless they say the same already.
 * - `unfinished` (boolean, read-only): whether there is a host, but the fields do not make a route
 * - `host-error`, `port-error` (strings, nullable, read-only): what is wrong. Told after a pause in typing, and never
 * while more letters could still make the text right; told for certain once the field is left, see
 * postern_route_draft_settle().
 */
G_DECLARE_FINAL_TYPE (PosternRouteDraft, postern_route_draft, POSTERN, ROUTE_DRAFT, GObject)

PosternRouteDraft *postern_route_draft_new (void);

/** postern_route_draft_get_route: Returns: (transfer none) (nullable): what the fields say */
PosternRoute *postern_route_draft_get_route (PosternRouteDraft *self);
void postern_route_draft_set_route (PosternRouteDraft *self, PosternRoute *route);

/**
 * postern_route_draft_settle:
 * @self: a draft
 *
 * To be called when a field is left or Enter is pressed: takes a typed `host:port` apart, gives an empty port its
 * default and says what is wrong, since nothing more is coming.
 */
void postern_route_draft_settle (PosternRouteDraft *self);

G_END_DECLS
