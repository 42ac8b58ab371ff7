/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-reply.h"

PosternReply *
postern_reply_new (guint status, const char *type, GBytes *body)
{
    PosternReply *self = g_new0 (PosternReply, 1);

    self->status = status;
    self->type = type;
    self->body = body;
    self->headers = g_strv_builder_new ();
    return self;
}

PosternReply *
postern_reply_new_json (PosternJsonWriter *json)
{
    return postern_reply_new (200, POSTERN_MEDIA_TYPE_JSON, postern_json_writer_finish (json));
}

void
postern_reply_free (PosternReply *self)
{
    g_free (self->code);
    g_bytes_unref (self->body);
    g_strv_builder_unref (self->headers);
    g_free (self);
}

void
postern_reply_add_header (PosternReply *self, const char *name, const char *value)
{
    g_strv_builder_add_many (self->headers, name, value, NULL);
}

void
postern_reply_add_revision (PosternReply *self, guint number)
{
    g_autofree char *tag = g_strdup_printf ("\"%u\"", number);

    postern_reply_add_header (self, "ETag", tag);
}
