/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** PosternMtaState: what the gateway's mail server is doing; “none” is a gateway that only practises and carries no
 * mail */
typedef enum {
    POSTERN_MTA_STATE_RUNNING,
    POSTERN_MTA_STATE_STOPPED,
    POSTERN_MTA_STATE_NONE,
} PosternMtaState;

#define POSTERN_TYPE_MTA_STATE (postern_mta_state_get_type ())
GType postern_mta_state_get_type (void) G_GNUC_CONST;

/** postern_mta_state_get_title: Returns: (transfer none): the state for a person, translated */
const char *postern_mta_state_get_title (PosternMtaState state);

#define POSTERN_TYPE_GATEWAY_INFO (postern_gateway_info_get_type ())

/**
 * PosternGatewayInfo:
 *
 * Who a gateway is and what it can do. Immutable; may be shared between threads.
 *
 * Properties (construct-only): `product`, `version`, `node`, `mta-name`, `mta-version` (may be %NULL), `mta-state`,
 * `capabilities`, `not-enforced`, `remarks`.
 */
G_DECLARE_FINAL_TYPE (PosternGatewayInfo, postern_gateway_info, POSTERN, GATEWAY_INFO, GObject)

const char *postern_gateway_info_get_product (PosternGatewayInfo *self);
const char *postern_gateway_info_get_version (PosternGatewayInfo *self);
/** postern_gateway_info_get_node: Returns: (transfer none): the name of the machine */
const char *postern_gateway_info_get_node (PosternGatewayInfo *self);
const char *postern_gateway_info_get_mta_name (PosternGatewayInfo *self);
/** postern_gateway_info_get_mta_version: Returns: (transfer none) (nullable): it, %NULL when it is not known */
const char *postern_gateway_info_get_mta_version (PosternGatewayInfo *self);
PosternMtaState postern_gateway_info_get_mta_state (PosternGatewayInfo *self);
/** postern_gateway_info_get_capabilities: Returns: (transfer none): %NULL-terminated, never %NULL */
const char *const *postern_gateway_info_get_capabilities (PosternGatewayInfo *self);
gboolean postern_gateway_info_has_capability (PosternGatewayInfo *self, const char *capability);
/** postern_gateway_info_get_not_enforced: Returns: (transfer none): plan file members that it stores but does not
 * enforce, as #PosternFindingContext wants them */
const char *const *postern_gateway_info_get_not_enforced (PosternGatewayInfo *self);
/** postern_gateway_info_get_remarks: Returns: (transfer none): what a person should know before a push: whole
 * sentences, translated; %NULL-terminated, never %NULL */
const char *const *postern_gateway_info_get_remarks (PosternGatewayInfo *self);

G_END_DECLS
