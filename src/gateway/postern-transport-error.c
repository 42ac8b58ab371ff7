/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-transport-error.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-hostname.h"

char *
postern_transport_error_place (PosternGatewayAddress *address)
{
    g_autofree char *host = postern_hostname_to_display (postern_gateway_address_get_host (address));

    /* Translators: where a gateway is, in the middle of a sentence: “gw.example.com, port 8443”. */
    return g_strdup_printf (_ ("%s, port %u"), host, postern_gateway_address_get_effective_port (address));
}

static GError *
make (PosternGatewayError code, char *message)
{
    GError *error = g_error_new_literal (POSTERN_GATEWAY_ERROR, code, message);

    g_free (message);
    return error;
}

static gboolean
is_broken (const GError *reason)
{
    return g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
           g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
           g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ||
           g_error_matches (reason, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

static GError *
explain_connection (const GError *reason, const char *place)
{
    if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
        return make (POSTERN_GATEWAY_ERROR_UNREACHABLE,
                     /* Translators: %s is host and port. */
                     g_strdup_printf (_ ("%s refuses the connection. Check the address and the port, and whether the "
                                         "gateway's service is running."),
                                      place));
    if (is_broken (reason))
        return make (POSTERN_GATEWAY_ERROR_UNREACHABLE,
                     /* Translators: %s is host and port. */
                     g_strdup_printf (_ ("The connection to %s broke before the answer was complete. Check the "
                                         "network, and whether the gateway's service is running."),
                                      place));
    return make (
        POSTERN_GATEWAY_ERROR_UNREACHABLE,
        /* Translators: the first %s is host and port, the second what is wrong, in the system's words. */
        g_strdup_printf (_ ("%s cannot be reached: %s. Check the address and the network."), place, reason->message));
}

static GError *
explain (const GError *reason, const char *place, gboolean timed_out)
{
    if (timed_out || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        return make (
            POSTERN_GATEWAY_ERROR_TIMED_OUT,
            /* Translators: %s is host and port. */
            g_strdup_printf (_ ("%s did not answer in time. Check the address, the network and any firewall on "
                                "the way."),
                             place));
    if (reason->domain == G_RESOLVER_ERROR)
        return make (POSTERN_GATEWAY_ERROR_UNREACHABLE,
                     /* Translators: the first %s is host and port, the second what is wrong, in the system's words. */
                     g_strdup_printf (_ ("The name in %s cannot be resolved: %s. Check the name and DNS."), place,
                                      reason->message));
    if (reason->domain == G_TLS_ERROR && !is_broken (reason))
        return make (
            POSTERN_GATEWAY_ERROR_PROTOCOL,
            /* Translators: the first %s is host and port, the second what is wrong, in the system's words. */
            g_strdup_printf (_ ("No secure connection to %s: %s. Check that this is the port on which the gateway "
                                "offers https."),
                             place, reason->message));
    return explain_connection (reason, place);
}

void
postern_transport_error_take (GError **error, GError *reason, PosternGatewayAddress *address, gboolean timed_out)
{
    g_autofree char *place = NULL;

    if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !timed_out) {
        g_propagate_error (error, reason);
        return;
    }
    place = postern_transport_error_place (address);
    g_propagate_error (error, explain (reason, place, timed_out));
    g_error_free (reason);
}

/* What prints the fingerprint on the gateway itself. */
static const char *
get_command (PosternGatewayAddress *address)
{
    if (postern_gateway_address_get_kind (address) == POSTERN_GATEWAY_KIND_PMG)
        return "openssl x509 -noout -fingerprint -sha256 -in /etc/pmg/pmg-api.pem";
    return "posternd fingerprint";
}

static char *
say_changed (const char *place, PosternCertificate *certificate, const char *pin, const char *command)
{
    return g_strdup_printf (
        /* Translators: the first %s is host and port; the next two are fingerprints, the last is a command. */
        _ ("The certificate of %s is not the one that was trusted. Trusted: %s. Shown now: %s. Either it "
           "was renewed, or someone is in between. Nothing was sent to it. Compare the fingerprint shown now "
           "with what “%s” prints on the gateway before you trust it."),
        place, pin, postern_certificate_get_fingerprint (certificate), command);
}

static char *
say_untrusted (const char *place, PosternCertificate *certificate, const char *command)
{
    const char *problems = postern_certificate_get_problems (certificate);

    return g_strdup_printf (
        /* Translators: the first %s is host and port, the second one or more whole sentences, the third a
         * fingerprint, the fourth a command. */
        _ ("The certificate of %s is not trusted. %s Its fingerprint is %s. Nothing was sent to it. Compare it "
           "with what “%s” prints on the gateway; if it is the same, trust it."),
        place, problems != NULL ? problems : "", postern_certificate_get_fingerprint (certificate), command);
}

GError *
postern_transport_error_untrusted (PosternGatewayAddress *address, PosternCertificate *certificate, const char *pin)
{
    g_autofree char *place = postern_transport_error_place (address);
    const char *command = get_command (address);
    GError *error;

    if (pin != NULL)
        error = make (POSTERN_GATEWAY_ERROR_CERTIFICATE_CHANGED, say_changed (place, certificate, pin, command));
    else
        error = make (POSTERN_GATEWAY_ERROR_UNTRUSTED, say_untrusted (place, certificate, command));
    postern_gateway_error_set_certificate (error, certificate);
    return error;
}
