/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-probe-hops.h"

#include <glib/gi18n-lib.h>

#include "probe/postern-dns.h"
#include "probe/postern-probe-error.h"

static void
leave_out (GPtrArray *hops, PosternProbeFilter filter)
{
    for (guint i = hops->len; i > 0; i--) {
        if (!filter (postern_next_hop_get_address (hops->pdata[i - 1])))
            g_ptr_array_remove_index (hops, i - 1);
    }
}

GPtrArray *
postern_probe_hops_find (PosternProbeTarget *target, guint timeout_ms, GCancellable *cancellable, GError **error)
{
    PosternProbeFilter filter = postern_probe_target_get_filter (target);
    g_autoptr (GPtrArray) hops =
        postern_dns_next_hops (postern_probe_target_get_host (target), postern_probe_target_get_port (target),
                               postern_probe_target_get_mx (target), timeout_ms, cancellable, error);

    if (hops == NULL)
        return NULL;
    if (filter != NULL)
        leave_out (hops, filter);
    if (hops->len > 0)
        return g_steal_pointer (&hops);
    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_ALLOWED,
                 /* Translators: %s is a server such as localhost:25. */
                 _ ("%s is not asked: it has no address that may be asked from here."),
                 postern_probe_target_get_name (target));
    return NULL;
}
