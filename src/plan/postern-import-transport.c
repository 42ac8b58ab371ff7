/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-transport.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

static gboolean G_GNUC_PRINTF (2, 0) refuse (GError **error, const char *sentence, const char *text)
{
    g_autofree char *shown = postern_text_for_message (text);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_ROUTE, sentence, shown);
#pragma GCC diagnostic pop
    return FALSE;
}

gboolean
postern_import_looks_like_transport (const char *text)
{
    gsize name_length = strspn (text, NAME_CHARACTERS);
    const char *next_hop = text + name_length + 1;

    if (text[name_length] != ':')
        return FALSE;
    /* `mailhost:25` and `2001:db8::1` are hosts. */
    if (*next_hop != '\0' && strspn (next_hop, "0123456789") == strlen (next_hop))
        return FALSE;
    return strspn (text, "0123456789abcdefABCDEF:.") < strlen (text) || strchr (next_hop, ':') == NULL;
}

PosternRoute *
postern_import_next_hop_parse (const char *text, GError **error)
{
    const char *colon;
    g_autoptr (PosternRoute) route = NULL;

    if (strpbrk (text, ", \t\n")) {
        refuse (error, _ ("“%s” is a list of hosts. A route has one host; several can share a name in DNS."), text);
        return NULL;
    }
    if (postern_import_looks_like_transport (text) &&
        (g_str_has_prefix (text, "smtp:") || g_str_has_prefix (text, "relay:"))) {
        refuse (error, _ ("“%s” has a transport before the host, which Postfix does not accept here."), text);
        return NULL;
    }
    colon = strchr (text, ':');
    if (text[0] != '[' && colon && strchr (colon + 1, ':')) {
        /* Postfix would stop all its mail. */
        refuse (error, _ ("“%s” is not clear: an IPv6 address stands in brackets, such as [2001:db8::1]:25."), text);
        return NULL;
    }
    route = postern_route_parse (text, error);
    if (route == NULL)
        return NULL;
    return postern_route_with_mx (route, text[0] != '[');
}

/* The transports of a stock Postfix that deliver by SMTP; an empty name is the default one. */
static gboolean
delivers_by_smtp (const char *name, gsize length)
{
    return length == 0 || (length == 4 && strncmp (name, "smtp", 4) == 0) ||
           (length == 5 && strncmp (name, "relay", 5) == 0);
}

gboolean
postern_import_transport_parse (const char *text, PosternDomainRouting *routing, PosternRoute **route, GError **error)
{
    gsize name_length = strspn (text, NAME_CHARACTERS);
    const char *next_hop = text + name_length + 1;

    *route = NULL;
    *routing = POSTERN_DOMAIN_ROUTING_DEFAULT;
    if (text[name_length] != ':')
        return refuse (error, _ ("“%s” names no transport before the host. Postfix wants smtp:[10.0.0.20]:25."), text);
    if (!delivers_by_smtp (text, name_length))
        return refuse (error, _ ("“%s” is not a route: only smtp and relay send mail to another host by SMTP."), text);
    if (text[0] == ':' && text[1] == '\0')
        return TRUE;
    if (*next_hop == '\0') {
        *routing = POSTERN_DOMAIN_ROUTING_DNS;
        return TRUE;
    }
    *routing = POSTERN_DOMAIN_ROUTING_OWN;
    *route = postern_import_next_hop_parse (next_hop, error);
    return *route != NULL;
}
