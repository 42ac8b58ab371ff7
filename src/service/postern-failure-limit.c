/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-failure-limit.h"

#include <gio/gio.h>
#include <string.h>

#define MOST_FAILURES 10
#define WINDOW (60 * G_USEC_PER_SEC)
#define MOST_ADDRESSES 4096

typedef struct {
    gint64 start;
    guint failures;
} Window;

struct _PosternFailureLimit {
    GHashTable *windows; /* of Window, by network */
};

PosternFailureLimit *
postern_failure_limit_new (void)
{
    PosternFailureLimit *self = g_new0 (PosternFailureLimit, 1);

    self->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return self;
}

void
postern_failure_limit_free (PosternFailureLimit *self)
{
    g_hash_table_unref (self->windows);
    g_free (self);
}

/* Whoever has one IPv6 address has a /64 of them. */
static char *
network_of (const char *text)
{
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
    guint8 bytes[16] = { 0 };
    g_autoptr (GInetAddress) network = NULL;

    if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
        return g_strdup (text);
    memcpy (bytes, g_inet_address_to_bytes (address), 8);
    network = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
    return g_inet_address_to_string (network);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
    const Window *window = value;
    const gint64 *now = user_data;

    return *now - window->start >= WINDOW;
}

static Window *
find (PosternFailureLimit *self, const char *network, gint64 now)
{
    Window *window = g_hash_table_lookup (self->windows, network);

    return window && !is_over (NULL, window, &now) ? window : NULL;
}

void
postern_failure_limit_add (PosternFailureLimit *self, const char *address)
{
    g_autofree char *network = network_of (address);
    gint64 now = g_get_monotonic_time ();
    Window *window = find (self, network, now);

    if (window == NULL) {
        if (g_hash_table_size (self->windows) >= MOST_ADDRESSES)
            g_hash_table_foreach_remove (self->windows, is_over, &now);
        if (g_hash_table_size (self->windows) >= MOST_ADDRESSES)
            g_hash_table_remove_all (self->windows);
        window = g_new0 (Window, 1);
        window->start = now;
        g_hash_table_replace (self->windows, g_steal_pointer (&network), window);
    }
    window->failures++;
}

guint
postern_failure_limit_get_wait (PosternFailureLimit *self, const char *address)
{
    g_autofree char *network = network_of (address);
    gint64 now = g_get_monotonic_time ();
    Window *window = find (self, network, now);

    if (window == NULL || window->failures < MOST_FAILURES)
        return 0;
    return (guint)((window->start + WINDOW - now) / G_USEC_PER_SEC) + 1;
}
