/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * postern_smtp_format_server:
 * @host: a host name, or an address without brackets
 * @address: (nullable): which of the name's addresses is meant
 * @port: the port
 *
 * Returns: (transfer full): the server for a person, as Postfix's log writes it: "mail.example.com:25",
 *   "mail.example.com[10.0.0.20]:25", "10.0.0.20:25" or "[2001:db8::1]:25"
 */
char *postern_smtp_format_server (const char *host, GInetAddress *address, guint16 port);

/** postern_smtp_format_address_literal: Returns: (transfer full): @address as SMTP writes it: "[10.0.0.2]" or
 * "[IPv6:2001:db8::1]" (RFC 5321 section 4.1.3) */
char *postern_smtp_format_address_literal (GInetAddress *address);

G_END_DECLS
