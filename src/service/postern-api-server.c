/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-server.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <malloc.h>

#include "service/postern-exchange.h"
#include "service/postern-guard.h"
#include "service/postern-gzip.h"
#include "service/postern-listener.h"
#include "service/postern-problem.h"

#define LIGHT_WORKERS 8
#define HEAVY_WORKERS 3
#define HEADERS_SECONDS 15
#define STOP_SECONDS 120
#define LARGE_BODY (1024 * 1024)

struct _PosternApiServer {
    GObject parent_instance;

    PosternApi *api; /* not ours */
    PosternGuard *guard;
    PosternListener *listener;
    SoupServer *soup;
    GThreadPool *light; /* for operations that are soon done, so that they need not wait for the others */
    GThreadPool *heavy;
    PosternConnection *arriving; /* the one that is being handed to libsoup */
    guint n_working;             /* exchanges whose answer is being made or written */
    gboolean stopping;
};

G_DEFINE_FINAL_TYPE (PosternApiServer, postern_api_server, G_TYPE_OBJECT)

/* An exchange on its way to a worker thread and back. */
typedef struct {
    PosternApiServer *server;
    SoupServerMessage *message;
    PosternExchange *exchange;
    PosternReply *reply;
} Work;

static gboolean
return_cb (gpointer data)
{
    Work *work = data;

    postern_exchange_set_reply (work->exchange, g_steal_pointer (&work->reply));
    soup_server_message_unpause (work->message);
    g_object_unref (work->message);
    g_object_unref (work->server);
    g_free (work);
    return G_SOURCE_REMOVE;
}

/* In a worker thread. */
static void
work_cb (gpointer data, gpointer user_data)
{
    Work *work = data;
    PosternExchange *exchange = work->exchange;

    work->reply = postern_exchange_finish_body (exchange);
    if (work->reply == NULL)
        work->reply = exchange->operation->handler (work->server->api, exchange->request);
    postern_exchange_compress (exchange, work->reply);
    if (exchange->received > LARGE_BODY)
        malloc_trim (0); /* a plan of 100,000 domains is many small pieces, which would stay with the process */
    g_idle_add_full (G_PRIORITY_DEFAULT, return_cb, work, NULL);
}

/* The whole request is there, and nothing has been wrong with it so far. */
static void
handle_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
    PosternApiServer *self = data;
    PosternExchange *exchange = g_object_get_data (G_OBJECT (message), "postern-exchange");
    Work *work;

    if (self->stopping) {
        postern_exchange_set_reply (
            exchange, postern_problem_reply ("stopping", _ ("The service is being stopped. Try again in a moment.")));
        return;
    }
    work = g_new0 (Work, 1);
    work->server = g_object_ref (self);
    work->message = g_object_ref (message);
    work->exchange = exchange;
    exchange->working = TRUE;
    self->n_working++;
    soup_server_message_pause (message);
    g_thread_pool_push (exchange->operation->heavy ? self->heavy : self->light, work, NULL);
}

static void
got_headers_cb (SoupServerMessage *message, PosternExchange *exchange)
{
    PosternApiServer *self = g_object_get_data (G_OBJECT (message), "postern-server");
    SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
    PosternReply *refusal;

    if (soup_server_message_get_status (message) != 0) {
        postern_exchange_set_reply (exchange, postern_exchange_refuse_target (exchange));
        return;
    }
    refusal = postern_exchange_read_headers (exchange);
    if (exchange->operation) {
        PosternReply *forbidden = postern_guard_check (
            self->guard, exchange->operation->access, soup_message_headers_get_one (headers, "Authorization"),
            postern_connection_get_address (exchange->connection), &exchange->request->client);

        /* Whoever may not ask does not hear what was wrong with the question. */
        if (forbidden) {
            g_clear_pointer (&refusal, postern_reply_free);
            refusal = forbidden;
        }
    }
    if (refusal)
        postern_exchange_set_reply (exchange, refusal);
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, PosternExchange *exchange)
{
    if (!postern_exchange_add_body (exchange, chunk))
        postern_connection_cut (exchange->connection);
}

static void
finished_cb (SoupServerMessage *message, PosternExchange *exchange)
{
    PosternApiServer *self = g_object_get_data (G_OBJECT (message), "postern-server");

    if (exchange->working)
        self->n_working--;
    if (exchange->request && exchange->reply)
        postern_exchange_log (exchange);
}

/* libsoup makes a message as soon as it gets a stream. */
static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
    PosternApiServer *self = data;
    PosternExchange *exchange;

    g_return_if_fail (self->arriving != NULL);

    exchange = postern_exchange_new (message, self->arriving);
    g_object_set_data (G_OBJECT (message), "postern-server", self);
    g_object_set_data_full (G_OBJECT (message), "postern-exchange", exchange, (GDestroyNotify)postern_exchange_free);
    g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), exchange);
    g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), exchange);
    g_signal_connect (message, "finished", G_CALLBACK (finished_cb), exchange);
}

static void
accepted_cb (PosternConnection *connection, GIOStream *stream, gpointer data)
{
    PosternApiServer *self = data;
    g_autoptr (GError) error = NULL;

    postern_connection_set_deadline (connection, HEADERS_SECONDS);
    self->arriving = connection;
    if (!soup_server_accept_iostream (self->soup, stream, postern_connection_get_local (connection),
                                      postern_connection_get_remote (connection), &error))
        g_info ("connection from %s: %s", postern_connection_get_address (connection), error->message);
    self->arriving = NULL;
}

static void
postern_api_server_dispose (GObject *object)
{
    PosternApiServer *self = POSTERN_API_SERVER (object);

    if (self->soup)
        soup_server_disconnect (self->soup);
    g_clear_object (&self->soup);
    g_clear_object (&self->listener);
    if (self->light)
        g_thread_pool_free (g_steal_pointer (&self->light), FALSE, TRUE);
    if (self->heavy)
        g_thread_pool_free (g_steal_pointer (&self->heavy), FALSE, TRUE);
    g_clear_pointer (&self->guard, postern_guard_free);

    G_OBJECT_CLASS (postern_api_server_parent_class)->dispose (object);
}

static void
postern_api_server_class_init (PosternApiServerClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = postern_api_server_dispose;
}

static void
postern_api_server_init (PosternApiServer *self)
{
    self->soup = soup_server_new (NULL, NULL);
    self->light = g_thread_pool_new (work_cb, self, LIGHT_WORKERS, FALSE, NULL);
    self->heavy = g_thread_pool_new (work_cb, self, HEAVY_WORKERS, FALSE, NULL);
    soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
    g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
}

PosternApiServer *
postern_api_server_new (PosternApi *api, PosternTokens *tokens, GTlsCertificate *certificate)
{
    PosternApiServer *self = g_object_new (POSTERN_TYPE_API_SERVER, NULL);

    self->api = api;
    self->guard = postern_guard_new (tokens);
    self->listener = postern_listener_new (certificate, accepted_cb, self);
    return self;
}

char *
postern_api_server_listen (PosternApiServer *self, const char *where, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_API_SERVER (self), NULL);

    return postern_listener_listen (self->listener, where, error);
}

void
postern_api_server_set_certificate (PosternApiServer *self, GTlsCertificate *certificate)
{
    g_return_if_fail (POSTERN_IS_API_SERVER (self));

    postern_listener_set_certificate (self->listener, certificate);
}

void
postern_api_server_start (PosternApiServer *self)
{
    g_return_if_fail (POSTERN_IS_API_SERVER (self));

    postern_listener_start (self->listener);
}

static gboolean
give_up_cb (gpointer data)
{
    gboolean *late = data;

    *late = TRUE;
    return G_SOURCE_CONTINUE;
}

void
postern_api_server_stop (PosternApiServer *self)
{
    gboolean late = FALSE;
    guint timeout;

    g_return_if_fail (POSTERN_IS_API_SERVER (self));

    self->stopping = TRUE;
    postern_listener_stop (self->listener);
    timeout = g_timeout_add_seconds (STOP_SECONDS, give_up_cb, &late);
    while (!late && self->n_working > 0)
        g_main_context_iteration (NULL, TRUE);
    g_source_remove (timeout);
}
