/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-info.h"
#include "gateway/postern-pmg-session.h"

G_BEGIN_DECLS

/*
 * postern_pmg_info_read:
 *
 * Asks who it is: version, node, and what a person should know before a push: a role that may only read, and nodes of
 * its cluster that do not have what the master has.
 *
 * Returns: (transfer full) (nullable): it
 */
PosternGatewayInfo *postern_pmg_info_read (PosternPmgSession *session, GCancellable *cancellable, GError **error);

G_END_DECLS
