/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "plan/postern-network-aggregate.h"

/*
 * aggregate FILE
 *
 * Does what `iprange --optimize FILE` does: reads a prefix from each line, and prints the smallest set that holds the
 * same addresses.
 */

static gsize
read_prefixes (const char *text, gsize length, PosternPrefix *prefixes)
{
    const char *end = text + length;
    gsize n = 0;

    for (const char *line = text; line < end;) {
        const char *newline = memchr (line, '\n', (gsize)(end - line));
        gsize line_length = (gsize)((newline ? newline : end) - line);

        if (postern_prefix_parse (&prefixes[n], line, line_length))
            n++;
        else if (line_length > 0)
            g_printerr ("not a prefix: %.*s\n", (int)line_length, line);
        line += line_length + 1;
    }
    return n;
}

static gsize
count_lines (const char *text, gsize length)
{
    const char *end = text + length;
    gsize n = 1;

    while ((text = memchr (text, '\n', (gsize)(end - text))) != NULL) {
        text++;
        n++;
    }
    return n;
}

int
main (int argc, char **argv)
{
    g_autofree char *text = NULL;
    g_autofree PosternPrefix *prefixes = NULL;
    g_autoptr (GError) error = NULL;
    gsize length;
    gsize n;

    if (argc != 2 || !g_file_get_contents (argv[1], &text, &length, &error)) {
        g_printerr ("%s\n", error ? error->message : "aggregate FILE");
        return 1;
    }
    prefixes = g_new (PosternPrefix, count_lines (text, length));
    n = read_prefixes (text, length, prefixes);
    n = postern_prefixes_aggregate (prefixes, n);
    for (gsize i = 0; i < n; i++) {
        char line[POSTERN_PREFIX_TEXT_SIZE];

        postern_prefix_print (&prefixes[i], line);
        puts (line);
    }
    return 0;
}
