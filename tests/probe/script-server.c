/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script-server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

/* A client that does not come, or does not go on, fails the test after so many seconds. */
#define PATIENCE_SECONDS 20
#define TRICKLE_MICROSECONDS 20000
#define FLOOD_BYTES (64 * 1024 * 1024)

struct _ScriptServer {
    const ScriptStep *steps;
    GTlsCertificate *certificate;
    GCancellable *cancellable;
    GSocket *listener;
    guint16 port;
    GThread *thread;
    GSocketConnection *connection;
    GIOStream *stream;
    char *failure;
};

static gboolean
fail (ScriptServer *self, const ScriptStep *step, const char *what)
{
    self->failure =
        g_strdup_printf ("step %td (“%s”): %s", step - self->steps, step->text != NULL ? step->text : "", what);
    return FALSE;
}

static void
hang_up (ScriptServer *self)
{
    if (self->connection != NULL)
        g_socket_close (g_socket_connection_get_socket (self->connection), NULL);
    g_clear_object (&self->stream);
    g_clear_object (&self->connection);
}

static gboolean
answer (ScriptServer *self, const ScriptStep *step)
{
    g_autoptr (GSocket) socket = NULL;
    g_autoptr (GError) error = NULL;

    socket = g_socket_accept (self->listener, NULL, &error);
    if (socket == NULL)
        return fail (self, step, error->message);
    g_socket_set_timeout (socket, PATIENCE_SECONDS);
    g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
    self->connection = g_socket_connection_factory_create_connection (socket);
    self->stream = g_object_ref (G_IO_STREAM (self->connection));
    return TRUE;
}

static gboolean
say (ScriptServer *self, const ScriptStep *step, gsize piece)
{
    GOutputStream *output = g_io_stream_get_output_stream (self->stream);
    gsize length = strlen (step->text);
    g_autoptr (GError) error = NULL;

    for (gsize i = 0; i < length; i += piece) {
        if (!g_output_stream_write_all (output, step->text + i, MIN (piece, length - i), NULL, NULL, &error))
            return fail (self, step, error->message);
    }
    return TRUE;
}

/* Byte by byte: what comes behind the line belongs to the next step, or to TLS. */
static gboolean
hear (ScriptServer *self, const ScriptStep *step)
{
    GInputStream *input = g_io_stream_get_input_stream (self->stream);
    g_autoptr (GString) line = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    char byte = '\0';

    while (byte != '\n') {
        gssize n = g_input_stream_read (input, &byte, 1, NULL, &error);

        if (n < 0)
            return fail (self, step, error->message);
        if (n == 0)
            return fail (self, step, "the client closed the connection");
        g_string_append_c (line, byte);
    }
    if (!g_str_has_suffix (line->str, "\r\n"))
        return fail (self, step, "the line does not end with CR LF");
    g_string_truncate (line, line->len - 2);
    return g_pattern_match_simple (step->text, line->str) ? TRUE : fail (self, step, line->str);
}

/* RFC 8446 section 5.1: a handshake record begins with 22. */
static gboolean
hear_tls (ScriptServer *self, const ScriptStep *step)
{
    char byte = '\0';

    if (g_input_stream_read (g_io_stream_get_input_stream (self->stream), &byte, 1, NULL, NULL) != 1 || byte != 22)
        return fail (self, step, "the client does not begin with TLS");
    return TRUE;
}

static gboolean
hear_end (ScriptServer *self, const ScriptStep *step)
{
    char buffer[512];
    gssize n = g_input_stream_read (g_io_stream_get_input_stream (self->stream), buffer, sizeof buffer - 1, NULL, NULL);

    if (n <= 0)
        return TRUE;
    buffer[n] = '\0';
    return fail (self, step, buffer);
}

static gboolean
hold (ScriptServer *self)
{
    char buffer[512];

    while (g_input_stream_read (g_io_stream_get_input_stream (self->stream), buffer, sizeof buffer, NULL, NULL) > 0)
        continue;
    return TRUE;
}

static gboolean
pause_answer (ScriptServer *self, const ScriptStep *step)
{
    GSocket *socket = g_socket_connection_get_socket (self->connection);

    if (g_socket_condition_timed_wait (socket, G_IO_IN | G_IO_HUP, SCRIPT_PAUSE_MS * 1000, NULL, NULL))
        return fail (self, step, "the client does not wait");
    return TRUE;
}

static gboolean
trickle (ScriptServer *self, const ScriptStep *step)
{
    GSocket *socket = g_socket_connection_get_socket (self->connection);
    gint64 deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

    while (g_get_monotonic_time () < deadline) {
        g_socket_send (socket, step->text, strlen (step->text), NULL, NULL);
        if (g_socket_condition_timed_wait (socket, G_IO_IN | G_IO_HUP, TRICKLE_MICROSECONDS, NULL, NULL))
            return TRUE;
    }
    return fail (self, step, "the client listens for ever");
}

static gboolean
flood (ScriptServer *self, const ScriptStep *step)
{
    GOutputStream *output = g_io_stream_get_output_stream (self->stream);

    for (gsize n = 0; n < FLOOD_BYTES; n += strlen (step->text)) {
        if (!g_output_stream_write_all (output, step->text, strlen (step->text), NULL, NULL, NULL))
            return TRUE;
    }
    return fail (self, step, "the client listens for ever");
}

static gboolean
start_tls (ScriptServer *self, const ScriptStep *step)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GIOStream) tls = g_tls_server_connection_new (self->stream, self->certificate, &error);

    g_assert_no_error (error);
    if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error))
        return fail (self, step, error->message);
    g_set_object (&self->stream, tls);
    return TRUE;
}

static gboolean
follow (ScriptServer *self, const ScriptStep *step)
{
    switch (step->action) {
    case SCRIPT_SAY:
        return say (self, step, strlen (step->text));
    case SCRIPT_SAY_BYTES:
        return say (self, step, 1);
    case SCRIPT_HEAR:
        return hear (self, step);
    case SCRIPT_HEAR_END:
        return hear_end (self, step);
    case SCRIPT_HOLD:
        return hold (self);
    case SCRIPT_PAUSE:
        return pause_answer (self, step);
    case SCRIPT_TRICKLE:
        return trickle (self, step);
    case SCRIPT_FLOOD:
        return flood (self, step);
    case SCRIPT_CANCEL:
        g_cancellable_cancel (self->cancellable);
        return TRUE;
    case SCRIPT_HEAR_TLS:
        return hear_tls (self, step);
    case SCRIPT_TLS:
        return start_tls (self, step);
    case SCRIPT_END:
        break;
    }
    g_assert_not_reached ();
}

static gpointer
run (gpointer data)
{
    ScriptServer *self = data;
    const ScriptStep *step = self->steps;
    gboolean good = answer (self, step);

    for (; good && step->action != SCRIPT_END; step++)
        good = follow (self, step);
    hang_up (self);
    return NULL;
}

static void
listen_on_loopback (ScriptServer *self)
{
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
    g_autoptr (GSocketAddress) bound = NULL;
    g_autoptr (GError) error = NULL;

    self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
    g_assert_no_error (error);
    g_socket_bind (self->listener, any_port, TRUE, &error);
    g_assert_no_error (error);
    g_socket_listen (self->listener, &error);
    g_assert_no_error (error);
    g_socket_set_timeout (self->listener, PATIENCE_SECONDS);
    bound = g_socket_get_local_address (self->listener, &error);
    g_assert_no_error (error);
    self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

ScriptServer *
script_server_start (const ScriptStep *steps, GTlsCertificate *certificate, GCancellable *cancellable)
{
    ScriptServer *self = g_new0 (ScriptServer, 1);

    self->steps = steps;
    self->certificate = certificate;
    self->cancellable = cancellable;
    listen_on_loopback (self);
    self->thread = g_thread_new ("script-server", run, self);
    return self;
}

guint16
script_server_get_port (ScriptServer *self)
{
    return self->port;
}

void
script_server_finish (ScriptServer *self)
{
    g_thread_join (self->thread);
    g_assert_cmpstr (self->failure, ==, NULL);
    g_object_unref (self->listener);
    g_free (self);
}
