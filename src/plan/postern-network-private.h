/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-network.h"

G_BEGIN_DECLS

/* What a plan's list of trusted networks needs to know of its records: see postern_record_list_new(). */
const char *postern_network_record_key (gpointer item);

/* IPv4 before IPv6, then by address, wider before narrower: a network comes right behind those that cover it. */
int postern_network_order (PosternNetwork *a, PosternNetwork *b);

/* The octets of @address, those of the IPv4 address if it is mapped into IPv6; @n_bytes becomes 4 or 16. */
const guint8 *postern_network_address_bytes (GInetAddress *address, gsize *n_bytes);

G_END_DECLS
