/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternTrust:
 *
 * By what a gateway's certificate is believed: the system's CAs, one pinned certificate, or the CAs of a file. There is
 * no “ignore”. Immutable and reference-counted; may be shared between threads.
 */
typedef struct _PosternTrust PosternTrust;

#define POSTERN_TYPE_TRUST (postern_trust_get_type ())
GType postern_trust_get_type (void) G_GNUC_CONST;

/** postern_trust_new_system: Returns: (transfer full): believes what the system's CAs have signed */
PosternTrust *postern_trust_new_system (void);

/**
 * postern_trust_new_pin:
 * @fingerprint: a fingerprint as postern_fingerprint_parse() reads it
 * @error: return location for an error, or %NULL
 *
 * Believes the certificate with this fingerprint, whoever signed it, whatever its name and dates, and no other.
 *
 * Returns: (transfer full) (nullable): it, or %NULL with %POSTERN_GATEWAY_ERROR_ADDRESS
 */
PosternTrust *postern_trust_new_pin (const char *fingerprint, GError **error);

/**
 * postern_trust_new_ca_file:
 * @file: a file of PEM certificates
 * @error: return location for an error, or %NULL
 *
 * Believes what the CAs of @file have signed (the name and the dates count as well), and nothing else. Reads the file.
 *
 * Returns: (transfer full) (nullable): it, or %NULL with %POSTERN_GATEWAY_ERROR_ADDRESS
 */
PosternTrust *postern_trust_new_ca_file (GFile *file, GError **error);

PosternTrust *postern_trust_ref (PosternTrust *self);
void postern_trust_unref (PosternTrust *self);

/** postern_trust_get_pin: Returns: (transfer none) (nullable): the pinned fingerprint in its canonical form */
const char *postern_trust_get_pin (PosternTrust *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternTrust, postern_trust_unref)

G_END_DECLS
