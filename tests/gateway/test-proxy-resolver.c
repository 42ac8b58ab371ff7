/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-proxy-resolver.h"

/* A desktop that names a proxy, or says what it is told to fail with. */
#define TEST_TYPE_DESKTOP (test_desktop_get_type ())
G_DECLARE_FINAL_TYPE (TestDesktop, test_desktop, TEST, DESKTOP, GObject)

struct _TestDesktop {
    GObject parent_instance;

    GError *failure; /* NULL: it knows a proxy */
};

static char **
test_desktop_lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
    TestDesktop *self = TEST_DESKTOP (resolver);
    static const char *const proxies[] = { "http://proxy.example.com:3128", NULL };

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    if (self->failure == NULL)
        return g_strdupv ((char **)proxies);
    g_propagate_error (error, g_error_copy (self->failure));
    return NULL;
}

static void
test_desktop_lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
    GError *error = NULL;
    char **proxies = test_desktop_lookup (resolver, uri, cancellable, &error);

    if (proxies == NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, proxies, (GDestroyNotify)g_strfreev);
}

static char **
test_desktop_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_desktop_init_interface (GProxyResolverInterface *interface)
{
    interface->lookup = test_desktop_lookup;
    interface->lookup_async = test_desktop_lookup_async;
    interface->lookup_finish = test_desktop_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestDesktop, test_desktop, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, test_desktop_init_interface))

static void
test_desktop_finalize (GObject *object)
{
    g_clear_error (&TEST_DESKTOP (object)->failure);
    G_OBJECT_CLASS (test_desktop_parent_class)->finalize (object);
}

static void
test_desktop_class_init (TestDesktopClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = test_desktop_finalize;
}

static void
test_desktop_init (TestDesktop *self)
{
}

static void
on_looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
    *(GAsyncResult **)data = g_object_ref (result);
}

/* Both ways of asking must come to the same. */
static char **
look_up (GProxyResolver *resolver, GCancellable *cancellable, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) at_once = NULL;
    g_auto (GStrv) first = g_proxy_resolver_lookup (resolver, "https://192.0.2.1:8443", cancellable, &at_once);
    char **second;

    g_proxy_resolver_lookup_async (resolver, "https://192.0.2.1:8443", cancellable, on_looked_up_cb, &result);
    while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
    second = g_proxy_resolver_lookup_finish (resolver, result, error);
    g_assert_true ((first == NULL) == (second == NULL));
    g_assert_true (first == NULL || g_strv_equal ((const char *const *)first, (const char *const *)second));
    return second;
}

static void
test_known (void)
{
    g_autoptr (TestDesktop) desktop = g_object_new (TEST_TYPE_DESKTOP, NULL);
    g_autoptr (GProxyResolver) resolver = postern_proxy_resolver_new (G_PROXY_RESOLVER (desktop));
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) proxies = look_up (resolver, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (proxies[0], ==, "http://proxy.example.com:3128");
    g_assert_null (proxies[1]);
}

/* As a portal that does not know who asks. */
static void
test_not_known (void)
{
    g_autoptr (TestDesktop) desktop = g_object_new (TEST_TYPE_DESKTOP, NULL);
    g_autoptr (GProxyResolver) resolver = postern_proxy_resolver_new (G_PROXY_RESOLVER (desktop));
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) proxies = NULL;

    desktop->failure = g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED, "Portal operation not allowed");
    proxies = look_up (resolver, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (proxies[0], ==, "direct://");
    g_assert_null (proxies[1]);
}

static void
test_cancelled (void)
{
    g_autoptr (TestDesktop) desktop = g_object_new (TEST_TYPE_DESKTOP, NULL);
    g_autoptr (GProxyResolver) resolver = postern_proxy_resolver_new (G_PROXY_RESOLVER (desktop));
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_cancellable_cancel (cancellable);
    g_assert_null (look_up (resolver, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/proxy-resolver/known", test_known);
    g_test_add_func ("/proxy-resolver/not-known", test_not_known);
    g_test_add_func ("/proxy-resolver/cancelled", test_cancelled);
    return g_test_run ();
}
