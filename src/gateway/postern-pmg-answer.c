/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-answer.h"

#include <libsoup/soup.h>

static guint
parse_retry_after (SoupMessageHeaders *headers)
{
    const char *text = soup_message_headers_get_one (headers, "Retry-After");
    guint64 seconds = 0;

    if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
        return seconds;
    return 0;
}

static void
take_headers (PosternPmgAnswer *self, SoupMessageHeaders *headers)
{
    SoupEncoding encoding = soup_message_headers_get_encoding (headers);

    self->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
    self->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
    self->retry_after = parse_retry_after (headers);
    self->chunked = encoding == SOUP_ENCODING_CHUNKED;
    self->length = encoding == SOUP_ENCODING_CONTENT_LENGTH ? soup_message_headers_get_content_length (headers) : -1;
    if (self->status == SOUP_STATUS_NO_CONTENT || self->status == SOUP_STATUS_NOT_MODIFIED)
        self->length = 0;
}

PosternPmgAnswer *
postern_pmg_answer_parse_head (const char *head, gsize length)
{
    g_autoptr (PosternPmgAnswer) self = g_new0 (PosternPmgAnswer, 1);
    SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
    gboolean good =
        length <= G_MAXINT && soup_headers_parse_response (head, length, headers, NULL, &self->status, &self->reason);

    if (good)
        take_headers (self, headers);
    soup_message_headers_unref (headers);
    return good ? g_steal_pointer (&self) : NULL;
}

void
postern_pmg_answer_free (PosternPmgAnswer *self)
{
    g_free (self->reason);
    g_free (self->content_type);
    g_free (self->location);
    g_clear_pointer (&self->body, g_bytes_unref);
    g_free (self);
}
