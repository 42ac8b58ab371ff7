/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-connection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-reply-parser.h"
#include "probe/postern-wait.h"

struct _PosternSmtpConnection {
    char *server;
    PosternSmtpTimeouts timeouts;
    gint64 start_time;
    gint64 overall_deadline;
    GSocketConnection *tcp;
    GTlsConnection *tls;
    guint8 buffer[4096];
    gsize start;
    gsize end;
    gboolean open;
};

PosternSmtpConnection *
postern_smtp_connection_new (const char *server, const PosternSmtpTimeouts *timeouts)
{
    PosternSmtpConnection *self = g_new0 (PosternSmtpConnection, 1);

    self->server = g_strdup (server);
    self->start_time = g_get_monotonic_time ();
    postern_smtp_connection_set_timeouts (self, timeouts);
    return self;
}

void
postern_smtp_connection_free (PosternSmtpConnection *self)
{
    g_return_if_fail (self != NULL);

    postern_smtp_connection_close (self);
    g_clear_object (&self->tls);
    g_clear_object (&self->tcp);
    g_free (self->server);
    g_free (self);
}

void
postern_smtp_connection_close (PosternSmtpConnection *self)
{
    self->open = FALSE;
    /* The socket itself: closing the streams would first try to say good-bye in TLS to a server that may not be
     * reading. */
    if (self->tcp != NULL)
        g_socket_close (g_socket_connection_get_socket (self->tcp), NULL);
}

gboolean
postern_smtp_connection_is_open (PosternSmtpConnection *self)
{
    return self->open;
}

GTlsConnection *
postern_smtp_connection_get_tls (PosternSmtpConnection *self)
{
    return self->tls;
}

void
postern_smtp_connection_set_timeouts (PosternSmtpConnection *self, const PosternSmtpTimeouts *timeouts)
{
    self->timeouts = *timeouts;
    self->overall_deadline = self->start_time + (gint64)timeouts->overall_ms * 1000;
}

static GIOStream *
get_stream (PosternSmtpConnection *self)
{
    return self->tls != NULL ? G_IO_STREAM (self->tls) : G_IO_STREAM (self->tcp);
}

static gint64
get_deadline (PosternSmtpConnection *self, guint limit_ms)
{
    return MIN (self->overall_deadline, g_get_monotonic_time () + (gint64)limit_ms * 1000);
}

static gboolean
set_timed_out (PosternSmtpConnection *self, const char *what, guint limit_ms, GError **error)
{
    if (g_get_monotonic_time () >= self->overall_deadline)
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT,
                     /* Translators: %1$s is a server such as mail.example.com:25, %2$.3g a number of seconds. */
                     _ ("The dialogue with %1$s was given up after %2$.3g s."), self->server,
                     self->timeouts.overall_ms / 1000.0);
    else if (what == NULL)
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT,
                     /* Translators: %1$s is a server such as mail.example.com:25, %2$.3g a number of seconds. */
                     _ ("%1$s did not send a greeting within %2$.3g s."), self->server, limit_ms / 1000.0);
    else
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT,
                     /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP command such as RCPT TO,
                      * %3$.3g a number of seconds. */
                     _ ("%1$s did not answer %2$s within %3$.3g s."), self->server, what, limit_ms / 1000.0);
    return FALSE;
}

static gboolean
set_closed (PosternSmtpConnection *self, const char *what, GError **error)
{
    if (what == NULL)
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_CLOSED,
                     /* Translators: %s is a server such as mail.example.com:25. */
                     _ ("%s closed the connection before its greeting."), self->server);
    else
        g_set_error (
            error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_CLOSED,
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s an SMTP command such as RCPT TO. */
            _ ("%1$s closed the connection before it answered %2$s."), self->server, what);
    return FALSE;
}

/* Says in our words what went wrong in reading or writing. Takes @cause. */
static gboolean
fail_io (PosternSmtpConnection *self, PosternWait *wait, const char *what, GError *cause, GError **error)
{
    g_autoptr (GError) owned = cause;

    postern_smtp_connection_close (self);
    if (postern_wait_has_timed_out (wait, cause))
        return set_timed_out (self, what, self->timeouts.reply_ms, error);
    if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_propagate_error (error, g_steal_pointer (&owned));
        return FALSE;
    }
    if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
        g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ||
        g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_EOF))
        return set_closed (self, what, error);
    g_set_error (
        error, POSTERN_PROBE_ERROR,
        cause->domain == G_TLS_ERROR ? POSTERN_PROBE_ERROR_TLS : POSTERN_PROBE_ERROR_UNREACHABLE,
        /* Translators: %1$s is a server such as mail.example.com:25, %2$s what the system says of the failure. */
        _ ("The connection to %1$s broke: %2$s"), self->server, cause->message);
    return FALSE;
}

static void
set_unreachable (PosternSmtpConnection *self, const GError *cause, GError **error)
{
    if (g_error_matches (cause, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_NOT_FOUND,
                     /* Translators: %s is a server such as mail.example.com:25. */
                     _ ("%s cannot be found: DNS has no address for this name."), self->server);
    else if (cause->domain == G_RESOLVER_ERROR)
        g_set_error (
            error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_RESOLVER,
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s what the system says of the failure. */
            _ ("The address of %1$s cannot be looked up: %2$s"), self->server, cause->message);
    else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_REFUSED,
                     /* Translators: %s is a server such as mail.example.com:25. */
                     _ ("%s refuses the connection: nothing listens there, or a firewall stands in between."),
                     self->server);
    else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT,
                     /* Translators: %s is a server such as mail.example.com:25. */
                     _ ("%s does not answer: the host is down, or a firewall drops the packets."), self->server);
    else
        g_set_error (
            error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_UNREACHABLE,
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s what the system says of the failure. */
            _ ("%1$s cannot be reached: %2$s"), self->server, cause->message);
}

/* Says in our words why there is no connection. Takes @cause. */
static gboolean
fail_open (PosternSmtpConnection *self, PosternWait *wait, GError *cause, GError **error)
{
    g_autoptr (GError) owned = cause;

    if (postern_wait_has_timed_out (wait, cause))
        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TIMED_OUT,
                     /* Translators: %1$s is a server such as mail.example.com:25, %2$.3g a number of seconds. */
                     _ ("%1$s does not answer: there was no connection within %2$.3g s."), self->server,
                     MIN (self->timeouts.connect_ms, self->timeouts.overall_ms) / 1000.0);
    else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&owned));
    else
        set_unreachable (self, cause, error);
    return FALSE;
}

static GSocketClient *
make_client (GInetAddress *local)
{
    GSocketClient *client = g_socket_client_new ();

    g_socket_client_set_enable_proxy (client, FALSE);
    if (local != NULL) {
        g_autoptr (GSocketAddress) address = g_inet_socket_address_new (local, 0);

        /* An address of one family cannot be bound to a socket of the other. */
        g_socket_client_set_family (client, g_inet_address_get_family (local));
        g_socket_client_set_local_address (client, address);
    }
    return client;
}

/* GIO reports an address that cannot be bound as a connection that was refused; the server has nothing to do with it.
 */
static gboolean
check_local_address (PosternSmtpConnection *self, GInetAddress *local, GError **error)
{
    g_autoptr (GSocket) socket = NULL;
    g_autoptr (GSocketAddress) any_port = NULL;
    g_autofree char *text = NULL;

    if (local == NULL)
        return TRUE;
    any_port = g_inet_socket_address_new (local, 0);
    socket = g_socket_new (g_inet_address_get_family (local), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
    if (socket != NULL && g_socket_bind (socket, any_port, FALSE, NULL))
        return TRUE;
    text = g_inet_address_to_string (local);
    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_UNREACHABLE,
                 /* Translators: %1$s is a server such as mail.example.com:25, %2$s an IP address. */
                 _ ("%1$s cannot be reached from %2$s: this computer does not have that address."), self->server, text);
    return FALSE;
}

gboolean
postern_smtp_connection_open (PosternSmtpConnection *self, GSocketConnectable *target, GInetAddress *local,
                              GCancellable *cancellable, GError **error)
{
    g_autoptr (GSocketClient) client = make_client (local);
    g_autoptr (PosternWait) wait = postern_wait_new (get_deadline (self, self->timeouts.connect_ms), cancellable);
    g_autoptr (GError) cause = NULL;

    g_assert (self->tcp == NULL);

    if (!check_local_address (self, local, error))
        return FALSE;
    g_socket_client_connect_async (client, target, postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    self->tcp = g_socket_client_connect_finish (client, postern_wait_for_result (wait), &cause);
    if (self->tcp == NULL)
        return fail_open (self, wait, g_steal_pointer (&cause), error);
    self->open = TRUE;
    return TRUE;
}

static gboolean
accept_certificate_cb (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags errors, gpointer data)
{
    return TRUE;
}

static gboolean
fail_tls (PosternSmtpConnection *self, PosternWait *wait, GError *cause, GError **error)
{
    g_autoptr (GError) owned = cause;

    postern_smtp_connection_close (self);
    if (wait != NULL && postern_wait_has_timed_out (wait, cause))
        return set_timed_out (self, "STARTTLS", self->timeouts.reply_ms, error);
    if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&owned));
    else
        g_set_error (
            error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TLS,
            /* Translators: %1$s is a server such as mail.example.com:25, %2$s what the system says of the failure. */
            _ ("TLS with %1$s failed: %2$s"), self->server, cause->message);
    return FALSE;
}

gboolean
postern_smtp_connection_start_tls (PosternSmtpConnection *self, GSocketConnectable *identity, GCancellable *cancellable,
                                   GError **error)
{
    g_autoptr (GIOStream) stream = NULL;
    g_autoptr (PosternWait) wait = NULL;
    g_autoptr (GError) cause = NULL;

    g_assert (self->open && self->tls == NULL);

    stream = g_tls_client_connection_new (G_IO_STREAM (self->tcp), identity, &cause);
    if (stream == NULL)
        return fail_tls (self, NULL, g_steal_pointer (&cause), error);
    g_signal_connect (stream, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);

    wait = postern_wait_new (get_deadline (self, self->timeouts.reply_ms), cancellable);
    g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT,
                                      postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (stream), postern_wait_for_result (wait), &cause))
        return fail_tls (self, wait, g_steal_pointer (&cause), error);
    self->tls = G_TLS_CONNECTION (g_steal_pointer (&stream));
    return TRUE;
}

gboolean
postern_smtp_connection_send (PosternSmtpConnection *self, const char *line, const char *what,
                              GCancellable *cancellable, GError **error)
{
    GOutputStream *output = g_io_stream_get_output_stream (get_stream (self));
    g_autofree char *bytes = g_strconcat (line, "\r\n", NULL);
    g_autoptr (PosternWait) wait = postern_wait_new (get_deadline (self, self->timeouts.reply_ms), cancellable);
    g_autoptr (GError) cause = NULL;

    g_output_stream_write_all_async (output, bytes, strlen (bytes), G_PRIORITY_DEFAULT,
                                     postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    if (!g_output_stream_write_all_finish (output, postern_wait_for_result (wait), NULL, &cause))
        return fail_io (self, wait, what, g_steal_pointer (&cause), error);
    return TRUE;
}

static gboolean
fill (PosternSmtpConnection *self, const char *what, gint64 deadline, GCancellable *cancellable, GError **error)
{
    GInputStream *input = g_io_stream_get_input_stream (get_stream (self));
    g_autoptr (PosternWait) wait = postern_wait_new (deadline, cancellable);
    g_autoptr (GError) cause = NULL;
    gssize n;

    g_input_stream_read_async (input, self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT,
                               postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    n = g_input_stream_read_finish (input, postern_wait_for_result (wait), &cause);
    if (n < 0)
        return fail_io (self, wait, what, g_steal_pointer (&cause), error);
    if (n == 0) {
        postern_smtp_connection_close (self);
        return set_closed (self, what, error);
    }
    self->start = 0;
    self->end = (gsize)n;
    return TRUE;
}

PosternSmtpReply *
postern_smtp_connection_receive (PosternSmtpConnection *self, const char *what, GCancellable *cancellable,
                                 GError **error)
{
    g_autoptr (PosternSmtpReplyParser) parser = postern_smtp_reply_parser_new (self->server);
    /* One deadline for the whole reply: a server that sends a byte now and then must not be able to hold us for ever.
     */
    gint64 deadline = get_deadline (self, self->timeouts.reply_ms);
    PosternSmtpReply *reply = NULL;

    while (reply == NULL) {
        gsize used;

        if (self->start == self->end && !fill (self, what, deadline, cancellable, error))
            return NULL;
        if (!postern_smtp_reply_parser_push (parser, self->buffer + self->start, self->end - self->start, &used, &reply,
                                             error)) {
            postern_smtp_connection_close (self);
            return NULL;
        }
        self->start += used;
    }
    return reply;
}

gboolean
postern_smtp_connection_has_unread (PosternSmtpConnection *self)
{
    GPollableInputStream *input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (get_stream (self)));
    gssize n;

    if (self->start < self->end)
        return TRUE;
    /* Reading, not asking whether it is readable: a TLS layer is readable when there is nothing but its own messages.
     */
    n = g_pollable_input_stream_read_nonblocking (input, self->buffer, sizeof self->buffer, NULL, NULL);
    self->start = 0;
    self->end = n > 0 ? (gsize)n : 0;
    return n > 0;
}

static GInetAddress *
dup_address (GSocketAddress *address)
{
    g_autoptr (GSocketAddress) owned = address;

    if (!G_IS_INET_SOCKET_ADDRESS (address))
        return NULL;
    return g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

GInetAddress *
postern_smtp_connection_dup_local_address (PosternSmtpConnection *self)
{
    return self->open ? dup_address (g_socket_connection_get_local_address (self->tcp, NULL)) : NULL;
}

GInetAddress *
postern_smtp_connection_dup_remote_address (PosternSmtpConnection *self)
{
    return self->open ? dup_address (g_socket_connection_get_remote_address (self->tcp, NULL)) : NULL;
}
