/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-gateway-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-gateway-error.h"
#include "plan/postern-hostname.h"
#include "plan/postern-text.h"

struct _PosternGatewayAddress {
    gatomicrefcount references;
    PosternGatewayKind kind;
    char *host;
    guint16 port;
};

G_DEFINE_ENUM_TYPE (PosternGatewayKind, postern_gateway_kind,
                    G_DEFINE_ENUM_VALUE (POSTERN_GATEWAY_KIND_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (POSTERN_GATEWAY_KIND_POSTERN, "postern"),
                    G_DEFINE_ENUM_VALUE (POSTERN_GATEWAY_KIND_PMG, "pmg"))

G_DEFINE_BOXED_TYPE (PosternGatewayAddress, postern_gateway_address, postern_gateway_address_ref,
                     postern_gateway_address_unref)

static const struct {
    PosternGatewayKind kind;
    const char *scheme;
    guint16 port;
} kinds[] = {
    { POSTERN_GATEWAY_KIND_POSTERN, "https", 8443 },
    { POSTERN_GATEWAY_KIND_PMG, "pmg", 8006 },
};

const char *
postern_gateway_kind_get_title (PosternGatewayKind kind)
{
    switch (kind) {
    case POSTERN_GATEWAY_KIND_UNKNOWN:
        /* Translators: the type of a gateway that was not found out yet. */
        return _ ("Unknown");
    case POSTERN_GATEWAY_KIND_POSTERN:
        return _ ("Postern gateway");
    case POSTERN_GATEWAY_KIND_PMG:
        return _ ("Proxmox Mail Gateway");
    default:
        g_return_val_if_reached ("");
    }
}

guint16
postern_gateway_kind_get_default_port (PosternGatewayKind kind)
{
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
        if (kinds[i].kind == kind)
            return kinds[i].port;
    }
    return 0;
}

static PosternGatewayAddress *
address_new (PosternGatewayKind kind, const char *host, guint16 port)
{
    PosternGatewayAddress *self = g_new0 (PosternGatewayAddress, 1);

    g_atomic_ref_count_init (&self->references);
    self->kind = kind;
    self->host = g_strdup (host);
    self->port = port;
    return self;
}

static gboolean
refuse (GError **error, const char *text, const char *why)
{
    g_autofree char *shown = postern_text_for_message (text);

    g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS,
                 /* Translators: the first %s is what was typed, the second a whole sentence that says what is
                  * wrong with it. */
                 _ ("“%s” is not the address of a gateway. %s"), shown, why);
    return FALSE;
}

/* Takes the scheme off *rest. */
static gboolean
parse_kind (const char *text, char **rest, PosternGatewayKind *kind, GError **error)
{
    char *separator = strstr (*rest, "://");

    *kind = POSTERN_GATEWAY_KIND_UNKNOWN;
    if (separator == NULL)
        return TRUE;
    *separator = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
        if (g_ascii_strcasecmp (*rest, kinds[i].scheme) == 0)
            *kind = kinds[i].kind;
    }
    if (g_ascii_strcasecmp (*rest, "http") == 0)
        return refuse (error, text, _ ("Postern speaks to gateways over https only."));
    if (*kind == POSTERN_GATEWAY_KIND_UNKNOWN)
        return refuse (error, text, _ ("It begins with “https://” or “pmg://”, or with the name itself."));
    *rest = separator + strlen ("://");
    return TRUE;
}

static gboolean
parse_port (const char *text, const char *digits, guint16 *port, GError **error)
{
    guint64 value = 0;

    if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT16, &value, NULL))
        return refuse (error, text, _ ("The port is a number from 1 to 65535."));
    *port = value;
    return TRUE;
}

/* Takes the port off *rest, which is left with the host without brackets. */
static gboolean
split_port (const char *text, char **rest, gboolean *bracketed, guint16 *port, GError **error)
{
    char *colon = strchr (*rest, ':');

    *bracketed = **rest == '[';
    if (*bracketed) {
        char *end = strchr (*rest, ']');

        if (end == NULL || (end[1] != '\0' && end[1] != ':'))
            return refuse (error, text, _ ("After an address in brackets there is a colon and a port, or nothing."));
        *end = '\0';
        *rest += 1;
        return end[1] == '\0' || parse_port (text, end + 2, port, error);
    }
    if (colon == NULL || strchr (colon + 1, ':') != NULL)
        return TRUE;
    *colon = '\0';
    return parse_port (text, colon + 1, port, error);
}

static char *
parse_host (const char *text, const char *host, gboolean bracketed, GError **error)
{
    g_autoptr (GInetAddress) address = postern_hostname_parse_address (host);
    g_autoptr (GError) reason = NULL;
    g_autofree char *name = NULL;

    if (address != NULL)
        return g_inet_address_to_string (address);
    if (bracketed || strchr (host, ':') != NULL) {
        refuse (error, text, _ ("It is not a valid IPv6 address."));
        return NULL;
    }
    name = postern_hostname_to_ascii (host, &reason);
    if (name == NULL)
        refuse (error, text, reason->message);
    return g_steal_pointer (&name);
}

PosternGatewayAddress *
postern_gateway_address_parse (const char *text, GError **error)
{
    g_autofree char *copy = NULL;
    g_autofree char *host = NULL;
    PosternGatewayKind kind;
    gboolean bracketed;
    guint16 port = 0;
    char *rest;

    g_return_val_if_fail (text != NULL, NULL);

    copy = g_strstrip (g_strdup (text));
    rest = copy;
    if (!parse_kind (text, &rest, &kind, error))
        return NULL;
    if (g_str_has_suffix (rest, "/"))
        rest[strlen (rest) - 1] = '\0';
    if (*rest == '\0') {
        refuse (error, text, _ ("The name or the address of the gateway is missing."));
        return NULL;
    }
    if (strpbrk (rest, "/?#@") != NULL) {
        refuse (error, text, _ ("It consists of a name or an address and, if needed, a port; nothing else."));
        return NULL;
    }
    if (!split_port (text, &rest, &bracketed, &port, error))
        return NULL;
    host = parse_host (text, rest, bracketed, error);
    return host != NULL ? address_new (kind, host, port) : NULL;
}

PosternGatewayAddress *
postern_gateway_address_with_kind (PosternGatewayAddress *self, PosternGatewayKind kind, guint16 port)
{
    g_return_val_if_fail (self != NULL, NULL);
    return address_new (kind, self->host, port != 0 ? port : self->port);
}

PosternGatewayAddress *
postern_gateway_address_ref (PosternGatewayAddress *self)
{
    g_return_val_if_fail (self != NULL, NULL);
    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
postern_gateway_address_unref (PosternGatewayAddress *self)
{
    g_return_if_fail (self != NULL);
    if (!g_atomic_ref_count_dec (&self->references))
        return;
    g_free (self->host);
    g_free (self);
}

PosternGatewayKind
postern_gateway_address_get_kind (PosternGatewayAddress *self)
{
    g_return_val_if_fail (self != NULL, POSTERN_GATEWAY_KIND_UNKNOWN);
    return self->kind;
}

const char *
postern_gateway_address_get_host (PosternGatewayAddress *self)
{
    g_return_val_if_fail (self != NULL, NULL);
    return self->host;
}

guint16
postern_gateway_address_get_port (PosternGatewayAddress *self)
{
    g_return_val_if_fail (self != NULL, 0);
    return self->port;
}

guint16
postern_gateway_address_get_effective_port (PosternGatewayAddress *self)
{
    guint16 port;

    g_return_val_if_fail (self != NULL, 0);
    port = self->port != 0 ? self->port : postern_gateway_kind_get_default_port (self->kind);
    return port != 0 ? port : postern_gateway_kind_get_default_port (POSTERN_GATEWAY_KIND_POSTERN);
}

gboolean
postern_gateway_address_equal (PosternGatewayAddress *a, PosternGatewayAddress *b)
{
    g_return_val_if_fail (a != NULL && b != NULL, FALSE);
    return a->kind == b->kind && g_str_equal (a->host, b->host) &&
           postern_gateway_address_get_effective_port (a) == postern_gateway_address_get_effective_port (b);
}

static char *
add_port (const char *host, guint16 port)
{
    const char *format = strchr (host, ':') != NULL ? "[" : "";

    return g_strdup_printf ("%s%s%s:%u", format, host, *format != '\0' ? "]" : "", port);
}

char *
postern_gateway_address_to_string (PosternGatewayAddress *self)
{
    g_autofree char *place = NULL;

    g_return_val_if_fail (self != NULL, NULL);

    if (self->kind == POSTERN_GATEWAY_KIND_UNKNOWN)
        return self->port != 0 ? add_port (self->host, self->port) : g_strdup (self->host);
    place = add_port (self->host, postern_gateway_address_get_effective_port (self));
    return g_strdup_printf ("%s://%s", self->kind == POSTERN_GATEWAY_KIND_PMG ? "pmg" : "https", place);
}

char *
postern_gateway_address_to_display (PosternGatewayAddress *self)
{
    g_autofree char *host = NULL;

    g_return_val_if_fail (self != NULL, NULL);

    host = postern_hostname_to_display (self->host);
    if (self->port == 0 || self->port == postern_gateway_kind_get_default_port (self->kind))
        return g_steal_pointer (&host);
    return add_port (host, self->port);
}
