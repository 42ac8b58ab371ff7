/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-draft.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RECENT_GATEWAYS (postern_recent_gateways_get_type ())

/**
 * PosternRecentGateways:
 *
 * The gateways of the last plans, each once, to choose from. Visible while there are any.
 *
 * Signal `chosen` (#PosternDraft): the last plan for the gateway that was chosen.
 */
G_DECLARE_FINAL_TYPE (PosternRecentGateways, postern_recent_gateways, POSTERN, RECENT_GATEWAYS, AdwPreferencesGroup)

/** postern_recent_gateways_load: looks which there are, in a thread; @cancellable: (nullable): when nobody waits any
 * more */
void postern_recent_gateways_load (PosternRecentGateways *self, GCancellable *cancellable);

G_END_DECLS
