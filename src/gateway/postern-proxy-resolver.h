/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_PROXY_RESOLVER (postern_proxy_resolver_get_type ())

/**
 * PosternProxyResolver:
 *
 * Asks the desktop which proxy to take, and takes none where the desktop cannot say. In a sandbox that question goes
 * through a portal; one that fails must not keep anybody from a gateway in the same network.
 */
G_DECLARE_FINAL_TYPE (PosternProxyResolver, postern_proxy_resolver, POSTERN, PROXY_RESOLVER, GObject)

/** postern_proxy_resolver_new: @desktop: whom to ask first; Returns: (transfer full): a resolver that always has an
 * answer, unless it is cancelled */
GProxyResolver *postern_proxy_resolver_new (GProxyResolver *desktop);

/** postern_proxy_resolver_new_default: the same, before g_proxy_resolver_get_default() */
GProxyResolver *postern_proxy_resolver_new_default (void);

G_END_DECLS
