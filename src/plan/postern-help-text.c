/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-help-text.h"

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

        if (i > 0 && width + 1 + length > POSTERN_HELP_TEXT_WIDTH) {
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

/* Whether @next goes on with the paragraph of @line, of which one broken line would leave a scrap otherwise. */
static gboolean
goes_on (const char *line, const char *next)
{
    return next != NULL && *line != ' ' && *next != ' ' && *next != '\0';
}

/* GLib gives lines of their own to what introduces the usage and the options; there is no room for them on a screen. */
static char **
split_compactly (const char *text)
{
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (gsize i = 0; lines[i] != NULL; i++) {
        const char *next = lines[i + 1] != NULL ? lines[i + 1] : "";

        if (*lines[i] == ' ' || !g_str_has_suffix (lines[i], ":") || !g_str_has_prefix (next, "  "))
            g_strv_builder_add (builder, lines[i]);
        else if (i == 0)
            g_strv_builder_take (builder, g_strconcat (lines[i++], next + 1, NULL));
        else if (next[2] != '-')
            g_strv_builder_add (builder, lines[i]);
    }
    return g_strv_builder_end (builder);
}

char *
postern_help_text_wrap (const char *text)
{
    g_auto (GStrv) lines = split_compactly (text);
    GString *wrapped = g_string_new (NULL);

    for (gsize i = 0; lines[i] != NULL; i++) {
        g_autoptr (GString) line = g_string_new (lines[i]);

        if (i > 0)
            g_string_append_c (wrapped, '\n');
        while (g_utf8_strlen (line->str, -1) > POSTERN_HELP_TEXT_WIDTH && goes_on (line->str, lines[i + 1]))
            g_string_append_printf (line, " %s", lines[++i]);
        append_wrapped (wrapped, line->str);
    }
    return g_string_free_and_steal (wrapped);
}
