/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-network-aggregate.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_MERGE_DIALOG (postern_merge_dialog_get_type ())

/**
 * PosternMergeDialog:
 *
 * Shows which trusted networks go and which come when overlapping and neighbouring ones are merged into the smallest
 * number that trusts the same addresses; nothing is done before that is agreed to.
 *
 * Signal `agreed`: see postern_merge_dialog_steal_aggregate(). The dialog closes afterwards.
 */
G_DECLARE_FINAL_TYPE (PosternMergeDialog, postern_merge_dialog, POSTERN, MERGE_DIALOG, AdwDialog)

/** postern_merge_dialog_new: @plan: whose trusted networks are looked at, not changed */
PosternMergeDialog *postern_merge_dialog_new (PosternPlan *plan);

/** postern_merge_dialog_steal_aggregate: Returns: (transfer full) (nullable): what was agreed to */
PosternNetworkAggregate *postern_merge_dialog_steal_aggregate (PosternMergeDialog *self);

G_END_DECLS
