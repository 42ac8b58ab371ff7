/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-probe-certificate.h"

#include "probe/postern-smtp-reply.h"

char *
postern_probe_certificate_fingerprint (GTlsCertificate *certificate)
{
    g_autoptr (GByteArray) der = NULL;
    g_autofree char *digest = NULL;

    g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

    g_object_get (certificate, "certificate", &der, NULL);
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
    return g_strconcat ("sha256:", digest, NULL);
}

char *
postern_probe_certificate_subject (GTlsCertificate *certificate)
{
    g_autofree char *name = NULL;

    g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

    name = g_tls_certificate_get_subject_name (certificate);
    return postern_smtp_reply_clean_text (name != NULL ? name : "", -1);
}
