/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-exchange.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-plan-json.h"
#include "service/postern-gzip.h"
#include "service/postern-problem.h"

#define LARGEST_HEADERS (32 * 1024)
#define SLOWEST (256 * 1024) /* octets a second */
#define GRACE_SECONDS 30
#define SMALLEST_GZIP 1024

/* How much more than is allowed a client may send before it hears so: it listens only when it has sent all. */
#define TOLERANCE (8 * 1024 * 1024)

PosternExchange *
postern_exchange_new (SoupServerMessage *message, PosternConnection *connection)
{
    PosternExchange *self = g_new0 (PosternExchange, 1);

    self->message = message;
    self->connection = g_object_ref (connection);
    return self;
}

void
postern_exchange_free (PosternExchange *self)
{
    g_clear_pointer (&self->request, postern_request_free);
    g_clear_pointer (&self->reply, postern_reply_free);
    g_clear_pointer (&self->body, g_byte_array_unref);
    g_clear_object (&self->connection);
    g_free (self);
}

static guint
seconds_for (goffset octets)
{
    return GRACE_SECONDS + (guint)(octets / SLOWEST);
}

static gsize
size_of_headers (SoupMessageHeaders *headers)
{
    SoupMessageHeadersIter iter;
    const char *name, *value;
    gsize size = 0;

    soup_message_headers_iter_init (&iter, headers);
    while (soup_message_headers_iter_next (&iter, &name, &value))
        size += strlen (name) + strlen (value) + strlen (": \r\n");
    return size;
}

static PosternReply *
find_operation (PosternExchange *self)
{
    g_autofree char *allowed = NULL;
    PosternReply *reply;

    self->operation =
        postern_api_operation_find (self->request->method, self->request->path, &self->request->number, &allowed);
    if (self->operation)
        return NULL;
    if (allowed == NULL)
        return postern_problem_reply ("not-found", _ ("The Gateway API begins at /api/v1."));
    reply = postern_problem_reply ("method-not-allowed", _ ("This path knows other methods."));
    postern_reply_add_header (reply, "Allow", allowed);
    return reply;
}

static gboolean
is_json (SoupMessageHeaders *headers)
{
    g_autoptr (GHashTable) parameters = NULL;
    const char *type = soup_message_headers_get_content_type (headers, &parameters);
    const char *charset = parameters ? g_hash_table_lookup (parameters, "charset") : NULL;

    return type && g_ascii_strcasecmp (type, "application/json") == 0 &&
           (charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0);
}

static PosternReply *
check_body_headers (PosternExchange *self, SoupMessageHeaders *headers)
{
    const char *coding = soup_message_headers_get_list (headers, "Content-Encoding");
    goffset length = soup_message_headers_get_content_length (headers);

    if (self->operation->largest_body == 0)
        return NULL;
    if (!is_json (headers))
        return postern_problem_reply ("unsupported-media-type",
                                      _ ("The request's body must be of the type application/json."));
    self->gzipped = coding && (g_ascii_strcasecmp (coding, "gzip") == 0 || g_ascii_strcasecmp (coding, "x-gzip") == 0);
    if (coding && !self->gzipped && g_ascii_strcasecmp (coding, "identity") != 0)
        return postern_problem_reply ("unsupported-media-type",
                                      _ ("The request's body may be compressed with gzip only."));
    if (length > 0 && (guint64)length > self->operation->largest_body)
        return postern_problem_reply ("too-large", _ ("The request's body is larger than this operation takes."));
    return NULL;
}

static void
copy_headers (PosternExchange *self, SoupMessageHeaders *headers)
{
    GUri *uri = soup_server_message_get_uri (self->message);
    const char *path = g_uri_get_path (uri);

    self->request = postern_request_new (soup_server_message_get_method (self->message), *path ? path : "/");
    self->request->query = g_strdup (g_uri_get_query (uri));
    self->request->if_match = g_strdup (soup_message_headers_get_list (headers, "If-Match"));
    self->wants_gzip = soup_message_headers_header_contains (headers, "Accept-Encoding", "gzip");
    self->start = g_get_monotonic_time ();
}

PosternReply *
postern_exchange_refuse_target (PosternExchange *self)
{
    /* libsoup could not make a URI of it, and has put another one in its place. */
    self->request = postern_request_new (soup_server_message_get_method (self->message), "?");
    self->start = g_get_monotonic_time ();
    soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message), FALSE);
    return postern_problem_reply ("malformed", _ ("The request's path makes no sense."));
}

PosternReply *
postern_exchange_read_headers (PosternExchange *self)
{
    SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
    goffset length = soup_message_headers_get_content_length (headers);
    PosternReply *refusal;

    copy_headers (self, headers);
    /* libsoup would answer a range of it by itself. */
    soup_message_headers_remove (headers, "Range");
    soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message), FALSE);
    if (size_of_headers (headers) > LARGEST_HEADERS)
        return postern_problem_reply ("headers-too-large", _ ("The request's headers are larger than 32 KiB."));
    refusal = find_operation (self);
    if (refusal)
        return refusal;
    postern_connection_set_deadline (self->connection,
                                     seconds_for (CLAMP (length, 0, (goffset)self->operation->largest_body)));
    return check_body_headers (self, headers);
}

gboolean
postern_exchange_add_body (PosternExchange *self, GBytes *chunk)
{
    gsize length;
    const guint8 *data = g_bytes_get_data (chunk, &length);
    gsize largest = self->operation ? self->operation->largest_body : 0;

    self->received += length;
    if (self->reply || self->received > largest) {
        g_clear_pointer (&self->body, g_byte_array_unref);
        return self->received <= MAX (largest, POSTERN_PLAN_JSON_MAX_SIZE) + TOLERANCE;
    }
    if (self->body == NULL)
        self->body = g_byte_array_new ();
    g_byte_array_append (self->body, data, (guint)length);
    return TRUE;
}

/* A body where none belongs is passed over (RFC 9110, 9.3.1). */
PosternReply *
postern_exchange_finish_body (PosternExchange *self)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) plain = NULL;

    postern_connection_set_deadline (self->connection, 0);
    if (self->operation->largest_body == 0)
        return NULL;
    if (self->received > self->operation->largest_body)
        return postern_problem_reply ("too-large", _ ("The request's body is larger than this operation takes."));
    if (self->body == NULL)
        return NULL;
    g_bytes_unref (self->request->body);
    self->request->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
    if (!self->gzipped)
        return NULL;
    plain = postern_gzip_decompress (self->request->body, self->operation->largest_body, &error);
    if (plain == NULL)
        return postern_problem_reply (
            g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? "too-large" : "malformed", error->message);
    g_bytes_unref (self->request->body);
    self->request->body = g_steal_pointer (&plain);
    return NULL;
}

void
postern_exchange_compress (PosternExchange *self, PosternReply *reply)
{
    GBytes *smaller;

    if (!self->wants_gzip || g_bytes_get_size (reply->body) < SMALLEST_GZIP)
        return;
    smaller = postern_gzip_compress (reply->body);
    g_bytes_unref (reply->body);
    reply->body = smaller;
    postern_reply_add_header (reply, "Content-Encoding", "gzip");
    postern_reply_add_header (reply, "Vary", "Accept-Encoding");
}

static void
write_headers (PosternExchange *self, SoupMessageHeaders *headers)
{
    g_auto (GStrv) extra = g_strv_builder_end (self->reply->headers);

    for (guint i = 0; extra[i] && extra[i + 1]; i += 2)
        soup_message_headers_replace (headers, extra[i], extra[i + 1]);
    soup_message_headers_set_content_type (headers, self->reply->type, NULL);
    soup_message_headers_replace (headers, "Cache-Control", "no-store");
    soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
    soup_message_headers_replace (headers, "Connection", "close");
    if (self->request)
        soup_message_headers_replace (headers, "X-Request-Id", self->request->id);
}

void
postern_exchange_set_reply (PosternExchange *self, PosternReply *reply)
{
    SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

    g_return_if_fail (self->reply == NULL);

    self->reply = reply;
    postern_connection_set_deadline (self->connection, seconds_for ((goffset)g_bytes_get_size (reply->body)));
    write_headers (self, headers);
    soup_server_message_set_status (self->message, reply->status, NULL);
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), reply->body);
    soup_message_body_complete (soup_server_message_get_response_body (self->message));
}

void
postern_exchange_log (PosternExchange *self)
{
    PosternRequest *request = self->request;
    PosternReply *reply = self->reply;
    const char *client = request->client ? request->client : "-";
    const char *address = postern_connection_get_address (self->connection);
    g_autofree char *status = g_strdup_printf ("%u", reply->status);
    g_autofree char *seconds =
        g_strdup_printf ("%.3f", (double)(g_get_monotonic_time () - self->start) / G_USEC_PER_SEC);

    g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "POSTERN_REQUEST", request->id, "POSTERN_CLIENT", client,
                      "POSTERN_ADDRESS", address, "POSTERN_METHOD", request->method, "POSTERN_PATH", request->path,
                      "POSTERN_STATUS", status, "POSTERN_SECONDS", seconds, "POSTERN_CODE",
                      reply->code ? reply->code : "", "MESSAGE", "%s %s %s by %s from %s: %s%s%s in %s s", request->id,
                      request->method, request->path, client, address, status, reply->code ? " " : "",
                      reply->code ? reply->code : "", seconds);
}
