/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "gateway/postern-gateway-address.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_CERTIFICATE (postern_certificate_get_type ())

/**
 * PosternCertificate:
 *
 * The certificate with which a gateway says who it is, for a person to compare. Immutable; may be shared between
 * threads.
 *
 * Properties: `fingerprint`, `fingerprint-display`, `subject`, `not-before`, `not-after`, `problems`.
 */
G_DECLARE_FINAL_TYPE (PosternCertificate, postern_certificate, POSTERN, CERTIFICATE, GObject)

/**
 * postern_certificate_new:
 * @certificate: what the server showed
 * @flags: why it is not trusted, 0 if it is
 */
PosternCertificate *postern_certificate_new (GTlsCertificate *certificate, GTlsCertificateFlags flags);

/**
 * postern_certificate_fetch:
 * @address: where to ask; of an unknown kind without a port, 8443 is asked
 * @cancellable: (nullable): to stop it
 * @error: return location for an error, or %NULL
 *
 * Blocks. Makes a TLS connection, takes the certificate and hangs up; nothing is sent over it, so nothing secret can
 * be. The certificate is judged by the system's CAs (`problems`), but any is returned.
 *
 * Returns: (transfer full) (nullable): the certificate, or %NULL with a #PosternGatewayError
 */
PosternCertificate *postern_certificate_fetch (PosternGatewayAddress *address, GCancellable *cancellable,
                                               GError **error);

/** postern_certificate_get_fingerprint: Returns: (transfer none): `sha256:` and 64 lower-case hexadecimal digits:
 * SHA-256 of the DER form */
const char *postern_certificate_get_fingerprint (PosternCertificate *self);
/** postern_certificate_get_fingerprint_display: Returns: (transfer none): the 64 digits in upper case in groups of
 * four, for comparing by eye */
const char *postern_certificate_get_fingerprint_display (PosternCertificate *self);
/** postern_certificate_get_subject: Returns: (transfer none): the subject's distinguished name; may be empty */
const char *postern_certificate_get_subject (PosternCertificate *self);
/** postern_certificate_get_not_before: Returns: (transfer none) (nullable): from when on it is valid */
GDateTime *postern_certificate_get_not_before (PosternCertificate *self);
/** postern_certificate_get_not_after: Returns: (transfer none) (nullable): until when it is valid */
GDateTime *postern_certificate_get_not_after (PosternCertificate *self);
/** postern_certificate_get_problems: Returns: (transfer none) (nullable): why it is not trusted, whole sentences,
 * translated; %NULL if it is */
const char *postern_certificate_get_problems (PosternCertificate *self);

/**
 * postern_fingerprint_parse:
 * @text: a fingerprint: 64 hexadecimal digits in either case with or without colons, spaces and the tag `sha256:`
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): its canonical form, or %NULL with %POSTERN_GATEWAY_ERROR_ADDRESS
 */
char *postern_fingerprint_parse (const char *text, GError **error);

/** postern_fingerprint_to_display: Returns: (transfer full): a fingerprint in its canonical form as a person compares
 * it: 64 digits in upper case in groups of four */
char *postern_fingerprint_to_display (const char *fingerprint);

G_END_DECLS
