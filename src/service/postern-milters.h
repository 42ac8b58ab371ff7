/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * postern_milters_compose:
 * @before: (nullable): the administrator's value of smtpd_milters (postconf(5)), or %NULL if it is not set
 * @milter: the scanner, such as "inet:127.0.0.1:11332"
 *
 * Adds the scanner to the mail filters that there are. A filter that is the same one is replaced, else everything would
 * be scanned twice. While the scanner does not answer, mail is deferred, whatever milter_default_action is for the
 * others: a gateway for security lets nothing pass unchecked, and the sender tries again.
 *
 * Returns: (transfer full): the value
 */
char *postern_milters_compose (const char *before, const char *milter);

G_END_DECLS
