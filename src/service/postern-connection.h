/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_CONNECTION (postern_connection_get_type ())

/**
 * PosternConnection:
 *
 * A client's TCP connection while it lasts: who it is, and until when it must have done what is due. When the time is
 * up the connection is cut, whatever the client is doing. Thread-safe.
 */
G_DECLARE_FINAL_TYPE (PosternConnection, postern_connection, POSTERN, CONNECTION, GObject)

PosternConnection *postern_connection_new (GSocketConnection *stream);

/** postern_connection_get_address: Returns: (transfer none): the client's address as text, without the port */
const char *postern_connection_get_address (PosternConnection *self);
/** postern_connection_get_local: Returns: (transfer none): this end */
GSocketAddress *postern_connection_get_local (PosternConnection *self);
/** postern_connection_get_remote: Returns: (transfer none): the client's end */
GSocketAddress *postern_connection_get_remote (PosternConnection *self);
/** postern_connection_get_stream: Returns: (transfer none): the bytes, without TLS */
GIOStream *postern_connection_get_stream (PosternConnection *self);

/** postern_connection_set_deadline: the connection is cut in @seconds, in place of what was said before; 0: not at all
 */
void postern_connection_set_deadline (PosternConnection *self, guint seconds);

/** postern_connection_cut: ends the connection now */
void postern_connection_cut (PosternConnection *self);

G_END_DECLS
