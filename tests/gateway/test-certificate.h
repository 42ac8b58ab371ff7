/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * test_certificate_new:
 * @name: the common name
 * @authority: (nullable): who signs it; %NULL: it signs itself and may sign others
 *
 * Returns: (transfer full): a certificate for 127.0.0.1 and @name, made this moment, with its key
 */
GTlsCertificate *test_certificate_new (const char *name, GTlsCertificate *authority);

/* test_certificate_new_expired: Returns: (transfer full): a self-signed one whose time is over */
GTlsCertificate *test_certificate_new_expired (const char *name);

G_END_DECLS
