/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-server-name.h"

#include <string.h>

#include "probe/postern-smtp-reply.h"

char *
postern_smtp_format_server (const char *host, GInetAddress *address, guint16 port)
{
    g_autofree char *name = NULL;
    g_autofree char *text = NULL;

    g_return_val_if_fail (host != NULL, NULL);

    name = postern_smtp_reply_clean_text (host, -1);
    if (strchr (name, ':') != NULL)
        return g_strdup_printf ("[%s]:%u", name, port);
    if (address == NULL || g_hostname_is_ip_address (name))
        return g_strdup_printf ("%s:%u", name, port);
    text = g_inet_address_to_string (address);
    return g_strdup_printf ("%s[%s]:%u", name, text, port);
}

char *
postern_smtp_format_address_literal (GInetAddress *address)
{
    g_autofree char *text = NULL;

    g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

    text = g_inet_address_to_string (address);
    if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
        return g_strdup_printf ("[IPv6:%s]", text);
    return g_strdup_printf ("[%s]", text);
}
