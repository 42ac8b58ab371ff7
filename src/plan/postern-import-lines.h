/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/**
 * PosternImportLines:
 * @line: (nullable): the present line, without its end and without white space there
 * @length: its length
 * @number: its number, from 1
 *
 * Goes through the lines of a text that end as they do on Unix, Windows or an old Macintosh. Made to be inlined: a text
 * has millions of lines.
 */
typedef struct {
    const char *line;
    gsize length;
    guint number;
    /*< private >*/
    const char *next;
    const char *end;
    char terminator;
} PosternImportLines;

static inline void
postern_import_lines_init (PosternImportLines *self, const char *text, gsize length)
{
    *self = (PosternImportLines){ .next = text, .end = text + length };
    self->terminator = length > 0 && memchr (text, '\n', length) == NULL ? '\r' : '\n';
}

static inline gboolean
postern_import_is_blank (char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* Returns whether there is one more line. */
static inline gboolean
postern_import_lines_next (PosternImportLines *self)
{
    const char *end;

    if (self->next >= self->end)
        return FALSE;
    end = memchr (self->next, self->terminator, (gsize)(self->end - self->next));
    if (end == NULL)
        end = self->end;
    self->line = self->next;
    self->next = end + 1;
    self->number++;
    while (end > self->line && postern_import_is_blank (end[-1]))
        end--;
    self->length = (gsize)(end - self->line);
    return TRUE;
}

/* How many blanks the line begins with. */
static inline gsize
postern_import_lines_indent (const PosternImportLines *self)
{
    gsize n = 0;

    while (n < self->length && postern_import_is_blank (self->line[n]))
        n++;
    return n;
}

/* Whether the line has nothing to say: it is empty or a comment. A lone semicolon begins a comment in many lists. */
static inline gboolean
postern_import_lines_is_comment (const PosternImportLines *self)
{
    gsize indent = postern_import_lines_indent (self);
    const char *first = self->line + indent;

    return indent == self->length || *first == '#' || *first == ';' ||
           (self->length - indent >= 2 && first[0] == '/' && first[1] == '/');
}

G_END_DECLS
