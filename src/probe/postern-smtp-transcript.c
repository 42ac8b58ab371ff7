/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-transcript.h"

#define MAX_BYTES (128 * 1024)

struct _PosternSmtpTranscript {
    GString *text;
};

PosternSmtpTranscript *
postern_smtp_transcript_new (void)
{
    PosternSmtpTranscript *self = g_new0 (PosternSmtpTranscript, 1);

    self->text = g_string_new (NULL);
    return self;
}

void
postern_smtp_transcript_free (PosternSmtpTranscript *self)
{
    g_return_if_fail (self != NULL);

    g_string_free (self->text, TRUE);
    g_free (self);
}

static void
add_line (PosternSmtpTranscript *self, char who, const char *line)
{
    if (self->text->len >= MAX_BYTES)
        return;
    g_string_append_printf (self->text, "%c: %s\n", who, line);
    if (self->text->len >= MAX_BYTES)
        g_string_append (self->text, "…\n");
}

void
postern_smtp_transcript_add_command (PosternSmtpTranscript *self, const char *command)
{
    add_line (self, 'C', command);
}

void
postern_smtp_transcript_add_reply (PosternSmtpTranscript *self, PosternSmtpReply *reply)
{
    const char *const *lines = postern_smtp_reply_get_lines (reply);

    for (gsize i = 0; lines[i] != NULL; i++) {
        g_autofree char *line = g_strdup_printf ("%03u%c%s", postern_smtp_reply_get_code (reply),
                                                 lines[i + 1] != NULL ? '-' : ' ', lines[i]);

        add_line (self, 'S', line);
    }
}

const char *
postern_smtp_transcript_get_text (PosternSmtpTranscript *self)
{
    return self->text->str;
}
