/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternRequest:
 * @id: what the log and the answer call it
 * @method: such as "GET"
 * @path: without the query, not percent-encoded
 * @query: (nullable): what stands behind the question mark, percent-encoded
 * @number: the number in the path, if its route has one
 * @if_match: (nullable): the header of that name
 * @client: (nullable): the name of the token that it was made with
 * @body: its body, no longer compressed; may be empty
 *
 * What a handler gets to know of an HTTP request: a copy, for another thread than the one that speaks HTTP.
 */
typedef struct {
    char *id;
    char *method;
    char *path;
    char *query;
    guint number;
    char *if_match;
    char *client;
    GBytes *body;
} PosternRequest;

PosternRequest *postern_request_new (const char *method, const char *path);
void postern_request_free (PosternRequest *self);

/** postern_request_drop_body: frees the body as soon as it has been read: it may be very large */
void postern_request_drop_body (PosternRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRequest, postern_request_free)

G_END_DECLS
