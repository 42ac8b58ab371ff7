/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/posternctl-command.h"
#include "gateway/postern-rehearsing.h"

G_BEGIN_DECLS

/*
 * posternctl_rehearse:
 * @recipients: (nullable): addresses that exist
 * @gateway: (nullable): who asks, if it can
 * @info: (nullable): what is known about it
 *
 * Asks the internal mail servers of @plan for recipients and, unless one document is wanted, prints what each answered.
 *
 * Returns: (transfer full) (nullable) (element-type PosternRehearsal): what was found
 */
GPtrArray *posternctl_rehearse (const PosternctlArguments *arguments, PosternPlan *plan, char **recipients,
                                PosternGateway *gateway, PosternGatewayInfo *info, GError **error);

G_END_DECLS
