/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-request.h"

PosternRequest *
postern_request_new (const char *method, const char *path)
{
    PosternRequest *self = g_new0 (PosternRequest, 1);

    self->id = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
    self->method = g_strdup (method);
    self->path = g_strdup (path);
    self->body = g_bytes_new_static ("", 0);
    return self;
}

void
postern_request_drop_body (PosternRequest *self)
{
    g_bytes_unref (self->body);
    self->body = g_bytes_new_static ("", 0);
}

void
postern_request_free (PosternRequest *self)
{
    g_free (self->id);
    g_free (self->method);
    g_free (self->path);
    g_free (self->query);
    g_free (self->if_match);
    g_free (self->client);
    g_bytes_unref (self->body);
    g_free (self);
}
