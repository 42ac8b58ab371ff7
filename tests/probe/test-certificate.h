/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * test_certificate_make:
 *
 * Has certtool make a key and a self-signed certificate for "mx.test". They live in memory only.
 *
 * Returns: (transfer full) (nullable): the certificate with its key, or %NULL with the test skipped if there is no
 * certtool
 */
GTlsCertificate *test_certificate_make (void);

G_END_DECLS
