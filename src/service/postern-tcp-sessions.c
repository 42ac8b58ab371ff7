/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-tcp-sessions.h"

#include <string.h>

#define ESTABLISHED "01"

/* A line is “N: LOCAL:PORT REMOTE:PORT STATE …”, all in hexadecimal digits. */
static void
add_session (GStrvBuilder *sessions, const char *line, const char *port)
{
    g_auto (GStrv) words = g_strsplit_set (line, " ", -1);
    const char *fields[4] = { NULL };
    guint n = 0;

    for (guint i = 0; words[i] && n < G_N_ELEMENTS (fields); i++) {
        if (*words[i])
            fields[n++] = words[i];
    }
    if (n == G_N_ELEMENTS (fields) && g_str_has_suffix (fields[1], port) && g_str_equal (fields[3], ESTABLISHED))
        g_strv_builder_add (sessions, fields[2]);
}

static gboolean
add_sessions (GStrvBuilder *sessions, const char *path, const char *port)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    if (!g_file_get_contents (path, &text, NULL, NULL))
        return FALSE;
    lines = g_strsplit (text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        add_session (sessions, lines[i], port);
    return TRUE;
}

char **
postern_tcp_sessions_list (guint16 port)
{
    g_autoptr (GStrvBuilder) sessions = g_strv_builder_new ();
    g_autofree char *suffix = g_strdup_printf (":%04X", port);

    if (!add_sessions (sessions, "/proc/net/tcp", suffix))
        return NULL;
    add_sessions (sessions, "/proc/net/tcp6", suffix); /* a host without IPv6 has none */
    return g_strv_builder_end (sessions);
}
