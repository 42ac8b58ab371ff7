/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * postern_probe_certificate_fingerprint:
 * @certificate: a certificate
 *
 * Returns: (transfer full): `sha256:` and 64 lower-case hexadecimal digits: the SHA-256 of the DER form
 */
char *postern_probe_certificate_fingerprint (GTlsCertificate *certificate);

/**
 * postern_probe_certificate_subject:
 * @certificate: a certificate
 *
 * Returns: (transfer full): the subject's distinguished name, such as "CN=mail.example.com", fit to be shown whatever
 * the certificate says; the empty string if it has none
 */
char *postern_probe_certificate_subject (GTlsCertificate *certificate);

G_END_DECLS
