/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-json-writer.h"

G_BEGIN_DECLS

/**
 * PosternReply:
 * @status: the HTTP status
 * @code: (nullable): a problem's code, for the log
 * @type: the body's media type
 * @body: the body
 * @headers: names and values of further headers by turns, %NULL-terminated
 *
 * What a handler answers.
 */
typedef struct {
    guint status;
    char *code;
    const char *type;
    GBytes *body;
    GStrvBuilder *headers;
} PosternReply;

#define POSTERN_MEDIA_TYPE_JSON "application/json"
#define POSTERN_MEDIA_TYPE_PROBLEM "application/problem+json"

/** postern_reply_new: @body: (transfer full): a JSON document; @type: (not nullable): a static text */
PosternReply *postern_reply_new (guint status, const char *type, GBytes *body);
/** postern_reply_new_json: 200 with what @json wrote; @json: (transfer full) */
PosternReply *postern_reply_new_json (PosternJsonWriter *json);
void postern_reply_free (PosternReply *self);

void postern_reply_add_header (PosternReply *self, const char *name, const char *value);
/** postern_reply_add_revision: the ETag of the revision @number */
void postern_reply_add_revision (PosternReply *self, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternReply, postern_reply_free)

G_END_DECLS
