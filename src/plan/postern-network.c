/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "plan/postern-network-private.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-text.h"

struct _PosternNetwork {
    GObject parent_instance;

    char *text;
    PosternPrefix prefix;
};

G_DEFINE_FINAL_TYPE (PosternNetwork, postern_network, G_TYPE_OBJECT)

typedef enum {
    PROP_TEXT = 1,
    PROP_SIZE_TEXT,
} PosternNetworkProperty;

static GParamSpec *properties[PROP_SIZE_TEXT + 1];

static void
refuse (GError **error, char *message)
{
    g_set_error_literal (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_NETWORK, message);
    g_free (message);
}

/* Says what a person most likely meant. The tools that administrators know take some of these for something else
 * without a word. */
static void
refuse_address (GError **error, const char *text)
{
    g_autofree char *shown = postern_text_for_message (text);
    gboolean numeric = strspn (text, "0123456789.") == strlen (text);

    if (strchr (text, '*'))
        refuse (error, g_strdup_printf (
                           _ ("“%s” has an asterisk. Write a network with its length, such as 10.77.1.0/24."), shown));
    else if (text[0] == '!')
        refuse (error,
                g_strdup_printf (_ ("“%s” is an exception. Only networks that are trusted can be listed."), shown));
    else if (strchr (text, '-') && strspn (text, "0123456789.- ") == strlen (text))
        refuse (error, g_strdup_printf (_ ("“%s” is a range. Write networks with their length, such as 10.77.1.0/24."),
                                        shown));
    else if (strchr (text, '%'))
        refuse (error,
                g_strdup_printf (_ ("“%s” has a zone. A trusted network cannot depend on an interface."), shown));
    else if (numeric && *text != '\0')
        refuse (error, g_strdup_printf (
                           _ ("“%s” is not a complete IPv4 address: four numbers from 0 to 255 without leading zeros."),
                           shown));
    else if (*text == '\0')
        refuse (error, g_strdup (_ ("The network is empty.")));
    else
        refuse (error,
                g_strdup_printf (_ ("“%s” is not an IP address or network, such as 10.0.0.20 or 10.0.0.0/8."), shown));
}

/* A dotted netmask as a length, or -1. */
static int
netmask_to_length (const char *text)
{
    g_autoptr (GInetAddress) mask = postern_hostname_parse_address (text);
    const guint8 *bytes;
    guint32 value;

    if (mask == NULL || g_inet_address_get_family (mask) != G_SOCKET_FAMILY_IPV4)
        return -1;
    bytes = g_inet_address_to_bytes (mask);
    value = ~((guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3]);
    return (value & (value + 1)) == 0 ? 32 - (int)g_bit_storage (value) + (value == 0) : -1;
}

static gboolean
parse_length (const char *address, const char *text, guint most, guint *length, GError **error)
{
    g_autofree char *shown = postern_text_for_message (text);
    guint64 value;
    int from_mask;

    if ((text[0] != '0' || text[1] == '\0') && g_ascii_string_to_unsigned (text, 10, 0, most, &value, NULL)) {
        *length = (guint)value;
        return TRUE;
    }

    from_mask = netmask_to_length (text);
    if (from_mask >= 0)
        /* Translators: %1$s is what was typed, %2$s an address, %3$d the length of the prefix that the netmask
         * stands for. */
        refuse (error, g_strdup_printf (_ ("“%1$s” is a netmask. Write %2$s/%3$d."), shown, address, from_mask));
    else
        refuse (error,
                /* Translators: %1$s is what was typed, %2$u is 32 or 128. */
                g_strdup_printf (_ ("“%1$s” is not the length of a network: a number from 0 to %2$u."), shown, most));
    return FALSE;
}

PosternNetwork *
postern_network_new_for_prefix (const PosternPrefix *prefix)
{
    PosternNetwork *self = g_object_new (POSTERN_TYPE_NETWORK, NULL);
    char text[POSTERN_PREFIX_TEXT_SIZE];
    gsize length = postern_prefix_print (prefix, text);

    self->prefix = *prefix;
    self->text = g_strndup (text, length);
    return self;
}

/* Forgives white space and brackets, and knows why a text is not a network. */
static gboolean
parse (PosternPrefix *prefix, const char *text, GError **error)
{
    g_autofree char *copy = g_strstrip (g_strdup (text));
    g_autoptr (GInetAddress) address = NULL;
    char *slash = strchr (copy, '/');
    guint most;
    guint n_bytes;
    guint length;

    if (slash)
        *slash = '\0';
    g_strstrip (copy);

    address = postern_hostname_parse_address (copy);
    if (address == NULL) {
        refuse_address (error, copy);
        return FALSE;
    }

    n_bytes = (guint)g_inet_address_get_native_size (address);
    /* parse_address() gives an IPv4-mapped address as IPv4: its length then counts from bit 96 on. */
    most = strchr (copy, ':') ? 128 : 32;
    length = most;
    if (slash && !parse_length (copy, g_strstrip (slash + 1), most, &length, error))
        return FALSE;
    if (n_bytes == 4 && most == 128) {
        if (length < 96) {
            refuse_address (error, text);
            return FALSE;
        }
        length -= 96;
    }
    postern_prefix_init (prefix, g_inet_address_to_bytes (address), n_bytes, length);
    return TRUE;
}

PosternNetwork *
postern_network_new (const char *text, GError **error)
{
    PosternPrefix prefix;

    g_return_val_if_fail (text != NULL, NULL);

    if (!postern_prefix_parse (&prefix, text, strlen (text)) && !parse (&prefix, text, error))
        return NULL;
    return postern_network_new_for_prefix (&prefix);
}

const PosternPrefix *
postern_network_get_prefix (PosternNetwork *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self), NULL);
    return &self->prefix;
}

const char *
postern_network_get_text (PosternNetwork *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self), NULL);
    return self->text;
}

GSocketFamily
postern_network_get_family (PosternNetwork *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self), G_SOCKET_FAMILY_INVALID);
    return self->prefix.n_bytes == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
}

guint
postern_network_get_length (PosternNetwork *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self), 0);
    return self->prefix.length;
}

const guint8 *
postern_network_get_bytes (PosternNetwork *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self), NULL);
    return self->prefix.bytes;
}

const guint8 *
postern_network_address_bytes (GInetAddress *address, gsize *n_bytes)
{
    const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
    const guint8 *bytes = g_inet_address_to_bytes (address);

    *n_bytes = g_inet_address_get_native_size (address);
    if (*n_bytes != 16 || memcmp (bytes, mapped, sizeof mapped) != 0)
        return bytes;
    *n_bytes = 4;
    return bytes + sizeof mapped;
}

gboolean
postern_network_contains (PosternNetwork *self, GInetAddress *address)
{
    const guint8 *bytes;
    gsize n_bytes;
    PosternPrefix host;

    g_return_val_if_fail (POSTERN_IS_NETWORK (self), FALSE);
    g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

    bytes = postern_network_address_bytes (address, &n_bytes);
    postern_prefix_init (&host, bytes, (guint)n_bytes, (guint)n_bytes * 8);
    return postern_prefix_covers (&self->prefix, &host);
}

gboolean
postern_network_covers (PosternNetwork *self, PosternNetwork *other)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self) && POSTERN_IS_NETWORK (other), FALSE);

    return postern_prefix_covers (&self->prefix, &other->prefix);
}

/* IANA's special-purpose registries: what cannot belong to somebody else on the Internet. */
static const PosternPrefix private_prefixes[] = {
    { { 10 }, 4, 8 },                       /* RFC 1918 */
    { { 172, 16 }, 4, 12 },                 /* RFC 1918 */
    { { 192, 168 }, 4, 16 },                /* RFC 1918 */
    { { 127 }, 4, 8 },                      /* RFC 1122: loopback */
    { { 169, 254 }, 4, 16 },                /* RFC 3927: link-local */
    { { 100, 64 }, 4, 10 },                 /* RFC 6598: behind a provider's NAT */
    { { 192, 0, 2 }, 4, 24 },               /* RFC 5737: documentation */
    { { 198, 51, 100 }, 4, 24 },            /* RFC 5737 */
    { { 203, 0, 113 }, 4, 24 },             /* RFC 5737 */
    { { [15] = 1 }, 16, 128 },              /* RFC 4291: loopback */
    { { 0xfc }, 16, 7 },                    /* RFC 4193: unique local */
    { { 0xfe, 0x80 }, 16, 10 },             /* RFC 4291: link-local */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 16, 32 }, /* RFC 3849: documentation */
};

gboolean
postern_network_is_private (PosternNetwork *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self), FALSE);

    for (guint i = 0; i < G_N_ELEMENTS (private_prefixes); i++) {
        if (postern_prefix_covers (&private_prefixes[i], &self->prefix))
            return TRUE;
    }
    return FALSE;
}

static char *
ipv4_size (PosternNetwork *self)
{
    unsigned long long n = 1ull << (32 - self->prefix.length);

    if (self->prefix.length == 0)
        return g_strdup (_ ("every IPv4 address"));
    if (g_str_equal (self->text, "10.0.0.0/8"))
        return g_strdup (_ ("every private 10.x address"));
    if (g_str_equal (self->text, "172.16.0.0/12"))
        return g_strdup (_ ("every private 172.16.x to 172.31.x address"));
    if (g_str_equal (self->text, "192.168.0.0/16"))
        return g_strdup (_ ("every private 192.168.x address"));
    /* Translators: how many addresses a trusted network has; the number is always larger than one. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'llu host", "%'llu hosts", n), n);
}

static char *
ipv6_size (PosternNetwork *self)
{
    unsigned long long n;

    if (self->prefix.length == 0)
        return g_strdup (_ ("every IPv6 address"));
    if (self->prefix.length == 64)
        return g_strdup (_ ("one IPv6 subnet"));
    if (self->prefix.length > 64 && self->prefix.length < 96)
        return g_strdup (_ ("part of one IPv6 subnet"));
    if (self->prefix.length >= 96) {
        n = 1ull << (128 - self->prefix.length);
        return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'llu host", "%'llu hosts", n), n);
    }
    n = 1ull << (64 - self->prefix.length);
    /* Translators: an IPv6 subnet is a /64; the number is always larger than one. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'llu IPv6 subnet", "%'llu IPv6 subnets", n), n);
}

char *
postern_network_get_size_text (PosternNetwork *self)
{
    g_return_val_if_fail (POSTERN_IS_NETWORK (self), NULL);

    if (self->prefix.length == self->prefix.n_bytes * 8)
        return g_strdup (_ ("one host"));
    return self->prefix.n_bytes == 4 ? ipv4_size (self) : ipv6_size (self);
}

const char *
postern_network_record_key (gpointer item)
{
    return POSTERN_NETWORK (item)->text;
}

int
postern_network_order (PosternNetwork *a, PosternNetwork *b)
{
    return postern_prefix_compare (&a->prefix, &b->prefix);
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
    PosternNetwork *self = POSTERN_NETWORK (object);

    switch ((PosternNetworkProperty)property) {
    case PROP_TEXT:
        g_value_set_string (value, self->text);
        break;
    case PROP_SIZE_TEXT:
        g_value_take_string (value, postern_network_get_size_text (self));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
finalize (GObject *object)
{
    g_free (POSTERN_NETWORK (object)->text);
    G_OBJECT_CLASS (postern_network_parent_class)->finalize (object);
}

static void
postern_network_class_init (PosternNetworkClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS (class);
    const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = get_property;
    object_class->finalize = finalize;

    properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, readable);
    properties[PROP_SIZE_TEXT] = g_param_spec_string ("size-text", NULL, NULL, NULL, readable);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_network_init (PosternNetwork *self)
{
}
