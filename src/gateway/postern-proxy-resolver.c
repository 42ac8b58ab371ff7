/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-proxy-resolver.h"

struct _PosternProxyResolver {
    GObject parent_instance;

    GProxyResolver *desktop;
};

/* Takes what the desktop said. Returns: (transfer full) (nullable): proxies, or %NULL with @error if it was cancelled
 */
static char **
answer (char **proxies, GError *reason, GError **error)
{
    static const char *const direct[] = { "direct://", NULL };

    if (proxies != NULL)
        return proxies;
    if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_propagate_error (error, reason);
        return NULL;
    }
    g_info ("Which proxy to take is not known, so none is taken: %s", reason->message);
    g_error_free (reason);
    return g_strdupv ((char **)direct);
}

static gboolean
postern_proxy_resolver_is_supported (GProxyResolver *resolver)
{
    return TRUE;
}

static char **
postern_proxy_resolver_lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
    GError *reason = NULL;
    char **proxies = g_proxy_resolver_lookup (POSTERN_PROXY_RESOLVER (resolver)->desktop, uri, cancellable, &reason);

    return answer (proxies, reason, error);
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (GTask) task = data;
    GError *reason = NULL;
    GError *error = NULL;
    char **proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &reason);

    proxies = answer (proxies, reason, &error);
    if (proxies == NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, proxies, (GDestroyNotify)g_strfreev);
}

static void
postern_proxy_resolver_lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (resolver, cancellable, callback, user_data);

    g_proxy_resolver_lookup_async (POSTERN_PROXY_RESOLVER (resolver)->desktop, uri, cancellable, on_looked_up_cb, task);
}

static char **
postern_proxy_resolver_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
init_interface (GProxyResolverInterface *interface)
{
    interface->is_supported = postern_proxy_resolver_is_supported;
    interface->lookup = postern_proxy_resolver_lookup;
    interface->lookup_async = postern_proxy_resolver_lookup_async;
    interface->lookup_finish = postern_proxy_resolver_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternProxyResolver, postern_proxy_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, init_interface))

static void
postern_proxy_resolver_dispose (GObject *object)
{
    g_clear_object (&POSTERN_PROXY_RESOLVER (object)->desktop);
    G_OBJECT_CLASS (postern_proxy_resolver_parent_class)->dispose (object);
}

static void
postern_proxy_resolver_class_init (PosternProxyResolverClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = postern_proxy_resolver_dispose;
}

static void
postern_proxy_resolver_init (PosternProxyResolver *self)
{
}

GProxyResolver *
postern_proxy_resolver_new_default (void)
{
    return postern_proxy_resolver_new (g_proxy_resolver_get_default ());
}

GProxyResolver *
postern_proxy_resolver_new (GProxyResolver *desktop)
{
    PosternProxyResolver *self;

    g_return_val_if_fail (G_IS_PROXY_RESOLVER (desktop), NULL);
    self = g_object_new (POSTERN_TYPE_PROXY_RESOLVER, NULL);
    self->desktop = g_object_ref (desktop);
    return G_PROXY_RESOLVER (self);
}
