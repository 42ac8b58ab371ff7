/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * postern_client_hello_wait:
 * @socket: a socket on which nothing has been read
 * @deadline: a moment of g_get_monotonic_time()
 *
 * Waits until the first TLS record of a client is there as a whole, and leaves it there. A handshake takes one of GIO's
 * few worker threads until it is over: who connects and says nothing, or says it a byte at a time, shall not get one.
 *
 * Returns: whether a client speaks TLS and has said hello in time
 */
gboolean postern_client_hello_wait (GSocket *socket, gint64 deadline);

G_END_DECLS
