/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-next-hop.h"

#include "probe/postern-smtp-server-name.h"

struct _PosternNextHop {
    gatomicrefcount references;
    char *host;
    GInetAddress *address;
    guint16 port;
    guint16 preference;
};

G_DEFINE_BOXED_TYPE (PosternNextHop, postern_next_hop, postern_next_hop_ref, postern_next_hop_unref)

PosternNextHop *
postern_next_hop_new (const char *host, GInetAddress *address, guint16 port, guint16 preference)
{
    PosternNextHop *self;

    g_return_val_if_fail (host != NULL, NULL);
    g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

    self = g_new0 (PosternNextHop, 1);
    g_atomic_ref_count_init (&self->references);
    self->host = g_strdup (host);
    self->address = g_object_ref (address);
    self->port = port;
    self->preference = preference;
    return self;
}

PosternNextHop *
postern_next_hop_ref (PosternNextHop *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
postern_next_hop_unref (PosternNextHop *self)
{
    g_return_if_fail (self != NULL);

    if (!g_atomic_ref_count_dec (&self->references))
        return;
    g_free (self->host);
    g_object_unref (self->address);
    g_free (self);
}

const char *
postern_next_hop_get_host (PosternNextHop *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->host;
}

GInetAddress *
postern_next_hop_get_address (PosternNextHop *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->address;
}

guint16
postern_next_hop_get_port (PosternNextHop *self)
{
    g_return_val_if_fail (self != NULL, 0);

    return self->port;
}

guint16
postern_next_hop_get_preference (PosternNextHop *self)
{
    g_return_val_if_fail (self != NULL, 0);

    return self->preference;
}

char *
postern_next_hop_to_display (PosternNextHop *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return postern_smtp_format_server (self->host, self->address, self->port);
}
