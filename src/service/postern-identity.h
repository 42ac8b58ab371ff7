/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What the service proves with TLS that it is: a key and a certificate that it signs itself, made at the first start.
 * Clients show the certificate's fingerprint to a person once and expect the same one ever after.
 */

/**
 * postern_identity_load:
 * @directory: the state directory; `key.pem` and `certificate.pem` in it are made unless they are there
 * @node: the name of this host, for a new certificate
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): the certificate with its key
 */
GTlsCertificate *postern_identity_load (const char *directory, const char *node, GError **error);

/** postern_identity_get_fingerprint: Returns: (transfer full): "sha256:" and 64 lower-case hexadecimal digits */
char *postern_identity_get_fingerprint (GTlsCertificate *certificate);

G_END_DECLS
