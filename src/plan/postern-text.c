/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-text.h"

#define LONGEST 80

char *
postern_text_for_message (const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, (gssize)strnlen (text, LONGEST * 6 + 6));
    GString *shown = g_string_new (NULL);
    guint n = 0;

    for (const char *at = valid; *at != '\0' && n < LONGEST; at = g_utf8_next_char (at), n++) {
        gunichar c = g_utf8_get_char (at);

        if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
            g_string_append_printf (shown, "\\u%04x", c);
        else
            g_string_append_unichar (shown, c);
    }
    if (n == LONGEST)
        g_string_append (shown, "…");

    return g_string_free (shown, FALSE);
}
