/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-next-hop.h"
#include "probe/postern-probe-target.h"

G_BEGIN_DECLS

/**
 * postern_probe_hops_find:
 * @target: whom to ask
 * @timeout_ms: how long looking up may take
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Looks up where @target is, and leaves out what its filter does not let be asked. Probes connect to these addresses
 * and look nothing up again, so that a name cannot mean another address by then.
 *
 * Returns: (transfer full) (element-type PosternNextHop) (nullable): at least one hop; or %NULL with an error as of
 * postern_dns_next_hops(), or %POSTERN_PROBE_ERROR_NOT_ALLOWED if none may be asked
 *
 * Private to this library.
 */
GPtrArray *postern_probe_hops_find (PosternProbeTarget *target, guint timeout_ms, GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
