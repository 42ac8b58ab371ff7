/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-http.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "gateway/postern-proxy-resolver.h"
#include "gateway/postern-transport-error.h"
#include "gateway/postern-trust-private.h"

#define CONNECT_SECONDS 15
#define CHUNK (64 * 1024)

/*
 * One exchange from beginning to end. libsoup wants to be used from one thread and one main context; so everything
 * happens asynchronously in a context of the exchange's own, which the calling thread iterates until it is over. Time
 * limits are sources of that context, which cancel.
 */
typedef struct {
    PosternGatewayAddress *address;
    PosternTrust *trust;
    GMainContext *context;
    SoupSession *session;
    SoupMessage *message;
    GCancellable *cancellable;
    GInputStream *stream;
    GByteArray *body;
    PosternCertificate *refused;
    GError *error;
    gboolean sent;
    gboolean timed_out;
    gboolean over;
} Exchange;

void
postern_http_response_free (PosternHttpResponse *self)
{
    g_free (self->reason);
    g_free (self->content_type);
    g_free (self->etag);
    g_free (self->location);
    g_clear_pointer (&self->body, g_bytes_unref);
    g_free (self);
}

static gboolean
on_accept_certificate_cb (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags flags, gpointer data)
{
    Exchange *exchange = data;

    if (postern_trust_accepts (exchange->trust, certificate))
        return TRUE;
    g_clear_object (&exchange->refused);
    exchange->refused = postern_certificate_new (certificate, flags);
    return FALSE;
}

static void
on_network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, gpointer data)
{
    if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
        postern_trust_prepare (stream);
}

/* Emitted when the connection stands, right before the first byte of the request. */
static void
on_starting_cb (SoupMessage *message, gpointer data)
{
    Exchange *exchange = data;
    GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (message);
    g_autoptr (GSocketConnectable) identity =
        g_network_address_new (postern_gateway_address_get_host (exchange->address),
                               postern_gateway_address_get_effective_port (exchange->address));
    GTlsCertificateFlags flags;

    if (postern_trust_check (exchange->trust, certificate, identity, &flags)) {
        exchange->sent = TRUE;
        return;
    }
    g_clear_object (&exchange->refused);
    if (certificate != NULL)
        exchange->refused = postern_certificate_new (certificate, flags);
    g_cancellable_cancel (exchange->cancellable);
}

static gboolean
on_deadline_cb (gpointer data)
{
    Exchange *exchange = data;

    exchange->timed_out = TRUE;
    g_cancellable_cancel (exchange->cancellable);
    return G_SOURCE_REMOVE;
}

static gboolean
on_connect_deadline_cb (gpointer data)
{
    Exchange *exchange = data;

    return exchange->sent ? G_SOURCE_REMOVE : on_deadline_cb (data);
}

static void
on_caller_cancelled_cb (GCancellable *cancellable, gpointer data)
{
    g_cancellable_cancel (G_CANCELLABLE (data));
}

static void
finish (Exchange *exchange, GError *error)
{
    exchange->error = error;
    exchange->over = TRUE;
}

static void
finish_too_large (Exchange *exchange)
{
    g_autofree char *place = postern_transport_error_place (exchange->address);

    finish (exchange, g_error_new (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TOO_LARGE,
                                   /* Translators: %s is host and port. */
                                   _ ("The answer of %s is larger than 64 MiB and was not read to its end. Check the "
                                      "address and the port: this may not be a gateway."),
                                   place));
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
    Exchange *exchange = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;
    gsize size;
    const guint8 *chunk;

    bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
    if (bytes == NULL) {
        finish (exchange, g_steal_pointer (&error));
        return;
    }
    chunk = g_bytes_get_data (bytes, &size);
    if (exchange->body->len + size > POSTERN_HTTP_MAX_BODY) {
        finish_too_large (exchange);
        return;
    }
    if (size == 0) {
        finish (exchange, NULL);
        return;
    }
    g_byte_array_append (exchange->body, chunk, size);
    g_input_stream_read_bytes_async (exchange->stream, CHUNK, G_PRIORITY_DEFAULT, exchange->cancellable, on_read_cb,
                                     exchange);
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
    Exchange *exchange = data;
    g_autoptr (GError) error = NULL;

    exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
    if (exchange->stream == NULL) {
        finish (exchange, g_steal_pointer (&error));
        return;
    }
    g_input_stream_read_bytes_async (exchange->stream, CHUNK, G_PRIORITY_DEFAULT, exchange->cancellable, on_read_cb,
                                     exchange);
}

static void
add_deadline (Exchange *exchange, guint seconds, GSourceFunc callback)
{
    g_autoptr (GSource) source = g_timeout_source_new_seconds (seconds);

    g_source_set_callback (source, callback, exchange, NULL);
    g_source_attach (source, exchange->context);
}

static SoupSession *
make_session (PosternTrust *trust, guint idle_seconds)
{
    SoupSession *session = soup_session_new ();
    g_autoptr (GProxyResolver) resolver = postern_proxy_resolver_new_default ();

    soup_session_set_proxy_resolver (session, resolver);
    soup_session_set_timeout (session, idle_seconds);
    soup_session_set_user_agent (session, "Postern/" POSTERN_VERSION);
    soup_session_set_tls_database (session, postern_trust_get_database (trust));
    return session;
}

static SoupMessage *
make_message (PosternGatewayAddress *address, const PosternHttpRequest *request)
{
    g_autoptr (GUri) uri =
        g_uri_build (G_URI_FLAGS_NONE, "https", NULL, postern_gateway_address_get_host (address),
                     postern_gateway_address_get_effective_port (address), request->path, NULL, NULL);
    SoupMessage *message = soup_message_new_from_uri (request->method, uri);
    SoupMessageHeaders *headers = soup_message_get_request_headers (message);

    soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
    soup_message_set_force_http1 (message, TRUE);
    soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");
    if (request->token != NULL) {
        g_autofree char *authorization = g_strconcat ("Bearer ", request->token, NULL);

        soup_message_headers_replace (headers, "Authorization", authorization);
    }
    if (request->if_match != NULL)
        soup_message_headers_replace (headers, "If-Match", request->if_match);
    if (request->body != NULL)
        soup_message_set_request_body_from_bytes (message, "application/json", request->body);
    return message;
}

static void
run (Exchange *exchange, const PosternHttpRequest *request, GCancellable *caller)
{
    gulong link = 0;

    if (caller != NULL)
        link = g_cancellable_connect (caller, G_CALLBACK (on_caller_cancelled_cb), g_object_ref (exchange->cancellable),
                                      g_object_unref);
    add_deadline (exchange, request->deadline_seconds, on_deadline_cb);
    add_deadline (exchange, CONNECT_SECONDS, on_connect_deadline_cb);
    g_signal_connect (exchange->message, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), exchange);
    g_signal_connect (exchange->message, "network-event", G_CALLBACK (on_network_event_cb), exchange);
    g_signal_connect (exchange->message, "starting", G_CALLBACK (on_starting_cb), exchange);
    soup_session_send_async (exchange->session, exchange->message, G_PRIORITY_DEFAULT, exchange->cancellable,
                             on_sent_cb, exchange);
    while (!exchange->over)
        g_main_context_iteration (exchange->context, TRUE);
    g_cancellable_disconnect (caller, link);
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
}

static void
exchange_clear (Exchange *exchange)
{
    g_clear_object (&exchange->stream);
    soup_session_abort (exchange->session);
    g_clear_object (&exchange->message);
    g_clear_object (&exchange->session);
    /* What closing the connection has left behind in the context. */
    while (g_main_context_iteration (exchange->context, FALSE))
        ;
    g_main_context_pop_thread_default (exchange->context);
    g_main_context_unref (exchange->context);
    g_clear_object (&exchange->cancellable);
    g_clear_object (&exchange->refused);
    g_clear_error (&exchange->error);
    g_clear_pointer (&exchange->body, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static guint
parse_retry_after (const char *text)
{
    g_autoptr (GDateTime) date = NULL;
    g_autoptr (GDateTime) now = NULL;
    guint64 seconds = 0;

    if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
        return seconds;
    date = soup_date_time_new_from_http_string (text);
    if (date == NULL)
        return 0;
    now = g_date_time_new_now_utc ();
    return CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND + 1, 0, G_MAXINT32);
}

static PosternHttpResponse *
make_response (Exchange *exchange)
{
    SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
    PosternHttpResponse *response = g_new0 (PosternHttpResponse, 1);

    response->status = soup_message_get_status (exchange->message);
    response->reason = g_strdup (soup_message_get_reason_phrase (exchange->message));
    response->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
    response->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
    response->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
    response->retry_after = parse_retry_after (soup_message_headers_get_one (headers, "Retry-After"));
    response->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
    return response;
}

static GError *
explain (Exchange *exchange)
{
    GError *error = NULL;

    if (exchange->refused != NULL)
        return postern_transport_error_untrusted (exchange->address, exchange->refused,
                                                  postern_trust_get_pin (exchange->trust));
    if (exchange->error->domain == POSTERN_GATEWAY_ERROR)
        error = g_steal_pointer (&exchange->error);
    else
        postern_transport_error_take (&error, g_steal_pointer (&exchange->error), exchange->address,
                                      exchange->timed_out);
    if (error->domain == POSTERN_GATEWAY_ERROR)
        postern_gateway_error_set_unanswered (error, exchange->sent);
    return error;
}

PosternHttpResponse *
postern_http_send (PosternGatewayAddress *address, PosternTrust *trust, const PosternHttpRequest *request,
                   GCancellable *cancellable, GError **error)
{
    g_auto (Exchange) exchange = { .address = address, .trust = trust, .context = g_main_context_new () };

    g_assert (request->token == NULL || !postern_trust_is_any (trust));

    g_main_context_push_thread_default (exchange.context);
    exchange.session = make_session (trust, request->idle_seconds);
    exchange.message = make_message (address, request);
    exchange.cancellable = g_cancellable_new ();
    exchange.body = g_byte_array_new ();
    run (&exchange, request, cancellable);
    if (exchange.error == NULL)
        return make_response (&exchange);
    g_propagate_error (error, explain (&exchange));
    return NULL;
}
