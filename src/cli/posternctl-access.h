/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/posternctl-command.h"
#include "gateway/postern-gateway.h"

G_BEGIN_DECLS

/*
 * posternctl_access_address: Returns: (transfer full) (nullable): the address that @text is; one without a kind is a
 * Postern gateway's
 */
PosternGatewayAddress *posternctl_access_address (const char *text, GError **error);

/*
 * posternctl_access_gateway:
 * @arguments: with the options of access
 * @text: the gateway's address
 *
 * Does not connect.
 *
 * Returns: (transfer full) (nullable): the gateway
 */
PosternGateway *posternctl_access_gateway (const PosternctlArguments *arguments, const char *text, GError **error);

G_END_DECLS
