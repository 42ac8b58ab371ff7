/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-network.h"
#include "plan/postern-record-list.h"

G_BEGIN_DECLS

/**
 * PosternNetworkIndex:
 *
 * Answers in which of many networks an address is, in time that depends on how many different prefix lengths there are
 * and not on how many networks. It knows the list as it was when it was made.
 */
typedef struct _PosternNetworkIndex PosternNetworkIndex;

/** postern_network_index_new: @networks: a list of #PosternNetwork, which must outlive the index unchanged */
PosternNetworkIndex *postern_network_index_new (PosternRecordList *networks);
void postern_network_index_free (PosternNetworkIndex *self);

/** postern_network_index_find: Returns: (transfer none) (nullable): the narrowest network that holds @address; an
 * IPv4-mapped address counts as IPv4 */
PosternNetwork *postern_network_index_find (PosternNetworkIndex *self, GInetAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternNetworkIndex, postern_network_index_free)

G_END_DECLS
