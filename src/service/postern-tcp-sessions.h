/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * postern_tcp_sessions_list:
 * @port: a port of this host
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): who is connected to @port now, as the kernel writes it
 *   (proc(5), /proc/net/tcp); %NULL if the kernel does not say
 */
char **postern_tcp_sessions_list (guint16 port);

G_END_DECLS
