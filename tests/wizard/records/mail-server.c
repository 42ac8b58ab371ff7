/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail-server.h"

#include <string.h>

struct _MailServer {
    GSocketService *service;
    char *to_recipient;
};

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
    MailServer *self = data;
    g_autoptr (GDataInputStream) input =
        g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
    const char *reply = "220 edge.test ESMTP practice";

    g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
    while (reply != NULL && say (connection, reply)) {
        g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

        if (line == NULL || g_str_has_prefix (line, "QUIT"))
            reply = NULL;
        else
            reply = g_str_has_prefix (line, "RCPT") ? self->to_recipient : "250 edge.test";
    }
    return TRUE;
}

MailServer *
mail_server_start (const char *to_recipient, guint16 *port)
{
    MailServer *self = g_new0 (MailServer, 1);
    g_autoptr (GError) error = NULL;

    self->service = g_threaded_socket_service_new (2);
    self->to_recipient = g_strdup (to_recipient);
    *port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
    g_assert_no_error (error);
    g_signal_connect (self->service, "run", G_CALLBACK (serve_cb), self);
    g_socket_service_start (self->service);
    return self;
}

void
mail_server_stop (MailServer *self)
{
    g_socket_service_stop (self->service);
    g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    g_object_unref (self->service);
    g_free (self->to_recipient);
    g_free (self);
}
