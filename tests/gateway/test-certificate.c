/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-certificate.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define HOUR 3600

static void
must (int result)
{
    if (result < 0)
        g_error ("GnuTLS: %s", gnutls_strerror (result));
}

static gnutls_x509_privkey_t
make_key (void)
{
    gnutls_x509_privkey_t key;

    must (gnutls_x509_privkey_init (&key));
    must (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));
    return key;
}

static gnutls_x509_crt_t
make_body (const char *name, gnutls_x509_privkey_t key, gboolean is_authority, gint64 until)
{
    const guint8 loopback[] = { 127, 0, 0, 1 };
    g_autofree char *serial = g_uuid_string_random ();
    gnutls_x509_crt_t body;

    must (gnutls_x509_crt_init (&body));
    must (gnutls_x509_crt_set_version (body, 3));
    must (gnutls_x509_crt_set_serial (body, serial, 8));
    must (gnutls_x509_crt_set_dn_by_oid (body, GNUTLS_OID_X520_COMMON_NAME, 0, name, strlen (name)));
    must (gnutls_x509_crt_set_activation_time (body, time (NULL) - 24 * HOUR));
    must (gnutls_x509_crt_set_expiration_time (body, until));
    must (gnutls_x509_crt_set_key (body, key));
    must (gnutls_x509_crt_set_basic_constraints (body, is_authority, -1));
    if (is_authority)
        must (gnutls_x509_crt_set_key_usage (body, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_DIGITAL_SIGNATURE));
    must (gnutls_x509_crt_set_subject_alt_name (body, GNUTLS_SAN_DNSNAME, name, strlen (name), GNUTLS_FSAN_APPEND));
    must (gnutls_x509_crt_set_subject_alt_name (body, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback,
                                                GNUTLS_FSAN_APPEND));
    return body;
}

static void
sign (gnutls_x509_crt_t body, gnutls_x509_privkey_t key, GTlsCertificate *authority)
{
    g_autofree char *pem = NULL;
    g_autofree char *key_pem = NULL;
    gnutls_x509_crt_t issuer;
    gnutls_x509_privkey_t issuer_key;
    gnutls_datum_t datum;

    if (authority == NULL) {
        must (gnutls_x509_crt_sign2 (body, body, key, GNUTLS_DIG_SHA256, 0));
        return;
    }
    g_object_get (authority, "certificate-pem", &pem, "private-key-pem", &key_pem, NULL);
    must (gnutls_x509_crt_init (&issuer));
    must (gnutls_x509_privkey_init (&issuer_key));
    datum = (gnutls_datum_t){ (unsigned char *)pem, strlen (pem) };
    must (gnutls_x509_crt_import (issuer, &datum, GNUTLS_X509_FMT_PEM));
    datum = (gnutls_datum_t){ (unsigned char *)key_pem, strlen (key_pem) };
    must (gnutls_x509_privkey_import2 (issuer_key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0));
    must (gnutls_x509_crt_sign2 (body, issuer, issuer_key, GNUTLS_DIG_SHA256, 0));
    gnutls_x509_crt_deinit (issuer);
    gnutls_x509_privkey_deinit (issuer_key);
}

static GTlsCertificate *
make (const char *name, GTlsCertificate *authority, gint64 until)
{
    gnutls_x509_privkey_t key = make_key ();
    gnutls_x509_crt_t body = make_body (name, key, authority == NULL, until);
    g_autoptr (GError) error = NULL;
    g_autofree char *pem = NULL;
    gnutls_datum_t certificate_pem;
    gnutls_datum_t key_pem;
    GTlsCertificate *certificate;

    sign (body, key, authority);
    must (gnutls_x509_crt_export2 (body, GNUTLS_X509_FMT_PEM, &certificate_pem));
    must (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &key_pem));
    pem = g_strdup_printf ("%.*s\n%.*s", (int)certificate_pem.size, certificate_pem.data, (int)key_pem.size,
                           key_pem.data);
    gnutls_free (certificate_pem.data);
    gnutls_free (key_pem.data);
    gnutls_x509_crt_deinit (body);
    gnutls_x509_privkey_deinit (key);
    certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
    g_assert_no_error (error);
    return certificate;
}

GTlsCertificate *
test_certificate_new (const char *name, GTlsCertificate *authority)
{
    return make (name, authority, time (NULL) + 24 * HOUR);
}

GTlsCertificate *
test_certificate_new_expired (const char *name)
{
    return make (name, NULL, time (NULL) - HOUR);
}
