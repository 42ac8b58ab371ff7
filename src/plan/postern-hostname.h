/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Names of hosts and mail domains. Inside Postern a name is always its A-label form: lower-case ASCII, no trailing dot
 * (RFC 5890, UTS 46). People see the U-label form.
 */

/**
 * postern_hostname_to_ascii:
 * @text: a name as a person or a file writes it; white space around it and one trailing dot are forgiven
 * @error: return location for an error, or %NULL
 *
 * Turns a name into its A-label form by IDNA2008 with UTS 46 non-transitional mapping. Refuses what is not a name:
 * addresses, labels longer than 63 octets, names longer than 253, empty labels, underscores, wildcards, control
 * characters.
 *
 * Returns: (transfer full) (nullable): the A-label form, or %NULL with %POSTERN_PLAN_ERROR_INVALID_HOST
 */
char *postern_hostname_to_ascii (const char *text, GError **error);

/** The room that the A-label form of a name needs, with its terminating NUL. */
#define POSTERN_HOSTNAME_SIZE 254

/**
 * postern_hostname_fold:
 * @text: a name, not NUL-terminated
 * @length: its length in bytes
 * @ascii: (out caller-allocates) (array fixed-size=254): its A-label form, NUL-terminated
 *
 * Does what postern_hostname_to_ascii() does for nearly every name there is: those of ASCII letters that need no IDNA.
 * Made for millions of them.
 *
 * Returns: the length of @ascii, or 0 if @text is no such name: then only postern_hostname_to_ascii() knows what it is
 */
gsize postern_hostname_fold (const char *text, gsize length, char ascii[POSTERN_HOSTNAME_SIZE]);

/**
 * postern_hostname_to_display:
 * @ascii: an A-label name; a leading dot is kept
 *
 * Returns: (transfer full): the name as people write it (U-labels), or a copy of @ascii where it has no such form
 */
char *postern_hostname_to_display (const char *ascii);

/**
 * postern_hostname_parse_address:
 * @text: an IPv4 or IPv6 address, with or without brackets (RFC 5321 address literals and their `IPv6:` tag as well)
 *
 * Accepts only the unambiguous notations: dotted decimal without leading zeros, RFC 4291 text without a zone. An
 * IPv4-mapped IPv6 address is returned as the IPv4 address that it stands for.
 *
 * Returns: (transfer full) (nullable): the address, or %NULL if @text is not one
 */
GInetAddress *postern_hostname_parse_address (const char *text);

G_END_DECLS
