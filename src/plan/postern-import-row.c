/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-row.h"

#include <string.h>

static gboolean
is_delimiter (char c, char delimiter)
{
    return c == delimiter || (delimiter == ' ' && c == '\t');
}

/* Reads a quoted field, in which "" stands for ", over itself; returns what is behind it. */
static char *
unquote (PosternImportRow *self, char *at)
{
    char *to = at;

    for (at++; *at != '\0'; at++) {
        if (*at == '"' && at[1] == '"')
            at++;
        else if (*at == '"')
            break;
        *to++ = *at;
    }
    self->complete = *at == '"';
    at += self->complete;
    /* What stands between a closing quote and the delimiter is kept, so that it is not passed over in silence. */
    if (to < at)
        memmove (to, at, strlen (at) + 1);
    return to;
}

static char *
skip_blanks (char *at, char delimiter)
{
    while ((*at == ' ' || *at == '\t') && (*at != delimiter || delimiter == ' '))
        at++;
    return at;
}

void
postern_import_row_split (PosternImportRow *self, const char *text, gsize length, char delimiter)
{
    char *at = self->buffer;

    g_return_if_fail (length <= POSTERN_IMPORT_ITEM_MAX_LENGTH);

    memcpy (self->buffer, text, length);
    self->buffer[length] = '\0';
    self->n_fields = 0;
    self->complete = TRUE;
    while (self->complete && self->n_fields < POSTERN_IMPORT_ROW_MOST_FIELDS) {
        gboolean more;
        char *start = at = skip_blanks (at, delimiter);

        if (*at == '"')
            at = unquote (self, at);
        while (*at != '\0' && !is_delimiter (*at, delimiter))
            at++;
        more = *at != '\0';
        *at++ = '\0';
        self->fields[self->n_fields++] = g_strchomp (start);
        if (!more)
            break;
    }
}
