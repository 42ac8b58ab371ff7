/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-certificate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gateway/postern-gateway-error.h"
#include "gateway/postern-proxy-resolver.h"
#include "gateway/postern-transport-error.h"
#include "plan/postern-text.h"
#include "probe/postern-smtp-reply.h"
#include "probe/postern-wait.h"

#define FETCH_SECONDS 15
#define FINGERPRINT_TAG "sha256:"
#define FINGERPRINT_DIGITS 64

struct _PosternCertificate {
    GObject parent_instance;

    char *fingerprint;
    char *fingerprint_display;
    char *subject;
    GDateTime *not_before;
    GDateTime *not_after;
    char *problems;
};

typedef enum {
    PROP_FINGERPRINT = 1,
    PROP_FINGERPRINT_DISPLAY,
    PROP_SUBJECT,
    PROP_NOT_BEFORE,
    PROP_NOT_AFTER,
    PROP_PROBLEMS,
} PosternCertificateProperty;

static GParamSpec *properties[PROP_PROBLEMS + 1];

G_DEFINE_FINAL_TYPE (PosternCertificate, postern_certificate, G_TYPE_OBJECT)

static void
postern_certificate_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternCertificate *self = POSTERN_CERTIFICATE (object);

    switch ((PosternCertificateProperty)id) {
    case PROP_FINGERPRINT:
        g_value_set_string (value, self->fingerprint);
        break;
    case PROP_FINGERPRINT_DISPLAY:
        g_value_set_string (value, self->fingerprint_display);
        break;
    case PROP_SUBJECT:
        g_value_set_string (value, self->subject);
        break;
    case PROP_NOT_BEFORE:
        g_value_set_boxed (value, self->not_before);
        break;
    case PROP_NOT_AFTER:
        g_value_set_boxed (value, self->not_after);
        break;
    case PROP_PROBLEMS:
        g_value_set_string (value, self->problems);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_certificate_finalize (GObject *object)
{
    PosternCertificate *self = POSTERN_CERTIFICATE (object);

    g_free (self->fingerprint);
    g_free (self->fingerprint_display);
    g_free (self->subject);
    g_clear_pointer (&self->not_before, g_date_time_unref);
    g_clear_pointer (&self->not_after, g_date_time_unref);
    g_free (self->problems);
    G_OBJECT_CLASS (postern_certificate_parent_class)->finalize (object);
}

static void
postern_certificate_class_init (PosternCertificateClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_certificate_get_property;
    object_class->finalize = postern_certificate_finalize;

    properties[PROP_FINGERPRINT] = g_param_spec_string ("fingerprint", NULL, NULL, NULL, flags);
    properties[PROP_FINGERPRINT_DISPLAY] = g_param_spec_string ("fingerprint-display", NULL, NULL, NULL, flags);
    properties[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, flags);
    properties[PROP_NOT_BEFORE] = g_param_spec_boxed ("not-before", NULL, NULL, G_TYPE_DATE_TIME, flags);
    properties[PROP_NOT_AFTER] = g_param_spec_boxed ("not-after", NULL, NULL, G_TYPE_DATE_TIME, flags);
    properties[PROP_PROBLEMS] = g_param_spec_string ("problems", NULL, NULL, NULL, flags);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_certificate_init (PosternCertificate *self)
{
}

static char *
make_fingerprint (GTlsCertificate *certificate)
{
    g_autoptr (GByteArray) der = NULL;
    g_autofree char *digest = NULL;

    g_object_get (certificate, "certificate", &der, NULL);
    digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
    return g_strconcat (FINGERPRINT_TAG, digest, NULL);
}

char *
postern_fingerprint_to_display (const char *fingerprint)
{
    GString *text = g_string_new (NULL);

    fingerprint += strlen (FINGERPRINT_TAG);
    for (gsize i = 0; fingerprint[i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0)
            g_string_append_c (text, ' ');
        g_string_append_c (text, g_ascii_toupper (fingerprint[i]));
    }
    return g_string_free_and_steal (text);
}

static char *
make_problems (GTlsCertificateFlags flags)
{
    const struct {
        GTlsCertificateFlags flag;
        const char *text;
    } sentences[] = {
        { G_TLS_CERTIFICATE_UNKNOWN_CA, _ ("No authority that this computer trusts has signed it.") },
        { G_TLS_CERTIFICATE_BAD_IDENTITY, _ ("It was issued for another name.") },
        { G_TLS_CERTIFICATE_NOT_ACTIVATED, _ ("It is not valid yet.") },
        { G_TLS_CERTIFICATE_EXPIRED, _ ("It has expired.") },
        { G_TLS_CERTIFICATE_REVOKED, _ ("It has been revoked.") },
        { G_TLS_CERTIFICATE_INSECURE, _ ("It uses a method that is no longer secure.") },
        { G_TLS_CERTIFICATE_GENERIC_ERROR, _ ("It could not be checked.") },
    };
    g_autoptr (GString) text = g_string_new (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++) {
        if (!(flags & sentences[i].flag))
            continue;
        if (text->len > 0)
            g_string_append_c (text, ' ');
        g_string_append (text, sentences[i].text);
    }
    return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

PosternCertificate *
postern_certificate_new (GTlsCertificate *certificate, GTlsCertificateFlags flags)
{
    g_autofree char *subject = NULL;
    PosternCertificate *self;

    g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

    self = g_object_new (POSTERN_TYPE_CERTIFICATE, NULL);
    subject = g_tls_certificate_get_subject_name (certificate);
    self->fingerprint = make_fingerprint (certificate);
    self->fingerprint_display = postern_fingerprint_to_display (self->fingerprint);
    self->subject = postern_smtp_reply_clean_text (subject != NULL ? subject : "", -1);
    self->not_before = g_tls_certificate_get_not_valid_before (certificate);
    self->not_after = g_tls_certificate_get_not_valid_after (certificate);
    self->problems = make_problems (flags);
    return self;
}

typedef struct {
    GTlsCertificate *certificate;
    GTlsCertificateFlags flags;
} Handshake;

static gboolean
on_accept_certificate_cb (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags flags,
                          gpointer data)
{
    Handshake *handshake = data;

    handshake->flags = flags;
    return TRUE;
}

static void
on_event_cb (GSocketClient *client, GSocketClientEvent event, GSocketConnectable *connectable, GIOStream *stream,
             gpointer data)
{
    Handshake *handshake = data;

    if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
        g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), handshake);
    if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
        g_set_object (&handshake->certificate, g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (stream)));
}

/* Connects, shakes hands and hangs up. */
static gboolean
shake_hands (PosternGatewayAddress *address, Handshake *handshake, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternWait) wait = NULL;
    g_autoptr (GSocketClient) client = NULL;
    g_autoptr (GSocketConnection) connection = NULL;
    g_autoptr (GProxyResolver) resolver = postern_proxy_resolver_new_default ();
    g_autoptr (GError) reason = NULL;
    gboolean timed_out;

    wait = postern_wait_new (g_get_monotonic_time () + FETCH_SECONDS * G_TIME_SPAN_SECOND, cancellable);
    client = g_socket_client_new ();
    g_socket_client_set_proxy_resolver (client, resolver);
    g_socket_client_set_tls (client, TRUE);
    g_signal_connect (client, "event", G_CALLBACK (on_event_cb), handshake);
    g_socket_client_connect_to_host_async (client, postern_gateway_address_get_host (address),
                                           postern_gateway_address_get_effective_port (address),
                                           postern_wait_get_cancellable (wait), postern_wait_finished, wait);
    connection = g_socket_client_connect_to_host_finish (client, postern_wait_for_result (wait), &reason);
    g_signal_handlers_disconnect_by_data (client, handshake);
    if (connection != NULL)
        return TRUE;
    timed_out = postern_wait_has_timed_out (wait, reason);
    postern_transport_error_take (error, g_steal_pointer (&reason), address, timed_out);
    return FALSE;
}

PosternCertificate *
postern_certificate_fetch (PosternGatewayAddress *address, GCancellable *cancellable, GError **error)
{
    g_autoptr (GTlsCertificate) certificate = NULL;
    Handshake handshake = { 0 };
    gboolean connected;

    g_return_val_if_fail (address != NULL, NULL);
    g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

    connected = shake_hands (address, &handshake, cancellable, error);
    certificate = handshake.certificate;
    if (!connected)
        return NULL;
    return postern_certificate_new (certificate, handshake.flags);
}

const char *
postern_certificate_get_fingerprint (PosternCertificate *self)
{
    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (self), NULL);
    return self->fingerprint;
}

const char *
postern_certificate_get_fingerprint_display (PosternCertificate *self)
{
    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (self), NULL);
    return self->fingerprint_display;
}

const char *
postern_certificate_get_subject (PosternCertificate *self)
{
    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (self), NULL);
    return self->subject;
}

GDateTime *
postern_certificate_get_not_before (PosternCertificate *self)
{
    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (self), NULL);
    return self->not_before;
}

GDateTime *
postern_certificate_get_not_after (PosternCertificate *self)
{
    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (self), NULL);
    return self->not_after;
}

const char *
postern_certificate_get_problems (PosternCertificate *self)
{
    g_return_val_if_fail (POSTERN_IS_CERTIFICATE (self), NULL);
    return self->problems;
}

char *
postern_fingerprint_parse (const char *text, GError **error)
{
    g_autoptr (GString) digits = g_string_new (FINGERPRINT_TAG);
    g_autofree char *stripped = NULL;
    g_autofree char *shown = NULL;
    const char *rest;

    g_return_val_if_fail (text != NULL, NULL);

    stripped = g_strstrip (g_strdup (text));
    rest = stripped;
    if (g_ascii_strncasecmp (rest, FINGERPRINT_TAG, strlen (FINGERPRINT_TAG)) == 0)
        rest += strlen (FINGERPRINT_TAG);
    for (; *rest != '\0'; rest++) {
        if (g_ascii_isxdigit (*rest))
            g_string_append_c (digits, g_ascii_tolower (*rest));
        else if (*rest != ':' && *rest != ' ')
            break;
    }
    if (*rest == '\0' && digits->len == strlen (FINGERPRINT_TAG) + FINGERPRINT_DIGITS)
        return g_string_free_and_steal (g_steal_pointer (&digits));
    shown = postern_text_for_message (text);
    g_set_error (
        error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_ADDRESS,
        _ ("“%s” is not a fingerprint. It is “sha256:” and 64 hexadecimal digits; “posternd fingerprint” on the "
           "gateway prints it."),
        shown);
    return NULL;
}
