/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/**
 * postern_prefixes_aggregate:
 * @prefixes: (array length=n): prefixes in any order, equal and overlapping ones among them
 * @n: how many
 *
 * Turns @prefixes into the smallest set that holds the same addresses, in place and in the order of
 * postern_prefix_compare(). Takes time in proportion to @n and as much memory again.
 *
 * Returns: how many are left
 */
gsize postern_prefixes_aggregate (PosternPrefix *prefixes, gsize n);

/**
 * PosternNetworkAggregate:
 * @removed: (element-type PosternNetwork): what goes, in the order of the list
 * @added: (element-type PosternNetwork): what comes in its place
 *
 * What it means to aggregate a plan's trusted networks: to be shown first, and done by
 * postern_network_aggregate_apply(). Exactly the same addresses are trusted before and after.
 */
typedef struct {
    GPtrArray *removed;
    GPtrArray *added;
} PosternNetworkAggregate;

/** postern_network_aggregate_new: @networks: a list of #PosternNetwork; Returns: (transfer full): how the list becomes
 * the smallest one; both arrays are empty if it already is */
PosternNetworkAggregate *postern_network_aggregate_new (PosternRecordList *networks);
void postern_network_aggregate_free (PosternNetworkAggregate *self);

/** postern_network_aggregate_apply: does to @networks, the list that @self was made from, what @self says; what was
 * added to the list in the meantime stays */
void postern_network_aggregate_apply (PosternNetworkAggregate *self, PosternRecordList *networks);

/** postern_network_aggregate_undo: takes back from @networks what postern_network_aggregate_apply() did; the networks
 * that come back stand at the end */
void postern_network_aggregate_undo (PosternNetworkAggregate *self, PosternRecordList *networks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternNetworkAggregate, postern_network_aggregate_free)

G_END_DECLS
