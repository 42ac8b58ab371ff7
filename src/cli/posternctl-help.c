/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-help.h"

#include <string.h>

/* Where the second column begins, or the indentation of a line without one. */
static gsize
find_column (const char *line)
{
    gsize indentation = strspn (line, " ");
    const char *gap = strstr (line + indentation, "  ");

    if (gap == NULL || indentation == 0)
        return indentation;
    return g_utf8_strlen (line, gap - line) + strspn (gap, " ");
}

static void
append_wrapped (GString *wrapped, const char *line)
{
    g_auto (GStrv) words = NULL;
    gsize column = find_column (line), width;
    const char *rest = g_utf8_offset_to_pointer (line, (glong)column);

    g_string_append_len (wrapped, line, rest - line);
    width = column;
    words = g_strsplit (rest, " ", -1);
    for (gsize i = 0; words[i] != NULL; i++) {
        gsize length = g_utf8_strlen (words[i], -1);

        if (i > 0 && width + 1 + length > POSTERNCTL_HELP_WIDTH) {
            g_string_append_printf (wrapped, "\n%*s", (int)column, "");
            width = column;
        } else if (i > 0) {
            g_string_append_c (wrapped, ' ');
            width++;
        }
        g_string_append (wrapped, words[i]);
        width += length;
    }
}

char *
posternctl_help_wrap (const char *text)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    GString *wrapped = g_string_new (NULL);

    for (gsize i = 0; lines[i] != NULL; i++) {
        if (i > 0)
            g_string_append_c (wrapped, '\n');
        if (g_utf8_strlen (lines[i], -1) > POSTERNCTL_HELP_WIDTH)
            append_wrapped (wrapped, lines[i]);
        else
            g_string_append (wrapped, lines[i]);
    }
    return g_string_free_and_steal (wrapped);
}
