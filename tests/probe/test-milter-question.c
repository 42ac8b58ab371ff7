/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "probe/postern-milter-question.h"
#include "probe/postern-probe-error.h"

/*
 * A milter in a thread of its own: it picks the steps given, answers every packet that wants an answer with “continue”,
 * and the end of the message with what the test says. It notes what it was told.
 */
typedef struct {
    GSocketListener *listener;
    GThread *thread;
    guint16 port;
    guint32 steps;
    const char *answer; /* to the end of the message: a letter and data; NULL closes the connection */
    gsize answer_length;
    GString *heard; /* the letters of all packets */
    char *client;
} Milter;

static gboolean
read_packet (GInputStream *input, char *letter, GString *data)
{
    guint32 length;
    gsize read;

    if (!g_input_stream_read_all (input, &length, sizeof length, &read, NULL, NULL) || read != sizeof length)
        return FALSE;
    length = GUINT32_FROM_BE (length);
    g_assert_cmpuint (length, >=, 1);
    g_assert_true (g_input_stream_read_all (input, letter, 1, &read, NULL, NULL));
    g_string_set_size (data, length - 1);
    g_assert_true (g_input_stream_read_all (input, data->str, length - 1, &read, NULL, NULL));
    return TRUE;
}

static void
write_packet (GOutputStream *output, const char *packet, gsize length)
{
    guint32 size = GUINT32_TO_BE ((guint32)length);

    g_output_stream_write_all (output, &size, sizeof size, NULL, NULL, NULL);
    g_output_stream_write_all (output, packet, length, NULL, NULL, NULL);
}

static void
write_offer (Milter *self, GOutputStream *output)
{
    guint32 numbers[3] = { GUINT32_TO_BE (6), 0, GUINT32_TO_BE (self->steps) };
    char packet[1 + sizeof numbers] = "O";

    memcpy (packet + 1, numbers, sizeof numbers);
    write_packet (output, packet, sizeof packet);
}

/* Returns whether the client goes on. */
static gboolean
answer (Milter *self, GOutputStream *output, char letter, const GString *data)
{
    if (letter == 'O') {
        write_offer (self, output);
    } else if (letter == 'E') {
        if (self->answer == NULL)
            return FALSE;
        write_packet (output, self->answer, self->answer_length);
    } else if (letter == 'C') {
        g_free (self->client);
        self->client = g_strdup (data->str);
        if ((self->steps & 0x1000) == 0)
            write_packet (output, "c", 1);
    } else if (letter == 'Q') {
        return FALSE;
    } else if (self->steps == 0) {
        write_packet (output, "c", 1);
    }
    return TRUE;
}

static gpointer
serve (gpointer user_data)
{
    Milter *self = user_data;
    g_autoptr (GSocketConnection) connection = g_socket_listener_accept (self->listener, NULL, NULL, NULL);
    g_autoptr (GString) data = g_string_new (NULL);
    GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
    GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
    char letter;

    while (read_packet (input, &letter, data)) {
        g_string_append_c (self->heard, letter);
        if (!answer (self, output, letter, data))
            break;
    }
    return NULL;
}

static void
milter_start (Milter *self)
{
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
    g_autoptr (GSocketAddress) address = NULL;
    g_autoptr (GError) error = NULL;

    self->listener = g_socket_listener_new ();
    self->heard = g_string_new (NULL);
    g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &address,
                                   &error);
    g_assert_no_error (error);
    self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
    self->thread = g_thread_new ("milter", serve, self);
}

static void
milter_finish (Milter *self, const char *heard)
{
    g_thread_join (self->thread);
    g_object_unref (self->listener);
    g_assert_cmpstr (self->heard->str, ==, heard);
    g_string_free (self->heard, TRUE);
    g_free (self->client);
}

static char *
ask (guint16 port, PosternMilterVerdict *verdict, GError **error)
{
    static const char *const headers[] = { "From", "<a@b.test>", "Subject", "x", NULL };
    g_autoptr (GSocketConnectable) where = g_network_address_new ("127.0.0.1", port);
    g_autoptr (GInetAddress) client = g_inet_address_new_from_string ("192.0.2.1");
    const PosternMilterMessage message = {
        .client = client, .sender = "", .recipient = "c@d.test", .headers = headers, .body = "Hello.\r\n"
    };

    return postern_milter_question_ask (where, &message, 30, verdict, NULL, error);
}

static void
assert_verdict (const char *packet, gsize length, PosternMilterVerdict expected, const char *expected_reply)
{
    Milter milter = { .answer = packet, .answer_length = length };
    PosternMilterVerdict verdict;
    g_autoptr (GError) error = NULL;
    g_autofree char *reply = NULL;

    milter_start (&milter);
    reply = ask (milter.port, &verdict, &error);
    g_assert_no_error (error);
    g_assert_cmpint (verdict, ==, expected);
    g_assert_cmpstr (reply, ==, expected_reply);
    milter_finish (&milter, "OCHMRLLNBEQ");
}

static void
test_verdicts (void)
{
    assert_verdict ("a", 1, POSTERN_MILTER_ACCEPTED, "");
    assert_verdict ("c", 1, POSTERN_MILTER_ACCEPTED, "");
    assert_verdict ("d", 1, POSTERN_MILTER_DELETED, "");
    assert_verdict ("r", 1, POSTERN_MILTER_REFUSED, "550 5.7.1 Command rejected");
    assert_verdict ("t", 1, POSTERN_MILTER_DEFERRED, "451 4.7.1 Service unavailable - try again later");
    assert_verdict ("y554 5.7.1 Spam", sizeof "y554 5.7.1 Spam", POSTERN_MILTER_REFUSED, "554 5.7.1 Spam");
    assert_verdict ("y451 4.7.1 later", sizeof "y451 4.7.1 later", POSTERN_MILTER_DEFERRED, "451 4.7.1 later");
}

/* Steps that the milter does not want are not said (RCPT, headers); those that it does not answer are not waited for.
 */
static void
test_picked_steps (void)
{
    Milter milter = { .steps = 0x8 | 0x20 | 0x80 | 0x1000 | 0x2000 | 0x4000 | 0x40000 | 0x80000,
                      .answer = "d",
                      .answer_length = 1 };
    PosternMilterVerdict verdict;
    g_autoptr (GError) error = NULL;
    g_autofree char *reply = NULL;

    milter_start (&milter);
    reply = ask (milter.port, &verdict, &error);
    g_assert_no_error (error);
    g_assert_cmpint (verdict, ==, POSTERN_MILTER_DELETED);
    g_assert_cmpstr (milter.client, ==, "[192.0.2.1]");
    milter_finish (&milter, "OCHMNBEQ");
}

static void
test_closed (void)
{
    Milter milter = { .answer = NULL };
    PosternMilterVerdict verdict;
    g_autoptr (GError) error = NULL;

    milter_start (&milter);
    g_assert_null (ask (milter.port, &verdict, &error));
    g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_CLOSED);
    milter_finish (&milter, "OCHMRLLNBE");
}

static void
test_refused (void)
{
    g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
    g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
    g_autoptr (GSocketAddress) address = NULL;
    g_autoptr (GError) error = NULL;
    PosternMilterVerdict verdict;

    /* A port that is taken, and at which nobody listens. */
    g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
    address = g_socket_get_local_address (socket, NULL);
    g_assert_null (ask (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)), &verdict, &error));
    g_assert_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_REFUSED);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/milter-question/verdicts", test_verdicts);
    g_test_add_func ("/milter-question/picked-steps", test_picked_steps);
    g_test_add_func ("/milter-question/closed", test_closed);
    g_test_add_func ("/milter-question/refused", test_refused);
    return g_test_run ();
}
