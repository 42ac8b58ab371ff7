/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-client-hello.h"

#include <sys/socket.h>

/* RFC 8446, 5.1: type, legacy version, length of what follows. */
#define RECORD_HEADER 5
#define TYPE_HANDSHAKE 22
#define LARGEST_RECORD 16384

/* Waits until @octets can be read at once (socket(7), SO_RCVLOWAT). */
static gboolean
wait_for (GSocket *socket, int octets, gint64 deadline)
{
    gint64 left = deadline - g_get_monotonic_time ();

    return left > 0 && g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, octets, NULL) &&
           g_socket_condition_timed_wait (socket, G_IO_IN, left, NULL, NULL);
}

static gboolean
peek (GSocket *socket, guint8 *header)
{
    GInputVector vector = { header, RECORD_HEADER };
    int flags = G_SOCKET_MSG_PEEK;

    return g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL) == RECORD_HEADER;
}

gboolean
postern_client_hello_wait (GSocket *socket, gint64 deadline)
{
    guint8 header[RECORD_HEADER];
    int length;

    if (!wait_for (socket, RECORD_HEADER, deadline) || !peek (socket, header))
        return FALSE;
    length = header[3] << 8 | header[4];
    if (header[0] != TYPE_HANDSHAKE || length > LARGEST_RECORD)
        return FALSE;
    return wait_for (socket, RECORD_HEADER + length, deadline) &&
           g_socket_set_option (socket, SOL_SOCKET, SO_RCVLOWAT, 1, NULL);
}
