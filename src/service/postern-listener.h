/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-connection.h"

G_BEGIN_DECLS

/**
 * PosternListenerAccepted:
 * @connection: a client
 * @stream: its bytes under TLS, after the handshake
 * @data: what the listener was given
 *
 * Called on the main context. The connection counts until @stream is disposed of.
 */
typedef void (*PosternListenerAccepted) (PosternConnection *connection, GIOStream *stream, gpointer data);

#define POSTERN_TYPE_LISTENER (postern_listener_get_type ())

/**
 * PosternListener:
 *
 * Accepts TLS connections, and no more than it can serve: 256 at a time, 64 from one address. Until TLS is established
 * a client has a thread of its own and ten seconds; four clients of one address shake hands at a time. So whoever is
 * slow, or says nothing at all, keeps nobody else waiting.
 */
G_DECLARE_FINAL_TYPE (PosternListener, postern_listener, POSTERN, LISTENER, GObject)

PosternListener *postern_listener_new (GTlsCertificate *certificate, PosternListenerAccepted accepted, gpointer data);

/**
 * postern_listener_listen:
 * @self: a listener
 * @where: an address and a port, such as "[::]:8443" or "127.0.0.1:0" (any free port)
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): where it listens, as a URL
 */
char *postern_listener_listen (PosternListener *self, const char *where, GError **error);

/** postern_listener_set_certificate: from now on new connections are served with @certificate */
void postern_listener_set_certificate (PosternListener *self, GTlsCertificate *certificate);

/** postern_listener_start: begins to accept; until then clients wait */
void postern_listener_start (PosternListener *self);
/** postern_listener_stop: accepts no more */
void postern_listener_stop (PosternListener *self);

G_END_DECLS
