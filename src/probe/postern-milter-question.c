/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-milter-question.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"
#include "probe/postern-smtp-reply.h"

/*
 * Packets are a length of four bytes (big-endian), a letter and data (libmilter, include/libmilter/mfdef.h). The mail
 * server offers actions and the steps that may be left out or left unanswered; the milter picks.
 */

#define VERSION 6
#define ALL_ACTIONS 0x1ff
#define ALL_STEPS 0x1fffff
#define LARGEST_PACKET (1024 * 1024)
#define CLIENT_PORT 25000

/* mfdef.h: a step that the milter does not want (SMFIP_NO…), or does not answer (SMFIP_NR_…). */
enum {
    NO_CONNECT = 0x1,
    NO_HELO = 0x2,
    NO_MAIL = 0x4,
    NO_RCPT = 0x8,
    NO_BODY = 0x10,
    NO_HEADERS = 0x20,
    NO_END_OF_HEADERS = 0x40,
    UNANSWERED_HEADERS = 0x80,
    UNANSWERED_CONNECT = 0x1000,
    UNANSWERED_HELO = 0x2000,
    UNANSWERED_MAIL = 0x4000,
    UNANSWERED_RCPT = 0x8000,
    UNANSWERED_END_OF_HEADERS = 0x40000,
    UNANSWERED_BODY = 0x80000,
};

typedef struct {
    GIOStream *stream;
    GCancellable *cancellable;
    guint32 steps; /* what the milter picked */
    gboolean decided;
    PosternMilterVerdict verdict;
    char *reply;
} Question;

static gboolean
fail (GError **error, GError *reason)
{
    int code = POSTERN_PROBE_ERROR_UNREACHABLE;

    if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_propagate_error (error, reason);
        return FALSE;
    }
    if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        code = POSTERN_PROBE_ERROR_TIMED_OUT;
    else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
        code = POSTERN_PROBE_ERROR_REFUSED;
    else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        code = POSTERN_PROBE_ERROR_CLOSED;
    g_set_error_literal (error, POSTERN_PROBE_ERROR, code, reason->message);
    g_error_free (reason);
    return FALSE;
}

static gboolean
fail_protocol (GError **error)
{
    g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL,
                         _ ("The mail filter does not speak the milter protocol."));
    return FALSE;
}

static void
append_number (GByteArray *packet, guint32 number)
{
    guint32 bytes = GUINT32_TO_BE (number);

    g_byte_array_append (packet, (const guint8 *)&bytes, sizeof bytes);
}

static void
append_text (GByteArray *packet, const char *text)
{
    g_byte_array_append (packet, (const guint8 *)text, strlen (text) + 1);
}

static gboolean
send_packet (Question *self, char letter, GByteArray *data, GError **error)
{
    g_autoptr (GByteArray) packet = g_byte_array_new ();
    GError *reason = NULL;

    append_number (packet, (data ? data->len : 0) + 1);
    g_byte_array_append (packet, (const guint8 *)&letter, 1);
    if (data)
        g_byte_array_append (packet, data->data, data->len);
    if (g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), packet->data, packet->len, NULL,
                                   self->cancellable, &reason))
        return TRUE;
    return fail (error, reason);
}

static gboolean
receive_bytes (Question *self, void *buffer, gsize size, GError **error)
{
    GError *reason = NULL;
    gsize read;

    if (!g_input_stream_read_all (g_io_stream_get_input_stream (self->stream), buffer, size, &read, self->cancellable,
                                  &reason))
        return fail (error, reason);
    if (read == size)
        return TRUE;
    g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_CLOSED,
                         _ ("The mail filter closed the connection without an answer."));
    return FALSE;
}

/* Returns: (transfer full) (nullable): the packet's data, with a zero byte behind it. */
static GByteArray *
receive_packet (Question *self, char *letter, GError **error)
{
    g_autoptr (GByteArray) data = NULL;
    guint32 length;

    if (!receive_bytes (self, &length, sizeof length, error))
        return NULL;
    length = GUINT32_FROM_BE (length);
    if (length == 0 || length > LARGEST_PACKET) {
        fail_protocol (error);
        return NULL;
    }
    if (!receive_bytes (self, letter, 1, error))
        return NULL;
    data = g_byte_array_new ();
    g_byte_array_set_size (data, length);
    if (length > 1 && !receive_bytes (self, data->data, length - 1, error))
        return NULL;
    data->data[length - 1] = 0;
    return g_steal_pointer (&data);
}

static gboolean
negotiate (Question *self, GError **error)
{
    g_autoptr (GByteArray) offer = g_byte_array_new ();
    g_autoptr (GByteArray) answer = NULL;
    guint32 numbers[3];
    char letter;

    append_number (offer, VERSION);
    append_number (offer, ALL_ACTIONS);
    append_number (offer, ALL_STEPS);
    if (!send_packet (self, 'O', offer, error))
        return FALSE;
    answer = receive_packet (self, &letter, error);
    if (answer == NULL)
        return FALSE;
    if (letter != 'O' || answer->len <= sizeof numbers)
        return fail_protocol (error);
    memcpy (numbers, answer->data, sizeof numbers);
    self->steps = GUINT32_FROM_BE (numbers[2]);
    return TRUE;
}

static void
decide (Question *self, PosternMilterVerdict verdict, const char *reply)
{
    self->decided = TRUE;
    self->verdict = verdict;
    g_free (self->reply);
    self->reply = postern_smtp_reply_clean_text (reply, -1);
}

/* One answer of the milter. Anything else, such as a header to add, is no verdict. */
static void
take_answer (Question *self, char letter, const char *text, gboolean *more)
{
    *more = FALSE;
    switch (letter) {
    case 'a':
        decide (self, POSTERN_MILTER_ACCEPTED, "");
        break;
    case 'r':
        decide (self, POSTERN_MILTER_REFUSED, "550 5.7.1 Command rejected");
        break;
    case 't':
        decide (self, POSTERN_MILTER_DEFERRED, "451 4.7.1 Service unavailable - try again later");
        break;
    case 'd':
        decide (self, POSTERN_MILTER_DELETED, "");
        break;
    case 'y':
        decide (self, text[0] == '5' ? POSTERN_MILTER_REFUSED : POSTERN_MILTER_DEFERRED, text);
        break;
    case 'c':
    case 's':
        break;
    default:
        *more = TRUE;
    }
}

static gboolean
receive_answer (Question *self, GError **error)
{
    gboolean more;

    do {
        char letter;
        g_autoptr (GByteArray) data = receive_packet (self, &letter, error);

        if (data == NULL)
            return FALSE;
        take_answer (self, letter, (const char *)data->data, &more);
    } while (more);
    return TRUE;
}

/* Says one step unless the milter does not want it, and waits for its answer if there is one. */
static gboolean
say (Question *self, char letter, GByteArray *data, guint32 unwanted, guint32 unanswered, GError **error)
{
    if (self->decided || (self->steps & unwanted))
        return TRUE;
    if (!send_packet (self, letter, data, error))
        return FALSE;
    return (self->steps & unanswered) || receive_answer (self, error);
}

static gboolean
say_client (Question *self, GInetAddress *client, GError **error)
{
    g_autoptr (GByteArray) data = g_byte_array_new ();
    g_autofree char *address = g_inet_address_to_string (client);
    g_autofree char *name = g_strdup_printf ("[%s]", address);
    gboolean ipv6 = g_inet_address_get_family (client) == G_SOCKET_FAMILY_IPV6;
    guint16 port = GUINT16_TO_BE (CLIENT_PORT);

    append_text (data, name);
    g_byte_array_append (data, (const guint8 *)(ipv6 ? "6" : "4"), 1);
    g_byte_array_append (data, (const guint8 *)&port, sizeof port);
    append_text (data, address);
    return say (self, 'C', data, NO_CONNECT, UNANSWERED_CONNECT, error);
}

static gboolean
say_text (Question *self, char letter, const char *text, guint32 unwanted, guint32 unanswered, GError **error)
{
    g_autoptr (GByteArray) data = g_byte_array_new ();

    append_text (data, text);
    return say (self, letter, data, unwanted, unanswered, error);
}

static gboolean
say_envelope (Question *self, const PosternMilterMessage *message, GError **error)
{
    g_autofree char *address = g_inet_address_to_string (message->client);
    g_autofree char *hello = g_strdup_printf ("[%s]", address);
    g_autofree char *sender = g_strdup_printf ("<%s>", message->sender);
    g_autofree char *recipient = g_strdup_printf ("<%s>", message->recipient);

    return say_client (self, message->client, error) && say_text (self, 'H', hello, NO_HELO, UNANSWERED_HELO, error) &&
           say_text (self, 'M', sender, NO_MAIL, UNANSWERED_MAIL, error) &&
           say_text (self, 'R', recipient, NO_RCPT, UNANSWERED_RCPT, error);
}

static gboolean
say_headers (Question *self, const char *const *headers, GError **error)
{
    for (guint i = 0; headers[i] && headers[i + 1]; i += 2) {
        g_autoptr (GByteArray) data = g_byte_array_new ();

        append_text (data, headers[i]);
        append_text (data, headers[i + 1]);
        if (!say (self, 'L', data, NO_HEADERS, UNANSWERED_HEADERS, error))
            return FALSE;
    }
    return say (self, 'N', NULL, NO_END_OF_HEADERS, UNANSWERED_END_OF_HEADERS, error);
}

static gboolean
say_body (Question *self, const char *body, GError **error)
{
    g_autoptr (GByteArray) data = g_byte_array_new ();

    g_byte_array_append (data, (const guint8 *)body, strlen (body));
    return say (self, 'B', data, NO_BODY, UNANSWERED_BODY, error) && say (self, 'E', NULL, 0, 0, error);
}

/* What goes on at the end of a message is what the milter has said, or “continue”, which means that nothing speaks
 * against it. */
static gboolean
ask (Question *self, const PosternMilterMessage *message, GError **error)
{
    if (!negotiate (self, error) || !say_envelope (self, message, error) ||
        !say_headers (self, message->headers, error) || !say_body (self, message->body, error))
        return FALSE;
    if (!self->decided)
        decide (self, POSTERN_MILTER_ACCEPTED, "");
    send_packet (self, 'Q', NULL, NULL); /* nobody waits for the end of the goodbye */
    return TRUE;
}

char *
postern_milter_question_ask (GSocketConnectable *where, const PosternMilterMessage *message, guint seconds,
                             PosternMilterVerdict *verdict, GCancellable *cancellable, GError **error)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketConnection) connection = NULL;
    Question self = { .cancellable = cancellable };
    GError *reason = NULL;

    g_return_val_if_fail (G_IS_SOCKET_CONNECTABLE (where) && message != NULL && verdict != NULL, NULL);

    g_socket_client_set_enable_proxy (client, FALSE);
    g_socket_client_set_timeout (client, seconds);
    connection = g_socket_client_connect (client, where, cancellable, &reason);
    if (connection == NULL) {
        fail (error, reason);
        return NULL;
    }
    self.stream = G_IO_STREAM (connection);
    if (!ask (&self, message, error))
        g_clear_pointer (&self.reply, g_free);
    *verdict = self.verdict;
    return self.reply;
}
