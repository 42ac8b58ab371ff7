/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "plan/postern-plan.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_NETWORK_ROW (postern_network_row_get_type ())

/**
 * PosternNetworkRow:
 *
 * A trusted network in a #GtkListView: what it is, how large, and what is to say about it. Rows are recycled:
 * everything follows `network`.
 *
 * Properties: `plan`, `findings` (#GListModel), `network` (nullable).
 *
 * Signal `remove`: the remove button was pressed, or a cure that removes the network.
 */
G_DECLARE_FINAL_TYPE (PosternNetworkRow, postern_network_row, POSTERN, NETWORK_ROW, GtkBox)

GtkWidget *postern_network_row_new (PosternPlan *plan, GListModel *findings);

PosternNetwork *postern_network_row_get_network (PosternNetworkRow *self);
/** postern_network_row_set_network: @network: (nullable): what the row shows from now on */
void postern_network_row_set_network (PosternNetworkRow *self, PosternNetwork *network);
/** postern_network_row_name: Returns: (transfer full): @network as people write it: a single host without its prefix
 * length */
char *postern_network_row_name (PosternNetwork *network);

G_END_DECLS
