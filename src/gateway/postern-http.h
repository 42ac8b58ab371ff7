/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gateway/postern-gateway-address.h"
#include "gateway/postern-trust.h"

G_BEGIN_DECLS

/* The largest body that is sent or read, in bytes (design, Gateway API v1). */
#define POSTERN_HTTP_MAX_BODY (64 * 1024 * 1024)

/*
 * PosternHttpRequest:
 * @method: "GET", "PUT", "POST"
 * @path: the absolute path
 * @token: (nullable): the bearer token; goes into the Authorization header and nowhere else
 * @if_match: (nullable): the entity tag, quoted
 * @body: (nullable): a JSON document
 * @idle_seconds: the longest silence on the connection
 * @deadline_seconds: the longest time for all of it
 *
 * One request. A plain value; the caller owns everything.
 */
typedef struct {
    const char *method;
    const char *path;
    const char *token;
    const char *if_match;
    GBytes *body;
    guint idle_seconds;
    guint deadline_seconds;
} PosternHttpRequest;

/*
 * PosternHttpResponse:
 * @status: the status code
 * @reason: its reason phrase
 * @content_type: (nullable): the media type without parameters
 * @etag: (nullable): the entity tag as it was sent
 * @location: (nullable): where a redirect points to
 * @retry_after: seconds to wait, 0 if nothing was said
 * @body: the whole body, decoded
 *
 * One answer, complete, whatever its status.
 */
typedef struct {
    guint status;
    char *reason;
    char *content_type;
    char *etag;
    char *location;
    guint retry_after;
    GBytes *body;
} PosternHttpResponse;

void postern_http_response_free (PosternHttpResponse *self);

/*
 * postern_http_send:
 *
 * Sends one request over a TLS connection of its own and reads the answer, blocking. No redirect is followed and
 * nothing is sent twice. Runs in a main context of its own, so nothing of the caller's is dispatched meanwhile.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with a #PosternGatewayError that says what kept it from
 * coming
 */
PosternHttpResponse *postern_http_send (PosternGatewayAddress *address, PosternTrust *trust,
                                        const PosternHttpRequest *request, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternHttpResponse, postern_http_response_free)

G_END_DECLS
