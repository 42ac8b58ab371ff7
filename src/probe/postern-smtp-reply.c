/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-reply.h"

#include <string.h>

struct _PosternSmtpReply {
    gatomicrefcount references;
    guint code;
    char *enhanced;
    GStrv lines;
    char *text;
    char *display;
};

G_DEFINE_BOXED_TYPE (PosternSmtpReply, postern_smtp_reply, postern_smtp_reply_ref, postern_smtp_reply_unref)

static gboolean
is_printable (gunichar c)
{
    GUnicodeType type = g_unichar_type (c);

    return g_unichar_isprint (c) && type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

char *
postern_smtp_reply_clean_text (const char *text, gssize length)
{
    g_autofree char *valid = g_utf8_make_valid (text, length);
    g_autoptr (GString) clean = g_string_sized_new (strlen (valid));

    for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c)) {
        gunichar character = g_utf8_get_char (c);

        if (character == '\t')
            g_string_append_c (clean, ' ');
        else
            g_string_append_unichar (clean, is_printable (character) ? character : 0xFFFD);
    }
    return g_string_free_and_steal (g_steal_pointer (&clean));
}

/* One number of an enhanced status: one to three digits (RFC 3463 section 2). */
static gsize
count_digits (const char *text)
{
    gsize n = strspn (text, "0123456789");

    return n <= 3 ? n : 0;
}

/* The length of the enhanced status at the start of @line that goes with @code, or 0. */
static gsize
measure_enhanced (guint code, const char *line)
{
    gsize length = 2;
    gsize digits;

    if ((guint)(line[0] - '0') != code / 100 || line[1] != '.' || !strchr ("245", line[0]))
        return 0;
    digits = count_digits (line + length);
    if (digits == 0 || line[length + digits] != '.')
        return 0;
    length += digits + 1;
    digits = count_digits (line + length);
    if (digits == 0 || (line[length + digits] != ' ' && line[length + digits] != '\0'))
        return 0;
    return length + digits;
}

static char *
join_text (PosternSmtpReply *self)
{
    GString *text = g_string_new (NULL);

    for (gsize i = 0; self->lines[i] != NULL; i++) {
        const char *line = self->lines[i];

        /* RFC 2034 repeats the status on each line; once is enough for a reader. */
        line += measure_enhanced (self->code, line);
        line += strspn (line, " ");
        if (*line == '\0')
            continue;
        if (text->len > 0)
            g_string_append_c (text, ' ');
        g_string_append (text, line);
    }
    return g_string_free_and_steal (text);
}

static char *
make_display (PosternSmtpReply *self)
{
    GString *display = g_string_new (NULL);

    g_string_append_printf (display, "%03u", self->code);
    if (self->enhanced != NULL)
        g_string_append_printf (display, " %s", self->enhanced);
    if (*self->text != '\0')
        g_string_append_printf (display, " %s", self->text);
    return g_string_free_and_steal (display);
}

PosternSmtpReply *
postern_smtp_reply_new (guint code, const char *const *lines)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    PosternSmtpReply *self;
    gsize enhanced;

    g_return_val_if_fail (code >= 200 && code <= 599, NULL);
    g_return_val_if_fail (lines != NULL && lines[0] != NULL, NULL);

    self = g_new0 (PosternSmtpReply, 1);
    g_atomic_ref_count_init (&self->references);
    self->code = code;
    for (gsize i = 0; lines[i] != NULL; i++)
        g_strv_builder_take (builder, postern_smtp_reply_clean_text (lines[i], -1));
    self->lines = g_strv_builder_end (builder);
    enhanced = measure_enhanced (code, self->lines[0]);
    self->enhanced = enhanced > 0 ? g_strndup (self->lines[0], enhanced) : NULL;
    self->text = join_text (self);
    self->display = make_display (self);
    return self;
}

PosternSmtpReply *
postern_smtp_reply_ref (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
postern_smtp_reply_unref (PosternSmtpReply *self)
{
    g_return_if_fail (self != NULL);

    if (!g_atomic_ref_count_dec (&self->references))
        return;
    g_free (self->enhanced);
    g_strfreev (self->lines);
    g_free (self->text);
    g_free (self->display);
    g_free (self);
}

guint
postern_smtp_reply_get_code (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, 0);

    return self->code;
}

const char *
postern_smtp_reply_get_enhanced (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->enhanced;
}

const char *const *
postern_smtp_reply_get_lines (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return (const char *const *)self->lines;
}

const char *
postern_smtp_reply_get_text (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->text;
}

const char *
postern_smtp_reply_get_display (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->display;
}

gboolean
postern_smtp_reply_is_positive (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, FALSE);

    return self->code / 100 == 2;
}

gboolean
postern_smtp_reply_is_temporary (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, FALSE);

    return self->code / 100 == 4;
}

gboolean
postern_smtp_reply_is_permanent (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, FALSE);

    return self->code / 100 == 5;
}

gboolean
postern_smtp_reply_is_closing (PosternSmtpReply *self)
{
    g_return_val_if_fail (self != NULL, FALSE);

    return self->code == 421;
}
