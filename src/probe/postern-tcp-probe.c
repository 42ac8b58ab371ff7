/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-tcp-probe.h"

#include "probe/postern-probe-hops.h"
#include "probe/postern-smtp-connection.h"

static gboolean
try_hop (PosternProbeTarget *target, PosternNextHop *hop, const PosternSmtpTimeouts *timeouts, GError **error)
{
    g_autofree char *server = postern_next_hop_to_display (hop);
    g_autoptr (PosternSmtpConnection) connection = postern_smtp_connection_new (server, timeouts);
    g_autoptr (GSocketAddress) address =
        g_inet_socket_address_new (postern_next_hop_get_address (hop), postern_next_hop_get_port (hop));

    return postern_smtp_connection_open (connection, G_SOCKET_CONNECTABLE (address),
                                         postern_probe_target_get_local_address (target), NULL, error);
}

static gboolean
try_hops (PosternProbeTarget *target, gint64 deadline, char **address, GError **error)
{
    PosternSmtpTimeouts timeouts = *postern_probe_target_get_timeouts (target);
    g_autoptr (GPtrArray) hops = postern_probe_hops_find (target, timeouts.connect_ms, NULL, error);

    for (guint i = 0; hops != NULL && i < hops->len; i++) {
        PosternNextHop *hop = hops->pdata[i];
        gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
        gboolean last = i + 1 == hops->len || left <= 0;

        timeouts.overall_ms = (guint)CLAMP (left, 1, G_MAXINT);
        if (try_hop (target, hop, &timeouts, last ? error : NULL)) {
            *address = g_inet_address_to_string (postern_next_hop_get_address (hop));
            return TRUE;
        }
        if (last)
            break;
    }
    return FALSE;
}

gboolean
postern_tcp_probe_run (PosternProbeTarget *target, char **address, guint *elapsed_ms, GError **error)
{
    gint64 start = g_get_monotonic_time ();
    gboolean connected;

    g_return_val_if_fail (POSTERN_IS_PROBE_TARGET (target), FALSE);
    g_return_val_if_fail (address != NULL && elapsed_ms != NULL, FALSE);

    *address = NULL;
    connected = try_hops (target, start + (gint64)postern_probe_target_get_timeouts (target)->overall_ms * 1000,
                          address, error);
    *elapsed_ms = (guint)((g_get_monotonic_time () - start) / 1000);
    return connected;
}
