/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-route.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

/* A plan may have 100,000 of them: each is one piece of memory, and most are never asked for their address as an
 * object.
 */
struct _PosternRoute {
    gatomicrefcount references;
    guint16 port;
    guint8 mx;
    guint8 is_address;
    GInetAddress *address; /* NULL until it is asked for */
    char host[];
};

G_DEFINE_BOXED_TYPE (PosternRoute, postern_route, postern_route_ref, postern_route_unref)

static PosternRoute *
make_route (const char *host, gboolean is_address, guint port, gboolean mx)
{
    gsize size = strlen (host) + 1;
    PosternRoute *self = g_malloc (sizeof (PosternRoute) + size);

    g_atomic_ref_count_init (&self->references);
    self->address = NULL;
    self->is_address = is_address;
    self->port = (guint16)port;
    self->mx = !!mx;
    memcpy (self->host, host, size);
    return self;
}

static gboolean
check_port (guint port, GError **error)
{
    if (port >= 1 && port <= 65535)
        return TRUE;
    g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_PORT,
                 _ ("%u is not a port: a port is a number from 1 to 65535."), port);
    return FALSE;
}

PosternRoute *
postern_route_new (const char *host, guint port, gboolean mx, GError **error)
{
    char plain[POSTERN_HOSTNAME_SIZE];
    g_autoptr (GInetAddress) address = NULL;
    g_autofree char *name = NULL;

    g_return_val_if_fail (host != NULL, NULL);

    if (!check_port (port, error))
        return NULL;

    if (postern_hostname_fold (host, strlen (host), plain) > 0)
        return make_route (plain, FALSE, port, mx);
    address = postern_hostname_parse_address (host);
    name = address ? g_inet_address_to_string (address) : postern_hostname_to_ascii (host, error);
    return name ? make_route (name, address != NULL, port, mx) : NULL;
}

static gboolean
parse_port (const char *text, guint *port, GError **error)
{
    guint64 value;

    /* g_ascii_string_to_unsigned() refuses signs and white space, but takes leading zeros, which nobody means. */
    if (text[0] != '0' && g_ascii_string_to_unsigned (text, 10, 1, 65535, &value, NULL)) {
        *port = (guint)value;
        return TRUE;
    }
    g_autofree char *shown = postern_text_for_message (text);
    g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_PORT,
                 _ ("“%s” is not a port: a port is a number from 1 to 65535."), shown);
    return FALSE;
}

/* Cuts `host`, `host:port`, `[host]`, `[host]:port` and a bare IPv6 address into host and port text, both within @text.
 */
static void
split (char *text, char **host, char **port)
{
    char *close = text[0] == '[' ? strchr (text, ']') : NULL;
    char *colon;

    *host = text;
    *port = NULL;
    if (close) {
        if (close[1] != ':')
            return;
        *port = close + 2;
        close[1] = '\0';
        return;
    }
    colon = strchr (text, ':');
    if (colon && strchr (colon + 1, ':') == NULL) {
        *colon = '\0';
        *port = colon + 1;
    }
}

/* Brackets may stand around a name too: there they say “no MX lookup” to Postfix. */
static void
unbracket (char *host)
{
    gsize length = strlen (host);

    if (length >= 2 && host[0] == '[' && host[length - 1] == ']') {
        host[length - 1] = '\0';
        memmove (host, host + 1, length - 1);
    }
}

PosternRoute *
postern_route_parse (const char *text, GError **error)
{
    g_autofree char *copy = NULL;
    g_autoptr (GInetAddress) address = NULL;
    char *host;
    char *port_text;
    guint port = POSTERN_ROUTE_DEFAULT_PORT;

    g_return_val_if_fail (text != NULL, NULL);

    copy = g_strstrip (g_strdup (text));
    split (copy, &host, &port_text);
    g_strstrip (host);
    if (port_text && !parse_port (g_strstrip (port_text), &port, error))
        return NULL;

    address = postern_hostname_parse_address (host);
    if (address == NULL)
        unbracket (host);
    return postern_route_new (host, port, FALSE, error);
}

PosternRoute *
postern_route_with_mx (PosternRoute *self, gboolean mx)
{
    g_return_val_if_fail (self != NULL, NULL);

    mx = mx && !self->is_address;
    if (self->mx == mx)
        return postern_route_ref (self);
    return make_route (self->host, self->is_address, self->port, mx);
}

PosternRoute *
postern_route_ref (PosternRoute *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
postern_route_unref (PosternRoute *self)
{
    g_return_if_fail (self != NULL);

    if (!g_atomic_ref_count_dec (&self->references))
        return;
    g_clear_object (&self->address);
    g_free (self);
}

const char *
postern_route_get_host (PosternRoute *self)
{
    g_return_val_if_fail (self != NULL, NULL);
    return self->host;
}

guint
postern_route_get_port (PosternRoute *self)
{
    g_return_val_if_fail (self != NULL, 0);
    return self->port;
}

gboolean
postern_route_get_mx (PosternRoute *self)
{
    g_return_val_if_fail (self != NULL, FALSE);
    return self->mx;
}

gboolean
postern_route_is_address (PosternRoute *self)
{
    g_return_val_if_fail (self != NULL, FALSE);
    return self->is_address;
}

GInetAddress *
postern_route_get_address (PosternRoute *self)
{
    GInetAddress *address;

    g_return_val_if_fail (self != NULL, NULL);

    if (!self->is_address)
        return NULL;
    address = g_atomic_pointer_get (&self->address);
    if (address == NULL) {
        address = g_inet_address_new_from_string (self->host);
        if (!g_atomic_pointer_compare_and_exchange (&self->address, NULL, address))
            g_object_unref (address); /* another thread was faster */
        address = g_atomic_pointer_get (&self->address);
    }
    return address;
}

gboolean
postern_route_equal (PosternRoute *a, PosternRoute *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a == b || (a->port == b->port && a->mx == b->mx && g_str_equal (a->host, b->host));
}

static gboolean
is_ipv6 (PosternRoute *self)
{
    return self->is_address && strchr (self->host, ':') != NULL;
}

char *
postern_route_to_display (PosternRoute *self)
{
    g_autofree char *host = NULL;

    g_return_val_if_fail (self != NULL, NULL);

    if (is_ipv6 (self))
        return g_strdup_printf ("[%s]:%u", self->host, self->port);

    host = postern_hostname_to_display (self->host);
    if (self->mx && !self->is_address)
        /* Translators: where mail goes next: to the hosts that the MX records of a domain name; %1$s is the domain,
         * %2$u a port number. */
        return g_strdup_printf (_ ("MX of %1$s, port %2$u"), host, self->port);
    return g_strdup_printf ("%s:%u", host, self->port);
}

char *
postern_route_to_postfix (PosternRoute *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    /* Without brackets Postfix takes what is before the last colon for a name, and a bare IPv6 address stops all mail.
     */
    return g_strdup_printf (self->mx && !self->is_address ? "%s:%u" : "[%s]:%u", self->host, self->port);
}
