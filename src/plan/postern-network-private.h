/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-network.h"

G_BEGIN_DECLS

/* What a plan's list of trusted networks needs to know of its records: see postern_record_list_new(). */
const char *postern_network_record_key (gpointer item);

/* IPv4 before IPv6, then by address, wider before narrower: a network comes right behind those that cover it. */
int postern_network_order (PosternNetwork *a, PosternNetwork *b);

G_END_DECLS
