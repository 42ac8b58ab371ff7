/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-listener.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "service/postern-client-hello.h"
#include "service/postern-service-error.h"

#define MOST_CONNECTIONS 256
#define MOST_OF_AN_ADDRESS 64
#define MOST_HANDSHAKES_OF_AN_ADDRESS 4
#define HANDSHAKE_SECONDS 10

struct _PosternListener {
    GObject parent_instance;

    GSocketService *service;
    PosternListenerAccepted accepted;
    gpointer data;

    GMutex lock; /* for what follows */
    GTlsCertificate *certificate;
    GCond handshake_over;
    GHashTable *clients; /* of Client, by address */
    guint n_connections;
};

/* An address that has connections. */
typedef struct {
    guint n_connections;
    guint n_handshakes;
} Client;

G_DEFINE_FINAL_TYPE (PosternListener, postern_listener, G_TYPE_OBJECT)

/* A connection on its way from the thread that shook hands to the main context; then what ends its being counted. */
typedef struct {
    PosternListener *listener;
    PosternConnection *connection;
    GIOStream *stream;
} Arrival;

static gboolean
admit (PosternListener *self, const char *address)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    Client *client = g_hash_table_lookup (self->clients, address);

    if (self->n_connections >= MOST_CONNECTIONS || (client && client->n_connections >= MOST_OF_AN_ADDRESS))
        return FALSE;
    if (client == NULL) {
        client = g_new0 (Client, 1);
        g_hash_table_insert (self->clients, g_strdup (address), client);
    }
    client->n_connections++;
    self->n_connections++;
    return TRUE;
}

static void
dismiss (PosternListener *self, const char *address)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    Client *client = g_hash_table_lookup (self->clients, address);

    self->n_connections--;
    if (--client->n_connections == 0)
        g_hash_table_remove (self->clients, address);
}

/* Waits for its turn among the handshakes of @address. */
static gboolean
begin_handshake (PosternListener *self, const char *address, gint64 deadline)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    Client *client = g_hash_table_lookup (self->clients, address);

    while (client->n_handshakes >= MOST_HANDSHAKES_OF_AN_ADDRESS) {
        if (!g_cond_wait_until (&self->handshake_over, &self->lock, deadline))
            return FALSE;
    }
    client->n_handshakes++;
    return TRUE;
}

static void
end_handshake (PosternListener *self, const char *address)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    Client *client = g_hash_table_lookup (self->clients, address);

    client->n_handshakes--;
    g_cond_broadcast (&self->handshake_over);
}

static void
arrival_free (Arrival *arrival)
{
    dismiss (arrival->listener, postern_connection_get_address (arrival->connection));
    g_object_unref (arrival->connection);
    g_object_unref (arrival->listener);
    g_free (arrival);
}

static void
stream_gone_cb (gpointer data, GObject *where_the_object_was)
{
    arrival_free (data);
}

static gboolean
arrive_cb (gpointer data)
{
    Arrival *arrival = data;
    g_autoptr (GIOStream) stream = g_steal_pointer (&arrival->stream);

    g_object_weak_ref (G_OBJECT (stream), stream_gone_cb, arrival);
    arrival->listener->accepted (arrival->connection, stream, arrival->listener->data);
    return G_SOURCE_REMOVE;
}

static GTlsCertificate *
dup_certificate (PosternListener *self)
{
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

    return g_object_ref (self->certificate);
}

static GIOStream *
shake_hands (PosternListener *self, PosternConnection *connection, GError **error)
{
    g_autoptr (GTlsCertificate) certificate = dup_certificate (self);
    g_autoptr (GIOStream) tls = NULL;

    tls = g_tls_server_connection_new (postern_connection_get_stream (connection), certificate, error);
    if (tls == NULL)
        return NULL;
    g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
    if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, error))
        return NULL;
    return g_steal_pointer (&tls);
}

static GIOStream *
establish (PosternListener *self, PosternConnection *connection)
{
    GSocketConnection *stream = G_SOCKET_CONNECTION (postern_connection_get_stream (connection));
    const char *address = postern_connection_get_address (connection);
    gint64 deadline = g_get_monotonic_time () + HANDSHAKE_SECONDS * G_USEC_PER_SEC;
    g_autoptr (GError) error = NULL;
    GIOStream *tls;

    /* An answer is written in several small pieces: Nagle's algorithm would hold one back until the one before is
     * acknowledged, which clients put off for 40 ms. */
    g_socket_set_option (g_socket_connection_get_socket (stream), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
    postern_connection_set_deadline (connection, HANDSHAKE_SECONDS);
    if (!postern_client_hello_wait (g_socket_connection_get_socket (stream), deadline) ||
        !begin_handshake (self, address, deadline))
        return NULL;
    tls = shake_hands (self, connection, &error);
    end_handshake (self, address);
    if (error)
        g_info ("no TLS with %s: %s", address, error->message);
    return tls;
}

/* In a thread of its own. */
static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *stream, GObject *source, gpointer data)
{
    PosternListener *self = data;
    g_autoptr (PosternConnection) connection = postern_connection_new (stream);
    const char *address = postern_connection_get_address (connection);
    Arrival *arrival;
    GIOStream *tls;

    if (!admit (self, address)) {
        g_info ("too many connections; the one from %s is closed", address);
        return TRUE;
    }
    tls = establish (self, connection);
    if (tls == NULL) {
        dismiss (self, address);
        return TRUE;
    }
    arrival = g_new0 (Arrival, 1);
    arrival->listener = g_object_ref (self);
    arrival->connection = g_steal_pointer (&connection);
    arrival->stream = tls;
    g_idle_add_full (G_PRIORITY_DEFAULT, arrive_cb, arrival, NULL);
    return TRUE;
}

static void
postern_listener_dispose (GObject *object)
{
    PosternListener *self = POSTERN_LISTENER (object);

    g_clear_object (&self->service);
    g_clear_object (&self->certificate);

    G_OBJECT_CLASS (postern_listener_parent_class)->dispose (object);
}

static void
postern_listener_finalize (GObject *object)
{
    PosternListener *self = POSTERN_LISTENER (object);

    g_hash_table_unref (self->clients);
    g_cond_clear (&self->handshake_over);
    g_mutex_clear (&self->lock);

    G_OBJECT_CLASS (postern_listener_parent_class)->finalize (object);
}

static void
postern_listener_class_init (PosternListenerClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->dispose = postern_listener_dispose;
    object_class->finalize = postern_listener_finalize;
}

static void
postern_listener_init (PosternListener *self)
{
    self->service = g_threaded_socket_service_new (MOST_CONNECTIONS);
    g_socket_service_stop (self->service);
    g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), MOST_CONNECTIONS);
    self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    g_mutex_init (&self->lock);
    g_cond_init (&self->handshake_over);
    g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
}

PosternListener *
postern_listener_new (GTlsCertificate *certificate, PosternListenerAccepted accepted, gpointer data)
{
    PosternListener *self = g_object_new (POSTERN_TYPE_LISTENER, NULL);

    self->certificate = g_object_ref (certificate);
    self->accepted = accepted;
    self->data = data;
    return self;
}

/* “address:port”, an IPv6 address in brackets. */
static GSocketAddress *
parse_address (const char *where, GError **error)
{
    const char *colon = strrchr (where, ':');
    g_autofree char *host = colon ? g_strndup (where, (gsize)(colon - where)) : NULL;
    g_autoptr (GInetAddress) address = host ? postern_hostname_parse_address (host) : NULL;
    gboolean bare_ipv6 = host && host[0] != '[' && strchr (host, ':') != NULL;
    guint64 port;

    if (address && !bare_ipv6 && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
        return g_inet_socket_address_new (address, (guint16)port);
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE,
                 _ ("“%s” is not an address and a port, such as 127.0.0.1:8443 or [::]:8443."), where);
    return NULL;
}

char *
postern_listener_listen (PosternListener *self, const char *where, GError **error)
{
    g_autoptr (GSocketAddress) address = parse_address (where, error);
    g_autoptr (GSocketAddress) effective = NULL;
    g_autofree char *text = NULL;

    g_return_val_if_fail (POSTERN_IS_LISTENER (self), NULL);

    if (address == NULL)
        return NULL;
    if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                        G_SOCKET_PROTOCOL_TCP, NULL, &effective, error)) {
        /* Translators: %s is an address and a port. */
        g_prefix_error (error, _ ("Cannot listen at %s: "), where);
        return NULL;
    }
    text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (effective));
    return g_strconcat ("https://", text, NULL);
}

void
postern_listener_set_certificate (PosternListener *self, GTlsCertificate *certificate)
{
    g_autoptr (GMutexLocker) locker = NULL;

    g_return_if_fail (POSTERN_IS_LISTENER (self));

    locker = g_mutex_locker_new (&self->lock);
    g_set_object (&self->certificate, certificate);
}

void
postern_listener_start (PosternListener *self)
{
    g_return_if_fail (POSTERN_IS_LISTENER (self));

    g_socket_service_start (self->service);
}

void
postern_listener_stop (PosternListener *self)
{
    g_return_if_fail (POSTERN_IS_LISTENER (self));

    g_socket_service_stop (self->service);
    g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}
