/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail-server.h"

#include <string.h>

static gboolean
say (GSocketConnection *connection, const char *reply)
{
    GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
    g_autofree char *line = g_strconcat (reply, "\r\n", NULL);

    return g_output_stream_write_all (output, line, strlen (line), NULL, NULL, NULL);
}

/* For as long as one connection lasts. */
static gboolean
serve_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
    const char *to_recipient = data;
    g_autoptr (GDataInputStream) input =
        g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
    const char *reply = "220 edge.test ESMTP practice";

    g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
    while (reply != NULL && say (connection, reply)) {
        g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

        if (line == NULL || g_str_has_prefix (line, "QUIT"))
            reply = NULL;
        else
            reply = g_str_has_prefix (line, "RCPT") ? to_recipient : "250 edge.test";
    }
    return TRUE;
}

static void
free_answer (gpointer to_recipient, GClosure *closure)
{
    g_free (to_recipient);
}

/* A thread that serves keeps the service alive, and with it the answer. */
MailServer *
mail_server_start (const char *to_recipient, guint16 *port)
{
    MailServer *self = g_threaded_socket_service_new (2);
    g_autoptr (GError) error = NULL;

    *port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self), NULL, &error);
    g_assert_no_error (error);
    g_signal_connect_data (self, "run", G_CALLBACK (serve_cb), g_strdup (to_recipient), free_answer, G_CONNECT_DEFAULT);
    g_socket_service_start (self);
    return self;
}

void
mail_server_stop (MailServer *self)
{
    g_socket_service_stop (self);
    g_socket_listener_close (G_SOCKET_LISTENER (self));
    g_object_unref (self);
}
