/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-smtp-argument.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "probe/postern-probe-error.h"

#define MAX_NAME 255

static gboolean
fail_invalid (GError **error, const char *message)
{
    g_set_error_literal (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT, message);
    return FALSE;
}

gboolean
postern_smtp_check_mailbox (const char *mailbox, GError **error)
{
    g_return_val_if_fail (mailbox != NULL, FALSE);

    if (*mailbox == '\0')
        return fail_invalid (error, _ ("The address is empty."));
    if (strlen (mailbox) > POSTERN_SMTP_MAX_MAILBOX)
        return fail_invalid (error, _ ("The address is longer than mail allows."));
    if (!g_utf8_validate (mailbox, -1, NULL))
        return fail_invalid (error, _ ("The address is not valid UTF-8 text."));
    for (const char *c = mailbox; *c != '\0'; c = g_utf8_next_char (c)) {
        gunichar character = g_utf8_get_char (c);

        if (g_unichar_iscntrl (character) || g_unichar_isspace (character) || strchr ("<>", (int)MIN (character, 0x7f)))
            return fail_invalid (
                error, _ ("An address must not contain spaces, line breaks, control characters or angle brackets."));
    }
    return TRUE;
}

gboolean
postern_smtp_check_hello_name (const char *name, GError **error)
{
    g_return_val_if_fail (name != NULL, FALSE);

    if (*name == '\0' || strlen (name) > MAX_NAME)
        return fail_invalid (error, _ ("The name for the SMTP greeting is empty or too long."));
    for (const char *c = name; *c != '\0'; c++) {
        if (!g_ascii_isalnum (*c) && !strchr (".-_:[]", *c))
            return fail_invalid (
                error, _ ("The name for the SMTP greeting is neither a host name nor an address in brackets."));
    }
    return TRUE;
}

static gboolean
check_attribute (const PosternSmtpAttribute *attribute, GError **error)
{
    static const char *const names[] = {
        "ADDR", "NAME", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT", NULL
    };

    if (!g_strv_contains (names, attribute->name)) {
        g_autofree char *name = g_strescape (attribute->name, NULL);

        g_set_error (error, POSTERN_PROBE_ERROR, POSTERN_PROBE_ERROR_INVALID_ARGUMENT,
                     /* Translators: XCLIENT is an SMTP command, %s the name of one of its attributes. */
                     _ ("XCLIENT has no attribute “%s”."), name);
        return FALSE;
    }
    if (attribute->value == NULL || *attribute->value == '\0' || strlen (attribute->value) > MAX_NAME)
        return fail_invalid (error, _ ("The value of an XCLIENT attribute is empty or too long."));
    for (const char *c = attribute->value; *c != '\0'; c++) {
        if (g_ascii_iscntrl (*c))
            return fail_invalid (error, _ ("The value of an XCLIENT attribute contains control characters."));
    }
    return TRUE;
}

static gboolean
needs_ipv6_tag (const PosternSmtpAttribute *attribute)
{
    g_autoptr (GInetAddress) address = NULL;

    if (!g_str_has_suffix (attribute->name, "ADDR"))
        return FALSE;
    address = g_inet_address_new_from_string (attribute->value);
    return address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
}

static void
append_attribute (GString *text, const PosternSmtpAttribute *attribute)
{
    g_string_append_printf (text, " %s=", attribute->name);
    if (needs_ipv6_tag (attribute))
        g_string_append (text, "IPV6:");
    for (const char *c = attribute->value; *c != '\0'; c++) {
        if (g_ascii_isgraph (*c) && *c != '+' && *c != '=')
            g_string_append_c (text, *c);
        else
            g_string_append_printf (text, "+%02X", (guint)(guchar)*c);
    }
}

char *
postern_smtp_format_xclient (const PosternSmtpAttribute *attributes, GError **error)
{
    g_autoptr (GString) command = g_string_new ("XCLIENT");

    g_return_val_if_fail (attributes != NULL && attributes[0].name != NULL, NULL);

    for (const PosternSmtpAttribute *attribute = attributes; attribute->name != NULL; attribute++) {
        if (!check_attribute (attribute, error))
            return NULL;
        append_attribute (command, attribute);
    }
    return g_string_free_and_steal (g_steal_pointer (&command));
}
