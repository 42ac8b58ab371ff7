/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/** MailServer: a mail server on a free port of this machine, which answers to all commands but one with 250 */
typedef GSocketService MailServer;

/** mail_server_start: @to_recipient: its answer to RCPT, such as "550 no such user"; @port: (out): where it listens */
MailServer *mail_server_start (const char *to_recipient, guint16 *port);

/** mail_server_stop: (transfer full): nothing listens there any more; who is connected is served to the end */
void mail_server_stop (MailServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MailServer, mail_server_stop)
