/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-identity.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "service/postern-files.h"
#include "service/postern-service-error.h"

#define TEN_YEARS (3652 * 24 * 60 * 60)
#define SERIAL_BYTES 16
#define LONGEST_COMMON_NAME 64 /* RFC 5280, appendix A.1: ub-common-name */

static void
free_key (gnutls_x509_privkey_t *key)
{
    g_clear_pointer (key, gnutls_x509_privkey_deinit);
}

static void
free_certificate (gnutls_x509_crt_t *certificate)
{
    g_clear_pointer (certificate, gnutls_x509_crt_deinit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (gnutls_x509_privkey_t, free_key)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (gnutls_x509_crt_t, free_certificate)

/* GnuTLS answers with negative numbers; the first one is kept. */
static void
keep_worst (int *worst, int status)
{
    if (*worst >= 0)
        *worst = status;
}

static int
set_names (gnutls_x509_crt_t certificate, const char *node)
{
    g_autofree char *ascii = postern_hostname_to_ascii (node, NULL);
    gsize length = strlen (node);
    int worst = 0;

    if (length > LONGEST_COMMON_NAME || ascii == NULL)
        node = "localhost";
    keep_worst (&worst, gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, node,
                                                       (unsigned)strlen (node)));
    keep_worst (&worst, gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, "localhost",
                                                              strlen ("localhost"), GNUTLS_FSAN_SET));
    if (ascii && !g_str_equal (ascii, "localhost"))
        keep_worst (&worst, gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, ascii,
                                                                  (unsigned)strlen (ascii), GNUTLS_FSAN_APPEND));
    return worst;
}

/* A server's certificate and nobody's issuer. It is valid from yesterday, because clocks differ. */
static int
set_purpose (gnutls_x509_crt_t certificate)
{
    guint8 serial[SERIAL_BYTES];
    time_t now = g_get_real_time () / G_USEC_PER_SEC;
    int worst = gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);

    serial[0] &= 0x7f; /* a positive number, RFC 5280, 4.1.2.2 */
    keep_worst (&worst, gnutls_x509_crt_set_version (certificate, 3));
    keep_worst (&worst, gnutls_x509_crt_set_serial (certificate, serial, sizeof serial));
    keep_worst (&worst, gnutls_x509_crt_set_activation_time (certificate, now - 24 * 60 * 60));
    keep_worst (&worst, gnutls_x509_crt_set_expiration_time (certificate, now + TEN_YEARS));
    keep_worst (&worst, gnutls_x509_crt_set_basic_constraints (certificate, 0, -1));
    keep_worst (&worst, gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE));
    keep_worst (&worst, gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
    return worst;
}

static int
generate (const char *node, gnutls_x509_privkey_t *key, gnutls_x509_crt_t *certificate)
{
    int worst = gnutls_x509_privkey_init (key);

    keep_worst (&worst, gnutls_x509_crt_init (certificate));
    if (worst < 0)
        return worst;
    keep_worst (&worst, gnutls_x509_privkey_generate (*key, GNUTLS_PK_ECDSA,
                                                      GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
    keep_worst (&worst, set_purpose (*certificate));
    keep_worst (&worst, set_names (*certificate, node));
    keep_worst (&worst, gnutls_x509_crt_set_key (*certificate, *key));
    if (worst >= 0)
        keep_worst (&worst, gnutls_x509_crt_sign2 (*certificate, *certificate, *key, GNUTLS_DIG_SHA256, 0));
    return worst;
}

static gboolean
write_pem (const char *path, const gnutls_datum_t *pem, int mode, GError **error)
{
    return postern_files_replace (path, (const char *)pem->data, pem->size, NULL, mode, error);
}

static gboolean
make (const char *key_path, const char *certificate_path, const char *node, GError **error)
{
    g_auto (gnutls_x509_privkey_t) key = NULL;
    g_auto (gnutls_x509_crt_t) certificate = NULL;
    gnutls_datum_t key_pem = { 0 }, certificate_pem = { 0 };
    int status = generate (node, &key, &certificate);
    gboolean made = FALSE;

    if (status >= 0)
        keep_worst (&status,
                    gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &key_pem));
    if (status >= 0)
        keep_worst (&status, gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &certificate_pem));
    if (status >= 0)
        made =
            write_pem (key_path, &key_pem, 0600, error) && write_pem (certificate_path, &certificate_pem, 0644, error);
    else
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE,
                     _ ("No certificate could be made: %s"), gnutls_strerror (status));
    gnutls_memset (key_pem.data, 0, key_pem.size);
    gnutls_free (key_pem.data);
    gnutls_free (certificate_pem.data);
    return made;
}

GTlsCertificate *
postern_identity_load (const char *directory, const char *node, GError **error)
{
    g_autofree char *key = g_build_filename (directory, "key.pem", NULL);
    g_autofree char *certificate = g_build_filename (directory, "certificate.pem", NULL);

    if (!g_file_test (certificate, G_FILE_TEST_EXISTS) && !make (key, certificate, node, error))
        return NULL;
    return g_tls_certificate_new_from_files (certificate, key, error);
}

char *
postern_identity_get_fingerprint (GTlsCertificate *certificate)
{
    g_autoptr (GByteArray) der = NULL;
    g_autofree char *digest = NULL;

    g_object_get (certificate, "certificate", &der, NULL);
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
    return g_strconcat ("sha256:", digest, NULL);
}
