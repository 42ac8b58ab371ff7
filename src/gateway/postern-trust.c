/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-trust-private.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-certificate.h"
#include "gateway/postern-gateway-error.h"

struct _PosternTrust {
    gatomicrefcount references;
    GTlsDatabase *database;
    char *pin;
    gboolean any;
};

G_DEFINE_BOXED_TYPE (PosternTrust, postern_trust, postern_trust_ref, postern_trust_unref)

static PosternTrust *
trust_new (void)
{
    PosternTrust *self = g_new0 (PosternTrust, 1);

    g_atomic_ref_count_init (&self->references);
    return self;
}

PosternTrust *
postern_trust_new_system (void)
{
    PosternTrust *self = trust_new ();

    self->database = g_tls_backend_get_default_database (g_tls_backend_get_default ());
    return self;
}

PosternTrust *
postern_trust_new_pin (const char *fingerprint, GError **error)
{
    g_autofree char *pin = NULL;
    PosternTrust *self;

    g_return_val_if_fail (fingerprint != NULL, NULL);

    pin = postern_fingerprint_parse (fingerprint, error);
    if (pin == NULL)
        return NULL;
    self = trust_new ();
    self->pin = g_steal_pointer (&pin);
    return self;
}

PosternTrust *
postern_trust_new_ca_file (GFile *file, GError **error)
{
    g_autofree char *path = NULL;
    g_autofree char *name = NULL;
    g_autolist (GTlsCertificate) certificates = NULL;
    g_autoptr (GTlsDatabase) database = NULL;
    g_autoptr (GError) reason = NULL;
    PosternTrust *self;

    g_return_val_if_fail (G_IS_FILE (file), NULL);

    path = g_file_get_path (file);
    name = g_file_get_parse_name (file);
    /* The database itself takes a file without any certificate for an empty set of CAs. */
    if (path != NULL)
        certificates = g_tls_certificate_list_new_from_file (path, &reason);
    if (certificates != NULL)
        database = g_tls_file_database_new (path, &reason);
    if (database == NULL) {
        g_set_error (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS,
                     /* Translators: the first %s is a file's name, the second what is wrong, in the system's
                      * words. A CA is a certificate authority. */
                     _ ("The CA file “%s” cannot be used: %s. Give a file of certificates in PEM form."), name,
                     reason != NULL ? reason->message : _ ("there is no certificate in it"));
        return NULL;
    }
    self = trust_new ();
    self->database = g_steal_pointer (&database);
    return self;
}

PosternTrust *
postern_trust_new_any (void)
{
    PosternTrust *self = trust_new ();

    self->any = TRUE;
    return self;
}

PosternTrust *
postern_trust_ref (PosternTrust *self)
{
    g_return_val_if_fail (self != NULL, NULL);
    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
postern_trust_unref (PosternTrust *self)
{
    g_return_if_fail (self != NULL);
    if (!g_atomic_ref_count_dec (&self->references))
        return;
    g_clear_object (&self->database);
    g_free (self->pin);
    g_free (self);
}

const char *
postern_trust_get_pin (PosternTrust *self)
{
    g_return_val_if_fail (self != NULL, NULL);
    return self->pin;
}

gboolean
postern_trust_is_any (PosternTrust *self)
{
    return self->any;
}

GTlsDatabase *
postern_trust_get_database (PosternTrust *self)
{
    return self->database;
}

gboolean
postern_trust_accepts (PosternTrust *self, GTlsCertificate *certificate)
{
    g_autoptr (PosternCertificate) shown = NULL;

    if (self->any)
        return TRUE;
    if (self->pin == NULL)
        return FALSE;
    shown = postern_certificate_new (certificate, 0);
    return g_str_equal (postern_certificate_get_fingerprint (shown), self->pin);
}

void
postern_trust_prepare (GIOStream *stream)
{
    static const char name[] = "session-resumption-enabled";

    if (g_object_class_find_property (G_OBJECT_GET_CLASS (stream), name) != NULL)
        g_object_set (stream, name, FALSE, NULL);
}

gboolean
postern_trust_check (PosternTrust *self, GTlsCertificate *certificate, GSocketConnectable *identity,
                     GTlsCertificateFlags *flags)
{
    *flags = G_TLS_CERTIFICATE_NO_FLAGS;
    if (self->any)
        return TRUE;
    if (certificate == NULL)
        return FALSE;
    if (self->pin != NULL)
        return postern_trust_accepts (self, certificate);
    *flags = g_tls_database_verify_chain (self->database, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                          identity, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
    return *flags == G_TLS_CERTIFICATE_NO_FLAGS;
}
