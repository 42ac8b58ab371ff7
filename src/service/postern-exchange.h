/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "service/postern-api-operation.h"
#include "service/postern-connection.h"
#include "service/postern-request.h"

G_BEGIN_DECLS

/**
 * PosternExchange:
 * @message: libsoup's side of it
 * @connection: whom it is with
 * @request: what is asked; %NULL before its headers are there
 * @operation: (nullable): the operation that it asks for
 * @gzipped: whether the body comes compressed
 * @wants_gzip: whether the answer may be
 * @received: octets of the body so far, also those that are thrown away
 * @body: the body so far; %NULL if it is thrown away
 * @working: whether a worker has been asked to make the answer
 * @reply: (nullable): the answer
 * @start: when the headers were there
 *
 * One request and its answer, on the main context but for the moment when a worker makes the answer.
 */
typedef struct {
    SoupServerMessage *message;
    PosternConnection *connection;
    PosternRequest *request;
    const PosternApiOperation *operation;
    gboolean gzipped;
    gboolean wants_gzip;
    gsize received;
    GByteArray *body;
    gboolean working;
    PosternReply *reply;
    gint64 start;
} PosternExchange;

PosternExchange *postern_exchange_new (SoupServerMessage *message, PosternConnection *connection);
void postern_exchange_free (PosternExchange *self);

/** postern_exchange_refuse_target: Returns: (transfer full): the refusal of a request whose target is no path */
PosternReply *postern_exchange_refuse_target (PosternExchange *self);

/** postern_exchange_read_headers: Returns: (transfer full) (nullable): the refusal of a request whose headers do not
 * do, or %NULL */
PosternReply *postern_exchange_read_headers (PosternExchange *self);

/** postern_exchange_add_body: Returns: whether to go on; %FALSE if the client sends so much that only cutting helps */
gboolean postern_exchange_add_body (PosternExchange *self, GBytes *chunk);

/** postern_exchange_finish_body: for a worker thread, because it may have to decompress. Returns: (transfer full)
 * (nullable): the refusal of a request whose body does not do, or %NULL */
PosternReply *postern_exchange_finish_body (PosternExchange *self);

/** postern_exchange_compress: for a worker thread: compresses @reply if it is large and the client takes that */
void postern_exchange_compress (PosternExchange *self, PosternReply *reply);

/** postern_exchange_set_reply: @reply: (transfer full): the answer, which is written as soon as libsoup goes on; the
 * client must take it in reasonable time */
void postern_exchange_set_reply (PosternExchange *self, PosternReply *reply);

/** postern_exchange_log: one line in the log about an answered request: who, what, how it ended, how long it took; no
 * token, no body */
void postern_exchange_log (PosternExchange *self);

G_END_DECLS
