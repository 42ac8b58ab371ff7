/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What may go into an SMTP command. A command is a line, so an argument that holds a line break is a second command;
 * one that holds “>” or a space ends the path and begins parameters. Such arguments are refused here, before the wire.
 */

/* RFC 5321 section 4.5.3.1.3: a path has at most 256 octets, two of which are the angle brackets. */
#define POSTERN_SMTP_MAX_MAILBOX 254

/**
 * PosternSmtpAttribute:
 * @name: an XCLIENT attribute: "ADDR", "NAME", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR" or "DESTPORT"
 * @value: its value as text, not encoded; "[UNAVAILABLE]" and "[TEMPUNAVAIL]" have the meaning that Postfix gives them
 *
 * One thing that an SMTP client says of the client that it stands for (Postfix, XCLIENT_README). A list of them ends
 * with an attribute whose name is %NULL.
 */
typedef struct {
    const char *name;
    const char *value;
} PosternSmtpAttribute;

/**
 * postern_smtp_check_mailbox:
 * @mailbox: an address without angle brackets
 * @error: return location for an error, or %NULL
 *
 * Checks that @mailbox can be put between angle brackets and nothing else comes of it: UTF-8, not empty, not longer
 * than %POSTERN_SMTP_MAX_MAILBOX, no control characters, no white space, no angle brackets. What it means is for the
 * server to judge (a probe may well ask about `joe%elsewhere.test@example.com`). Quoted local parts with a space or a
 * bracket in them are legal in RFC 5321 and refused here all the same.
 *
 * Returns: whether @mailbox may be sent; else %FALSE with %POSTERN_PROBE_ERROR_INVALID_ARGUMENT
 */
gboolean postern_smtp_check_mailbox (const char *mailbox, GError **error);

/**
 * postern_smtp_check_hello_name:
 * @name: what EHLO says: a domain name in A-labels or an address literal such as `[10.0.0.2]` or `[IPv6:2001:db8::1]`
 * @error: return location for an error, or %NULL
 *
 * Returns: whether @name may be sent; else %FALSE with %POSTERN_PROBE_ERROR_INVALID_ARGUMENT
 */
gboolean postern_smtp_check_hello_name (const char *name, GError **error);

/**
 * postern_smtp_format_xclient:
 * @attributes: who to stand for; the list ends with an attribute whose name is %NULL
 * @error: return location for an error, or %NULL
 *
 * Puts the command XCLIENT together: each value in xtext (RFC 3461 section 4), an IPv6 address with the tag `IPV6:`
 * that Postfix wants.
 *
 * Returns: (transfer full) (nullable): the command, or %NULL with %POSTERN_PROBE_ERROR_INVALID_ARGUMENT if a name is
 * not known or a value is empty, longer than 255 octets or contains control characters
 */
char *postern_smtp_format_xclient (const PosternSmtpAttribute *attributes, GError **error);

G_END_DECLS
