/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-reply-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"

/* How much of a line that is not SMTP is quoted in an error. */
#define QUOTED_BYTES 60

struct _PosternSmtpReplyParser {
    char *server;
    GString *line;
    GPtrArray *lines;
    guint code;
    gsize n_bytes;
};

PosternSmtpReplyParser *
postern_smtp_reply_parser_new (const char *server)
{
    PosternSmtpReplyParser *self;

    g_return_val_if_fail (server != NULL, NULL);

    self = g_new0 (PosternSmtpReplyParser, 1);
    self->server = g_strdup (server);
    self->line = g_string_new (NULL);
    self->lines = g_ptr_array_new_null_terminated (4, g_free, TRUE);
    return self;
}

void
postern_smtp_reply_parser_free (PosternSmtpReplyParser *self)
{
    g_return_if_fail (self != NULL);

    g_free (self->server);
    g_string_free (self->line, TRUE);
    g_ptr_array_unref (self->lines);
    g_free (self);
}

gboolean
postern_smtp_reply_parser_is_empty (PosternSmtpReplyParser *self)
{
    g_return_val_if_fail (self != NULL, TRUE);

    return self->n_bytes == 0;
}

static gboolean
fail_protocol (PosternSmtpReplyParser *self, GError **error)
{
    g_autofree char *quote = postern_smtp_reply_clean_text (self->line->str, MIN (self->line->len, QUOTED_BYTES));

    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_PROTOCOL,
                 /* Translators: the first %s is a server such as mail.example.com:25, the second what it said. */
                 _ ("%s does not speak SMTP: it said “%s”."), self->server, quote);
    return FALSE;
}

static gboolean
fail_too_much (PosternSmtpReplyParser *self, GError **error)
{
    g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_TOO_MUCH,
                 /* Translators: %s is a server such as mail.example.com:25. */
                 _ ("%s sent a reply without end; reading was stopped."), self->server);
    return FALSE;
}

/* The code at the start of @line, or 0. RFC 5321 section 4.2: the first digit is 2 to 5; the others are not looked at
 * here because servers in use go beyond what it allows. */
static guint
read_code (const char *line, gsize length)
{
    if (length < 3 || line[0] < '2' || line[0] > '5' || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]))
        return 0;
    return (guint)(line[0] - '0') * 100 + (guint)(line[1] - '0') * 10 + (guint)(line[2] - '0');
}

/* Takes the line that has just ended; @last is set if it is the reply's last one. */
static gboolean
take_line (PosternSmtpReplyParser *self, gboolean *last, GError **error)
{
    GString *line = self->line;
    guint code;
    char separator;

    if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate (line, line->len - 1);
    code = read_code (line->str, line->len);
    separator = line->len > 3 ? line->str[3] : ' ';
    if (code == 0 || (self->lines->len > 0 && code != self->code) || (separator != ' ' && separator != '-'))
        return fail_protocol (self, error);
    if (self->lines->len == POSTERN_SMTP_REPLY_MAX_LINES)
        return fail_too_much (self, error);

    self->code = code;
    g_ptr_array_add (self->lines,
                     line->len > 4 ? postern_smtp_reply_clean_text (line->str + 4, line->len - 4) : g_strdup (""));
    g_string_truncate (line, 0);
    *last = separator == ' ';
    return TRUE;
}

static PosternSmtpReply *
finish (PosternSmtpReplyParser *self)
{
    PosternSmtpReply *reply = postern_smtp_reply_new (self->code, (const char *const *)self->lines->pdata);

    g_ptr_array_set_size (self->lines, 0);
    self->n_bytes = 0;
    return reply;
}

gboolean
postern_smtp_reply_parser_push (PosternSmtpReplyParser *self, const guint8 *data, gsize length, gsize *used,
                                PosternSmtpReply **reply, GError **error)
{
    gboolean last = FALSE;

    g_return_val_if_fail (self != NULL, FALSE);
    g_return_val_if_fail (used != NULL && reply != NULL, FALSE);

    *reply = NULL;
    *used = 0;
    while (*used < length && !last) {
        const guint8 *start = data + *used;
        const guint8 *end = memchr (start, '\n', length - *used);
        gsize n = end != NULL ? (gsize)(end - start) : length - *used;

        if (self->line->len + n > POSTERN_SMTP_REPLY_MAX_LINE || self->n_bytes + n > POSTERN_SMTP_REPLY_MAX_BYTES)
            return fail_too_much (self, error);
        g_string_append_len (self->line, (const char *)start, (gssize)n);
        n += end != NULL ? 1 : 0;
        self->n_bytes += n;
        *used += n;
        if (end != NULL && !take_line (self, &last, error))
            return FALSE;
    }
    if (last)
        *reply = finish (self);
    return TRUE;
}
