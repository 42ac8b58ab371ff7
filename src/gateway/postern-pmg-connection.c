/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-connection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-http.h"
#include "gateway/postern-proxy-resolver.h"
#include "gateway/postern-transport-error.h"
#include "gateway/postern-trust-private.h"
#include "probe/postern-wait.h"

#define CONNECT_SECONDS 15
/* The server closes a connection after so many (pve-http-server, max_requests per connection). */
#define MAX_REQUESTS 100
#define MAX_HEAD (64 * 1024)
#define CHUNK (64 * 1024)

struct _PosternPmgConnection {
    PosternGatewayAddress *address;
    PosternTrust *trust;
    guint patience_seconds;

    GSocketConnection *tcp;
    GIOStream *stream;
    GByteArray *input; /* what was read and not yet taken */
    guint requests;
    gint64 deadline;
    gboolean sent;
    PosternCertificate *refused;
};

PosternPmgConnection *
postern_pmg_connection_new (PosternGatewayAddress *address, PosternTrust *trust, guint patience_seconds)
{
    PosternPmgConnection *self = g_new0 (PosternPmgConnection, 1);

    self->address = postern_gateway_address_ref (address);
    self->trust = postern_trust_ref (trust);
    self->patience_seconds = patience_seconds;
    self->input = g_byte_array_new ();
    return self;
}

/* Hangs up without a TLS farewell: nobody waits for it, and the server may be gone. */
static void
hang_up (PosternPmgConnection *self)
{
    if (self->tcp != NULL)
        g_socket_close (g_socket_connection_get_socket (self->tcp), NULL);
    g_clear_object (&self->stream);
    g_clear_object (&self->tcp);
    g_byte_array_set_size (self->input, 0);
    self->requests = 0;
}

void
postern_pmg_connection_free (PosternPmgConnection *self)
{
    hang_up (self);
    g_byte_array_unref (self->input);
    g_clear_object (&self->refused);
    postern_gateway_address_unref (self->address);
    postern_trust_unref (self->trust);
    g_free (self);
}

/* Takes @reason. Whatever went wrong, the connection is of no use any more. */
static gboolean
fail (PosternPmgConnection *self, PosternWait *wait, GError *reason, GError **error)
{
    gboolean timed_out = wait != NULL && postern_wait_has_timed_out (wait, reason);
    GError *explained = NULL;

    hang_up (self);
    if (self->refused != NULL) {
        explained =
            postern_transport_error_untrusted (self->address, self->refused, postern_trust_get_pin (self->trust));
        g_error_free (reason);
    } else {
        postern_transport_error_take (&explained, reason, self->address, timed_out);
    }
    if (explained->domain == POSTERN_GATEWAY_ERROR)
        postern_gateway_error_set_unanswered (explained, self->sent);
    g_propagate_error (error, explained);
    return FALSE;
}

static gboolean
fail_closed (PosternPmgConnection *self, GError **error)
{
    return fail (self, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "closed"), error);
}

static gboolean
fail_with (PosternPmgConnection *self, PosternGatewayError code, const char *format, GError **error)
{
    g_autofree char *place = postern_transport_error_place (self->address);
    g_autoptr (GString) message = g_string_new (format);
    GError *reason;

    g_string_replace (message, "%s", place, 1);
    reason = g_error_new_literal (POSTERN_GATEWAY_ERROR, code, message->str);
    postern_gateway_error_set_unanswered (reason, TRUE);
    g_propagate_error (error, reason);
    hang_up (self);
    return FALSE;
}

static gboolean
connect_tcp (PosternPmgConnection *self, GCancellable *cancellable, GError **error)
{
    gint64 deadline = MIN (self->deadline, g_get_monotonic_time () + CONNECT_SECONDS * G_TIME_SPAN_SECOND);
    g_autoptr (PosternWait) wait = postern_wait_new (deadline, cancellable);
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GProxyResolver) resolver = postern_proxy_resolver_new_default ();
    GError *reason = NULL;

    g_socket_client_set_proxy_resolver (client, resolver);
    g_socket_client_connect_to_host_async (client, postern_gateway_address_get_host (self->address),
                                           postern_gateway_address_get_effective_port (self->address),
                                           postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    self->tcp = g_socket_client_connect_to_host_finish (client, postern_wait_for_result (wait), &reason);
    if (self->tcp == NULL)
        return fail (self, wait, reason, error);
    return TRUE;
}

static gboolean
on_accept_certificate_cb (GTlsConnection *stream, GTlsCertificate *certificate, GTlsCertificateFlags flags,
                          gpointer data)
{
    PosternPmgConnection *self = data;

    if (postern_trust_accepts (self->trust, certificate))
        return TRUE;
    g_clear_object (&self->refused);
    self->refused = postern_certificate_new (certificate, flags);
    return FALSE;
}

/* Nothing is said to who is not believed. */
static gboolean
check_certificate (PosternPmgConnection *self, GSocketConnectable *identity, GError **error)
{
    GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (self->stream));
    GTlsCertificateFlags flags;

    if (postern_trust_check (self->trust, certificate, identity, &flags))
        return TRUE;
    if (certificate != NULL)
        self->refused = postern_certificate_new (certificate, flags);
    return fail (self, NULL, g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "not trusted"), error);
}

static gboolean
shake_hands (PosternPmgConnection *self, GCancellable *cancellable, GError **error)
{
    gint64 deadline = MIN (self->deadline, g_get_monotonic_time () + CONNECT_SECONDS * G_TIME_SPAN_SECOND);
    g_autoptr (GSocketConnectable) identity = g_network_address_new (
        postern_gateway_address_get_host (self->address), postern_gateway_address_get_effective_port (self->address));
    g_autoptr (PosternWait) wait = NULL;
    GError *reason = NULL;
    gboolean good;

    self->stream = g_tls_client_connection_new (G_IO_STREAM (self->tcp), identity, &reason);
    if (self->stream == NULL)
        return fail (self, NULL, reason, error);
    g_tls_connection_set_database (G_TLS_CONNECTION (self->stream), postern_trust_get_database (self->trust));
    /* Proxmox closes without a farewell; where a body has a length, its end shows all the same. */
    g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (self->stream), FALSE);
    postern_trust_prepare (self->stream);
    g_signal_connect (self->stream, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), self);
    wait = postern_wait_new (deadline, cancellable);
    g_tls_connection_handshake_async (G_TLS_CONNECTION (self->stream), G_PRIORITY_DEFAULT,
                                      postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    good = g_tls_connection_handshake_finish (G_TLS_CONNECTION (self->stream), postern_wait_for_result (wait), &reason);
    g_signal_handlers_disconnect_by_data (self->stream, self);
    return good ? check_certificate (self, identity, error) : fail (self, wait, reason, error);
}

/* A kept connection on which something has come unasked is one that the server has closed. */
static gboolean
is_usable (PosternPmgConnection *self)
{
    if (self->stream == NULL || self->requests >= MAX_REQUESTS)
        return FALSE;
    return g_socket_condition_check (g_socket_connection_get_socket (self->tcp), G_IO_IN | G_IO_HUP | G_IO_ERR) == 0;
}

static gboolean
make_ready (PosternPmgConnection *self, GCancellable *cancellable, GError **error)
{
    g_clear_object (&self->refused);
    if (is_usable (self))
        return TRUE;
    hang_up (self);
    return connect_tcp (self, cancellable, error) && shake_hands (self, cancellable, error);
}

static gboolean
send_request (PosternPmgConnection *self, GString *request, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternWait) wait = postern_wait_new (self->deadline, cancellable);
    GError *reason = NULL;

    if (!g_cancellable_is_cancelled (cancellable))
        self->sent = TRUE;
    g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), request->str, request->len,
                                     G_PRIORITY_DEFAULT, postern_wait_get_cancellable (wait), postern_wait_finished,
                                     wait);
    if (!g_output_stream_write_all_finish (g_io_stream_get_output_stream (self->stream), postern_wait_for_result (wait),
                                           NULL, &reason))
        return fail (self, wait, reason, error);
    return TRUE;
}

/* Reads some more. *n is 0 at the end. */
static gboolean
read_more (PosternPmgConnection *self, gsize *n, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternWait) wait = postern_wait_new (self->deadline, cancellable);
    GInputStream *input = g_io_stream_get_input_stream (self->stream);
    g_autoptr (GBytes) bytes = NULL;
    GError *reason = NULL;

    g_input_stream_read_bytes_async (input, CHUNK, G_PRIORITY_DEFAULT, postern_wait_get_cancellable (wait),
                                     postern_wait_finished, wait);
    bytes = g_input_stream_read_bytes_finish (input, postern_wait_for_result (wait), &reason);
    if (bytes == NULL)
        return fail (self, wait, reason, error);
    *n = g_bytes_get_size (bytes);
    if (*n > 0)
        g_byte_array_append (self->input, g_bytes_get_data (bytes, NULL), *n);
    return TRUE;
}

/* Reads until @end is in the input; *length is what stands before it. */
static gboolean
read_until (PosternPmgConnection *self, const char *end, gsize *length, GCancellable *cancellable, GError **error)
{
    gsize n;

    for (;;) {
        const guint8 *found =
            self->input->len > 0 ? memmem (self->input->data, self->input->len, end, strlen (end)) : NULL;

        if (found != NULL) {
            *length = found - self->input->data;
            return TRUE;
        }
        if (self->input->len > MAX_HEAD)
            return fail_with (self, POSTERN_GATEWAY_ERROR_PROTOCOL,
                              /* Translators: %s is host and port. */
                              _ ("What %s answers is not HTTP. Check that this is the port of a Proxmox Mail Gateway."),
                              error);
        if (!read_more (self, &n, cancellable, error))
            return FALSE;
        if (n == 0)
            return fail_closed (self, error);
    }
}

/* Moves @n bytes from the connection to the end of @body. */
static gboolean
read_exactly (PosternPmgConnection *self, guint64 n, GByteArray *body, GCancellable *cancellable, GError **error)
{
    gsize got;

    if (n > POSTERN_HTTP_MAX_BODY || body->len + n > POSTERN_HTTP_MAX_BODY)
        return fail_with (self, POSTERN_GATEWAY_ERROR_TOO_LARGE,
                          /* Translators: %s is host and port. */
                          _ ("The answer of %s is larger than 64 MiB and was not read to its end. Check the address "
                             "and the port: this may not be a gateway."),
                          error);
    while (self->input->len < n) {
        if (!read_more (self, &got, cancellable, error))
            return FALSE;
        if (got == 0)
            return fail_closed (self, error);
    }
    if (n > 0) {
        g_byte_array_append (body, self->input->data, n);
        g_byte_array_remove_range (self->input, 0, n);
    }
    return TRUE;
}

static gboolean
read_to_end (PosternPmgConnection *self, GByteArray *body, GCancellable *cancellable, GError **error)
{
    gsize n;

    do {
        if (!read_exactly (self, self->input->len, body, cancellable, error) ||
            !read_more (self, &n, cancellable, error))
            return FALSE;
    } while (n > 0);
    hang_up (self);
    return TRUE;
}

/* Takes a line off the input; *size is the hexadecimal number at its beginning. */
static gboolean
read_chunk_size (PosternPmgConnection *self, guint64 *size, gsize *length, GCancellable *cancellable, GError **error)
{
    g_autofree char *line = NULL;

    if (!read_until (self, "\r\n", length, cancellable, error))
        return FALSE;
    line = g_strndup ((const char *)self->input->data, *length);
    *size = g_ascii_strtoull (line, NULL, 16);
    g_byte_array_remove_range (self->input, 0, *length + strlen ("\r\n"));
    return TRUE;
}

/* RFC 9112, section 7.1: chunks until one of length 0, then trailers until an empty line. */
static gboolean
read_chunks (PosternPmgConnection *self, GByteArray *body, GCancellable *cancellable, GError **error)
{
    g_autoptr (GByteArray) end = g_byte_array_new ();
    guint64 size;
    gsize length;

    do {
        if (!read_chunk_size (self, &size, &length, cancellable, error) ||
            (size > 0 && (!read_exactly (self, size, body, cancellable, error) ||
                          !read_exactly (self, strlen ("\r\n"), end, cancellable, error))))
            return FALSE;
    } while (size > 0);
    do {
        if (!read_chunk_size (self, &size, &length, cancellable, error))
            return FALSE;
    } while (length > 0);
    return TRUE;
}

static PosternPmgAnswer *
read_head (PosternPmgConnection *self, GCancellable *cancellable, GError **error)
{
    PosternPmgAnswer *answer;
    gsize length;

    if (!read_until (self, "\r\n\r\n", &length, cancellable, error))
        return NULL;
    answer = postern_pmg_answer_parse_head ((const char *)self->input->data, length + strlen ("\r\n"));
    g_byte_array_remove_range (self->input, 0, length + strlen ("\r\n\r\n"));
    if (answer == NULL)
        fail_with (self, POSTERN_GATEWAY_ERROR_PROTOCOL,
                   /* Translators: %s is host and port. */
                   _ ("What %s answers is not HTTP. Check that this is the port of a Proxmox Mail Gateway."), error);
    return answer;
}

static PosternPmgAnswer *
read_answer (PosternPmgConnection *self, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternPmgAnswer) answer = read_head (self, cancellable, error);
    g_autoptr (GByteArray) body = g_byte_array_new ();
    gboolean good;

    if (answer == NULL)
        return NULL;
    if (answer->chunked)
        good = read_chunks (self, body, cancellable, error);
    else if (answer->length >= 0)
        good = read_exactly (self, answer->length, body, cancellable, error);
    else
        good = read_to_end (self, body, cancellable, error);
    if (!good)
        return NULL;
    answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&body));
    /* The server closes after every refusal. */
    if (answer->status != 200)
        hang_up (self);
    return g_steal_pointer (&answer);
}

PosternPmgAnswer *
postern_pmg_connection_exchange (PosternPmgConnection *self, GString *request, GCancellable *cancellable,
                                 GError **error)
{
    self->sent = FALSE;
    self->deadline = g_get_monotonic_time () + self->patience_seconds * G_TIME_SPAN_SECOND;
    if (!make_ready (self, cancellable, error) || !send_request (self, request, cancellable, error))
        return NULL;
    self->requests++;
    return read_answer (self, cancellable, error);
}
