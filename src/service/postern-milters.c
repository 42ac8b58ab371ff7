/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-milters.h"

#include <string.h>

#define SEPARATORS ", \t\r\n"

/* The entries of a list in main.cf; one in braces is one entry, with its own settings behind the first word. */
static char **
split (const char *list)
{
    g_autoptr (GStrvBuilder) entries = g_strv_builder_new ();

    for (const char *at = list + strspn (list, SEPARATORS); *at; at += strspn (at, SEPARATORS)) {
        const char *brace = *at == '{' ? strchr (at, '}') : NULL;
        gsize length = brace ? (gsize)(brace + 1 - at) : strcspn (at, SEPARATORS);

        g_strv_builder_take (entries, g_strndup (at, length));
        at += length;
    }
    return g_strv_builder_end (entries);
}

/* The address in an entry, with one name for the loopback address. */
static char *
address_of (const char *entry)
{
    const char *start = entry + strspn (entry, "{" SEPARATORS);
    g_autoptr (GString) address = g_string_new_len (start, (gssize)strcspn (start, "}" SEPARATORS));

    g_string_replace (address, "inet:localhost:", "inet:127.0.0.1:", 1);
    g_string_replace (address, "inet:[::1]:", "inet:127.0.0.1:", 1);
    g_string_replace (address, "local:", "unix:", 1);
    return g_strdup (address->str);
}

char *
postern_milters_compose (const char *before, const char *milter)
{
    g_auto (GStrv) entries = split (before ? before : "");
    g_autofree char *own = address_of (milter);
    GString *value = g_string_new (NULL);

    for (guint i = 0; entries[i]; i++) {
        g_autofree char *address = address_of (entries[i]);

        if (!g_str_equal (address, own))
            g_string_append_printf (value, "%s, ", entries[i]);
    }
    g_string_append_printf (value, "{ %s, default_action=tempfail }", milter);
    return g_string_free (value, FALSE);
}
