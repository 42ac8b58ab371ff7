/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-session.h"

G_BEGIN_DECLS

/**
 * PosternConnectorState:
 * @POSTERN_CONNECTOR_IDLE: nothing is under way; the texts may be incomplete
 * @POSTERN_CONNECTOR_CONNECTING: the gateway is being asked
 * @POSTERN_CONNECTOR_ASKING: a person is asked about the certificate
 * @POSTERN_CONNECTOR_FAILED: that failed, see `failure`
 * @POSTERN_CONNECTOR_CONNECTED: the session has the gateway
 */
typedef enum {
    POSTERN_CONNECTOR_IDLE,
    POSTERN_CONNECTOR_CONNECTING,
    POSTERN_CONNECTOR_ASKING,
    POSTERN_CONNECTOR_FAILED,
    POSTERN_CONNECTOR_CONNECTED,
} PosternConnectorState;

#define POSTERN_TYPE_CONNECTOR_STATE (postern_connector_state_get_type ())
GType postern_connector_state_get_type (void) G_GNUC_CONST;

#define POSTERN_TYPE_CONNECTOR (postern_connector_get_type ())

/**
 * PosternConnector:
 *
 * Connects a session to a gateway. No widget.
 *
 *     IDLE → CONNECTING → CONNECTED
 *             ↓  ↑    ↘
 *            ASKING → FAILED
 *
 * Changing an address, a user or a secret goes back to IDLE and ends the connection. A gateway whose certificate nobody
 * has vouched for makes the signal `certificate`, to be answered with postern_connector_trust() or
 * postern_connector_decline().
 *
 * Properties: `address-text`, `user`, `token` (strings; the token is the password where there is a user), `kind`
 * (#PosternGatewayKind, unknown: found out while connecting, and set then); read-only: `state`, `address-error`
 * (nullable; told after a pause in typing), `failure` (nullable).
 *
 * Signal `certificate` (#PosternCertificate, const char *trusted): a person must compare; trusted: the fingerprint that
 * was trusted before, %NULL if none was.
 */
G_DECLARE_FINAL_TYPE (PosternConnector, postern_connector, POSTERN, CONNECTOR, GObject)

/** postern_connector_set_session: says whom to connect; fills the texts with where it was left */
void postern_connector_set_session (PosternConnector *self, PosternSession *session);

/** postern_connector_set_address: enters @address, with its kind */
void postern_connector_set_address (PosternConnector *self, PosternGatewayAddress *address);

PosternConnectorState postern_connector_get_state (PosternConnector *self);
/** postern_connector_get_address: Returns: (transfer full) (nullable): what `address-text` and `kind` say, %NULL while
 * it is no address */
PosternGatewayAddress *postern_connector_dup_address (PosternConnector *self);

/** postern_connector_settle: the address was left: says at once what is wrong with it */
void postern_connector_settle (PosternConnector *self);
/** postern_connector_connect: connects */
void postern_connector_connect (PosternConnector *self);
/** postern_connector_trust: a person has compared @certificate and found it right: remembers it for this gateway, and
 * connects */
void postern_connector_trust (PosternConnector *self, PosternCertificate *certificate);
/** postern_connector_decline: it is not the right one */
void postern_connector_decline (PosternConnector *self);
/** postern_connector_stop: gives up what is under way */
void postern_connector_stop (PosternConnector *self);

G_END_DECLS
