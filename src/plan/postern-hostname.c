/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-hostname.h"

#include <glib/gi18n-lib.h>
#include <idn2.h>
#include <string.h>

#include "plan/postern-plan-error.h"
#include "plan/postern-prefix.h"
#include "plan/postern-text.h"

#define LONGEST_NAME                                                                                                   \
    (POSTERN_HOSTNAME_SIZE -                                                                                           \
     1) /* RFC 1035, 3.1: 255 octets with the length octets of the first label and of the root */
#define LONGEST_LABEL 63

/* A refusal is a whole sentence with one place for the name. */
static gboolean G_GNUC_PRINTF (2, 0) refuse (GError **error, const char *sentence, const char *text)
{
    g_autofree char *shown = postern_text_for_message (text);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_HOST, sentence, shown);
#pragma GCC diagnostic pop
    return FALSE;
}

static gboolean
check_label (const char *label, gsize length, const char *text, GError **error)
{
    if (length == 0)
        return refuse (error, _ ("“%s” has an empty part between, before or after its dots."), text);
    if (length > LONGEST_LABEL)
        return refuse (error, _ ("“%s” has a part longer than 63 characters."), text);
    if (label[0] == '-' || label[length - 1] == '-')
        return refuse (error, _ ("“%s” has a part that begins or ends with a hyphen."), text);

    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isalnum (label[i]) && label[i] != '-')
            return refuse (error, _ ("“%s” is not a name: only letters, digits, hyphens and dots can be in one."),
                           text);
    }
    return TRUE;
}

/* RFC 1123, 2.1: a name whose last label is a number would be taken for an address. */
static gboolean
last_label_is_number (const char *ascii)
{
    const char *dot = strrchr (ascii, '.');
    const char *label = dot ? dot + 1 : ascii;

    return *label != '\0' && strspn (label, "0123456789") == strlen (label);
}

static gboolean
check_ascii (const char *ascii, const char *text, GError **error)
{
    const char *label = ascii;

    if (*ascii == '\0')
        return refuse (error, _ ("“%s” is not a name: it is empty."), text);
    if (strlen (ascii) > LONGEST_NAME)
        return refuse (error, _ ("“%s” is longer than the 253 characters that a name can have."), text);

    for (;;) {
        gsize length = strcspn (label, ".");

        if (!check_label (label, length, text, error))
            return FALSE;
        if (label[length] == '\0')
            break;
        label += length + 1;
    }
    if (last_label_is_number (ascii))
        return refuse (error, _ ("“%s” is neither a name nor a complete IP address."), text);
    return TRUE;
}

static gboolean
needs_idna (const char *name)
{
    return !g_str_is_ascii (name) || strstr (name, "xn--") != NULL;
}

static char *
map_idna (const char *name, const char *text, GError **error)
{
    g_autofree char *copy = NULL;
    char *ascii = NULL;
    int status = idn2_to_ascii_8z (name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES);

    if (status != IDN2_OK) {
        refuse (error, _ ("“%s” is not a valid internationalized name."), text);
        return NULL;
    }
    copy = g_ascii_strdown (ascii, -1);
    idn2_free (ascii);
    return g_steal_pointer (&copy);
}

/* What a byte of a name becomes; 0 for one that is not simply a letter, a digit or a hyphen. */
static const char folded[256] = {
    ['-'] = '-', ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g',
    ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p',
    ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
    ['z'] = 'z', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h',
    ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q',
    ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
};

/* Copies the label at @text; returns its length, or 0 for one that is wrong or that IDNA has a say in. */
static gsize
fold_label (const char *text, gsize length, char *ascii, gboolean *is_number)
{
    gsize n;
    char last = '-';
    gboolean letters = FALSE;

    for (n = 0; n < length && text[n] != '.'; n++) {
        char c = folded[(guchar)text[n]];

        if (c == 0 || n == LONGEST_LABEL || (c == '-' && last == '-'))
            return 0;
        letters |= c > '9' || c == '-';
        ascii[n] = last = c;
    }
    *is_number = !letters;
    return last == '-' ? 0 : n;
}

gsize
postern_hostname_fold (const char *text, gsize length, char ascii[POSTERN_HOSTNAME_SIZE])
{
    gboolean is_number;
    gsize at = 0;

    if (length > 1 && text[length - 1] == '.')
        length--;
    if (length > LONGEST_NAME)
        return 0;
    for (;;) {
        gsize n = fold_label (text + at, length - at, ascii + at, &is_number);

        if (n == 0)
            return 0;
        at += n;
        if (at == length)
            break;
        ascii[at++] = '.';
    }
    ascii[length] = '\0';
    return is_number ? 0 : length; /* RFC 1123, 2.1, as above */
}

char *
postern_hostname_to_ascii (const char *text, GError **error)
{
    g_autofree char *name = NULL;
    g_autofree char *ascii = NULL;
    char plain[POSTERN_HOSTNAME_SIZE];
    gsize length;

    g_return_val_if_fail (text != NULL, NULL);

    length = postern_hostname_fold (text, strlen (text), plain);
    if (length > 0)
        return g_strndup (plain, length);
    if (!g_utf8_validate (text, -1, NULL)) {
        refuse (error, _ ("“%s” is not text in UTF-8."), text);
        return NULL;
    }
    name = g_strstrip (g_strdup (text));
    length = strlen (name);
    if (length > LONGEST_NAME * 4) { /* no UTF-8 name longer than this can have an A-label form that fits */
        refuse (error, _ ("“%s” is longer than the 253 characters that a name can have."), text);
        return NULL;
    }
    if (length > 1 && name[length - 1] == '.')
        name[length - 1] = '\0';

    if (g_str_is_ascii (name)) {
        for (char *at = name; *at != '\0'; at++)
            *at = g_ascii_tolower (*at);
    }
    ascii = needs_idna (name) ? map_idna (name, text, error) : g_steal_pointer (&name);
    if (ascii == NULL || !check_ascii (ascii, text, error))
        return NULL;
    return g_steal_pointer (&ascii);
}

char *
postern_hostname_to_display (const char *ascii)
{
    gboolean dotted;
    char *unicode = NULL;
    char *display;

    g_return_val_if_fail (ascii != NULL, NULL);

    dotted = ascii[0] == '.';
    if (strstr (ascii, "xn--") == NULL || idn2_to_unicode_8z8z (ascii + dotted, &unicode, 0) != IDN2_OK)
        return g_strdup (ascii);

    display = g_strconcat (dotted ? "." : "", unicode, NULL);
    idn2_free (unicode);
    return display;
}

static GInetAddress *
unmap (GInetAddress *address)
{
    const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
    const guint8 *bytes = g_inet_address_to_bytes (address);
    GInetAddress *plain;

    if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6 || memcmp (bytes, mapped, sizeof mapped) != 0)
        return address;

    plain = g_inet_address_new_from_bytes (bytes + sizeof mapped, G_SOCKET_FAMILY_IPV4);
    g_object_unref (address);
    return plain;
}

GInetAddress *
postern_hostname_parse_address (const char *text)
{
    g_autofree char *inner = NULL;
    const char *plain;
    gsize length;
    GInetAddress *address;
    PosternPrefix prefix;

    g_return_val_if_fail (text != NULL, NULL);

    if (strchr (text, '/') == NULL && postern_prefix_parse (&prefix, text, strlen (text)))
        return g_inet_address_new_from_bytes (prefix.bytes,
                                              prefix.n_bytes == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);
    /* Nearly every text that is asked about is a name, and a name has a character that no address has. */
    if (text[strspn (text, " \t\r\n[]0123456789abcdefABCDEFIPvipv:.")] != '\0' || strpbrk (text, ".:") == NULL)
        return NULL;
    inner = g_strstrip (g_strndup (text, 80));
    length = strlen (inner);
    plain = inner;
    if (length >= 2 && inner[0] == '[' && inner[length - 1] == ']') {
        inner[length - 1] = '\0';
        plain = inner + 1;
        if (g_ascii_strncasecmp (plain, "IPv6:", 5) == 0)
            plain += 5;
    }
    /* A zone (%eth0) names an interface of one machine: it can be in no plan. */
    if (strspn (plain, "0123456789abcdefABCDEF:.") != strlen (plain))
        return NULL;

    address = g_inet_address_new_from_string (plain);
    return address ? unmap (address) : NULL;
}
