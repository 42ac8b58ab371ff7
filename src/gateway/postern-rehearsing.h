/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "plan/postern-rehearsal.h"

G_BEGIN_DECLS

/** How many internal mail servers are asked at most. */
#define POSTERN_REHEARSING_MOST_SERVERS 50

#define POSTERN_TYPE_REHEARSING (postern_rehearsing_get_type ())

/**
 * PosternRehearsing:
 *
 * Rehearses recipient verification: asks each internal mail server of a plan what a gateway that verifies would ask,
 * and says what that shows. No message is sent.
 *
 * Signal `rehearsal` (guint position, PosternRehearsal *rehearsal): one more server has answered; in the thread that
 * runs it.
 */
G_DECLARE_FINAL_TYPE (PosternRehearsing, postern_rehearsing, POSTERN, REHEARSING, GObject)

/**
 * postern_rehearsing_new:
 * @plan: a plan; it is copied
 * @known_recipients: (nullable): addresses that exist: where one is known for a server, its yes is seen as well
 */
PosternRehearsing *postern_rehearsing_new (PosternPlan *plan, const char *const *known_recipients);

/** postern_rehearsing_get_n_servers: Returns: how many servers will be asked: those that mail for local domains goes
 * to, each once */
guint postern_rehearsing_get_n_servers (PosternRehearsing *self);
/** postern_rehearsing_get_n_left_out: Returns: how many there are beyond %POSTERN_REHEARSING_MOST_SERVERS */
guint postern_rehearsing_get_n_left_out (PosternRehearsing *self);

/**
 * postern_rehearsing_run:
 * @self: a rehearsal
 * @gateway: (nullable): the gateway, which asks by itself if it can
 * @info: (nullable): what is known about @gateway
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Asks one server after the other, from @gateway if it can ask, else from this computer. A server that cannot be asked
 * is a result, too.
 *
 * Returns: (transfer full) (nullable) (element-type PosternRehearsal): what was found, or %NULL if cancelled or if the
 * gateway itself cannot be asked
 */
GPtrArray *postern_rehearsing_run (PosternRehearsing *self, PosternGateway *gateway, PosternGatewayInfo *info,
                                   GCancellable *cancellable, GError **error);

G_END_DECLS
