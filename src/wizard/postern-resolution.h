/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-plan.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RESOLUTION (postern_resolution_get_type ())

/**
 * PosternResolution:
 *
 * Where mail for a route goes according to DNS, kept up to date while the route is typed: asked in a worker thread,
 * after a pause, and no more than the last question counts. No widget.
 *
 * Properties: `route` (#PosternRoute, nullable; to be bound to). Read-only: `busy`; `text` (nullable): the addresses
 * that it resolves to, one a line, or why it does not; `failed`: whether the text says why it does not. An address
 * resolves to itself and is not asked about; then the text is %NULL.
 *
 * Signal `resolved`: there is another answer, or none any more.
 */
G_DECLARE_FINAL_TYPE (PosternResolution, postern_resolution, POSTERN, RESOLUTION, GObject)

PosternResolution *postern_resolution_new (void);

void postern_resolution_set_route (PosternResolution *self, PosternRoute *route);
gboolean postern_resolution_get_busy (PosternResolution *self);
const char *postern_resolution_get_text (PosternResolution *self);

/**
 * postern_resolution_find_trusted:
 * @self: a resolution
 * @plan: a plan
 * @address: (out) (transfer none): the address that is inside
 *
 * Returns: (transfer none) (nullable): the first trusted network of @plan that holds an address which the route's name
 * resolves to
 */
PosternNetwork *postern_resolution_find_trusted (PosternResolution *self, PosternPlan *plan, GInetAddress **address);

/** postern_resolution_stop: gives up what is being asked; a worker keeps the resolution alive, so a page that is left
 * calls this */
void postern_resolution_stop (PosternResolution *self);

G_END_DECLS
