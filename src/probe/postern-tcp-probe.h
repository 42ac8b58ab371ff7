/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-probe-target.h"

G_BEGIN_DECLS

/**
 * postern_tcp_probe_run:
 * @target: whom to connect to
 * @address: (out) (transfer full) (nullable): which of its addresses took the connection
 * @elapsed_ms: (out): how long it took
 * @error: return location for an error, or %NULL
 *
 * Tries the target's next hops one after the other, says nothing, and closes the connection.
 *
 * Returns: whether one took it; else %POSTERN_PROBE_ERROR says what the last one did
 */
gboolean postern_tcp_probe_run (PosternProbeTarget *target, char **address, guint *elapsed_ms, GError **error);

G_END_DECLS
