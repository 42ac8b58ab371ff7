/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-route.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_ROUTE_EDITOR (postern_route_editor_get_type ())

/**
 * PosternRouteEditor:
 *
 * Asks for a route: **Host**, **Port** and, for a name, **Use MX lookup**. It is a preferences group with a title and a
 * description of its own. What the fields mean is the business of #PosternRouteDraft.
 *
 * Properties: `route` (#PosternRoute, nullable): %NULL while the fields do not make one; to be bound both ways.
 * `unfinished` (boolean, read-only): whether there is a host, but the fields do not make a route.
 */
G_DECLARE_FINAL_TYPE (PosternRouteEditor, postern_route_editor, POSTERN, ROUTE_EDITOR, AdwPreferencesGroup)

GtkWidget *postern_route_editor_new (void);

/** postern_route_editor_get_route: Returns: (transfer none) (nullable): the route */
PosternRoute *postern_route_editor_get_route (PosternRouteEditor *self);
/** postern_route_editor_set_route: @route: (nullable): fills the fields, unless they say the same already */
void postern_route_editor_set_route (PosternRouteEditor *self, PosternRoute *route);
/** postern_route_editor_get_unfinished: Returns: whether there is a host, but the fields do not make a route */
gboolean postern_route_editor_get_unfinished (PosternRouteEditor *self);
/** postern_route_editor_focus_host: puts the keyboard focus into **Host** */
void postern_route_editor_focus_host (PosternRouteEditor *self);

G_END_DECLS
