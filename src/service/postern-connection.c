/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-connection.h"

#include <string.h>

struct _PosternConnection {
    GObject parent_instance;

    GSocketConnection *stream;
    GSocketAddress *local;
    GSocketAddress *remote;
    char *address;
    GMutex lock;
    GSource *deadline;
};

G_DEFINE_FINAL_TYPE (PosternConnection, postern_connection, G_TYPE_OBJECT)

/* Shut down and not closed: whoever reads or writes finds its end and closes it. */
void
postern_connection_cut (PosternConnection *self)
{
    g_return_if_fail (POSTERN_IS_CONNECTION (self));

    g_socket_shutdown (g_socket_connection_get_socket (self->stream), TRUE, TRUE, NULL);
}

static gboolean
deadline_cb (gpointer data)
{
    GWeakRef *reference = data;
    g_autoptr (PosternConnection) self = g_weak_ref_get (reference);

    if (self) {
        g_info ("cutting the connection from %s: it takes too long", self->address);
        postern_connection_cut (self);
    }
    return G_SOURCE_REMOVE;
}

static void
free_reference (gpointer data)
{
    GWeakRef *reference = data;

    g_weak_ref_clear (reference);
    g_free (reference);
}

static GSource *
deadline_new (PosternConnection *self, guint seconds)
{
    GSource *source = g_timeout_source_new_seconds (seconds);
    GWeakRef *reference = g_new0 (GWeakRef, 1);

    g_weak_ref_init (reference, self);
    g_source_set_callback (source, deadline_cb, reference, free_reference);
    g_source_attach (source, NULL);
    return source;
}

static void
drop_deadline (PosternConnection *self)
{
    if (self->deadline)
        g_source_destroy (self->deadline);
    g_clear_pointer (&self->deadline, g_source_unref);
}

void
postern_connection_set_deadline (PosternConnection *self, guint seconds)
{
    g_return_if_fail (POSTERN_IS_CONNECTION (self));

    g_mutex_lock (&self->lock);
    drop_deadline (self);
    if (seconds > 0)
        self->deadline = deadline_new (self, seconds);
    g_mutex_unlock (&self->lock);
}

const char *
postern_connection_get_address (PosternConnection *self)
{
    return self->address;
}

GSocketAddress *
postern_connection_get_local (PosternConnection *self)
{
    return self->local;
}

GSocketAddress *
postern_connection_get_remote (PosternConnection *self)
{
    return self->remote;
}

GIOStream *
postern_connection_get_stream (PosternConnection *self)
{
    return G_IO_STREAM (self->stream);
}

static void
postern_connection_dispose (GObject *object)
{
    PosternConnection *self = POSTERN_CONNECTION (object);

    drop_deadline (self);
    g_clear_object (&self->stream);
    g_clear_object (&self->local);
    g_clear_object (&self->remote);

    G_OBJECT_CLASS (postern_connection_parent_class)->dispose (object);
}

static void
postern_connection_finalize (GObject *object)
{
    PosternConnection *self = POSTERN_CONNECTION (object);

    g_free (self->address);
    g_mutex_clear (&self->lock);

    G_OBJECT_CLASS (postern_connection_parent_class)->finalize (object);
}

static void
postern_connection_class_init (PosternConnectionClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->dispose = postern_connection_dispose;
    object_class->finalize = postern_connection_finalize;
}

static void
postern_connection_init (PosternConnection *self)
{
    g_mutex_init (&self->lock);
}

/* A dual-stack listener sees IPv4 clients as ::ffff:192.0.2.1: they are the same client. */
static char *
address_text (GSocketAddress *address)
{
    GInetAddress *inet;
    g_autofree char *text = NULL;

    if (!G_IS_INET_SOCKET_ADDRESS (address))
        return g_strdup ("?");
    inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
    text = g_inet_address_to_string (inet);
    return g_strdup (g_str_has_prefix (text, "::ffff:") && strchr (text, '.') ? text + strlen ("::ffff:") : text);
}

PosternConnection *
postern_connection_new (GSocketConnection *stream)
{
    PosternConnection *self = g_object_new (POSTERN_TYPE_CONNECTION, NULL);

    self->stream = g_object_ref (stream);
    self->local = g_socket_connection_get_local_address (stream, NULL);
    self->remote = g_socket_connection_get_remote_address (stream, NULL);
    self->address = address_text (self->remote);
    return self;
}
