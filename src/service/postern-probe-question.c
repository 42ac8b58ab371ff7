/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-probe-question.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-domain.h"
#include "plan/postern-hostname.h"
#include "plan/postern-plan.h"
#include "service/postern-probe-document.h"

/* A client of the API waits for all of it. */
static const PosternSmtpTimeouts patience = { .connect_ms = 10000, .reply_ms = 20000, .overall_ms = 30000 };

/* RFC 5321, RFC 8314, RFC 6409, and the one that everybody uses beside them. */
static const guint16 smtp_ports[] = { 25, 465, 587, 2525 };

void
postern_probe_question_clear (PosternProbeQuestion *self)
{
    g_clear_pointer (&self->host, g_free);
    g_clear_object (&self->target);
    g_clear_pointer (&self->sender, g_free);
    g_clear_pointer (&self->recipient, g_free);
}

/* An IPv4 address is also reached through the IPv6 address that it is mapped to (RFC 4291, 2.5.5.2). */
static GInetAddress *
unmap (GInetAddress *address)
{
    static const guint8 prefix[12] = { [10] = 0xff, [11] = 0xff };
    const guint8 *bytes = g_inet_address_to_bytes (address);

    if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && memcmp (bytes, prefix, sizeof prefix) == 0)
        return g_inet_address_new_from_bytes (bytes + sizeof prefix, G_SOCKET_FAMILY_IPV4);
    return g_object_ref (address);
}

/* 0.0.0.0/8 is “this network” (RFC 1122, 3.2.1.3), 240.0.0.0/4 is reserved and broadcast (RFC 1112, 4). */
static gboolean
is_special_ipv4 (GInetAddress *address)
{
    const guint8 *bytes = g_inet_address_to_bytes (address);

    return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 && (bytes[0] == 0 || bytes[0] >= 240);
}

gboolean
postern_probe_question_may_ask (GInetAddress *address)
{
    g_autoptr (GInetAddress) plain = unmap (address);

    return !g_inet_address_get_is_loopback (plain) && !g_inet_address_get_is_any (plain) &&
           !g_inet_address_get_is_link_local (plain) && !g_inet_address_get_is_multicast (plain) &&
           !is_special_ipv4 (plain);
}

PosternReply *
postern_probe_question_read_host (PosternProbeQuestion *self, JsonObject *object, const char *name)
{
    const char *text = postern_probe_document_get_text (object, name);
    g_autoptr (GInetAddress) address = postern_hostname_parse_address (text);
    g_autofree char *pointer = g_strconcat ("/", name, NULL);

    self->host = address ? g_inet_address_to_string (address) : postern_hostname_to_ascii (text, NULL);
    if (self->host == NULL)
        return postern_probe_document_refuse (
            pointer, "invalid-host", _ ("This is neither a host name, such as mail.example.com, nor an IP address."));
    if (address && !postern_probe_question_may_ask (address))
        return postern_probe_document_refuse (
            pointer, "not-allowed",
            _ ("The gateway does not probe itself, nor addresses that are not those of a host in the network."));
    return NULL;
}

static gboolean
has_port (PosternRoute *route, guint16 port)
{
    return route && postern_route_get_port (route) == port;
}

static gboolean
goes_to_port (PosternDomain *domain, gpointer port)
{
    return has_port (postern_domain_get_own_route (domain), *(const guint16 *)port);
}

/* Where the mail server itself connects to. */
static gboolean
is_configured (PosternApi *api, guint16 port)
{
    PosternStore *store = postern_api_get_store (api);
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (store, NULL);
    g_autoptr (PosternPlan) plan = current ? postern_store_read_plan (store, current, goes_to_port, &port, NULL) : NULL;

    return plan && (has_port (postern_plan_get_edge_gateway (plan), port) ||
                    has_port (postern_plan_get_internal_server (plan), port) ||
                    postern_record_list_get_length (postern_plan_get_domains (plan)) > 0);
}

static gboolean
may_use_port (PosternApi *api, guint16 port)
{
    for (guint i = 0; i < G_N_ELEMENTS (smtp_ports); i++) {
        if (smtp_ports[i] == port)
            return TRUE;
    }
    return is_configured (api, port);
}

PosternReply *
postern_probe_question_read_target (PosternProbeQuestion *self, PosternApi *api, JsonObject *object)
{
    guint16 port = postern_probe_document_get_port (object);
    gboolean mx = postern_probe_document_get_flag (object, "mx");
    PosternReply *refusal = postern_probe_question_read_host (self, object, "host");
    g_autoptr (GInetAddress) address = refusal ? NULL : g_inet_address_new_from_string (self->host);

    if (refusal)
        return refusal;
    if (mx && address)
        return postern_probe_document_refuse ("/mx", "mx-on-address", _ ("An IP address has no MX records."));
    if (!may_use_port (api, port))
        return postern_probe_document_refuse (
            "/port", "not-allowed",
            _ ("The gateway probes only the ports 25, 465, 587 and 2525, and those that its routes name."));
    self->target = postern_probe_target_new (self->host, port, mx);
    postern_probe_target_set_filter (self->target, postern_probe_question_may_ask);
    postern_probe_target_set_timeouts (self->target, &patience);
    if (strchr (postern_api_get_node (api), '.'))
        postern_probe_target_set_hello_name (self->target, postern_api_get_node (api));
    return NULL;
}

/* Whom Postfix asks as (postconf(5) address_verify_sender; its default is $double_bounce_sender, at $myorigin). */
static char *
find_sender (PosternApi *api)
{
    PosternPostfixHost *host = postern_api_get_host (api);
    g_autofree char *sender =
        host ? postern_postfix_host_get_parameter (host, "address_verify_sender", NULL) : g_strdup ("double-bounce");
    g_autofree char *origin = host ? postern_postfix_host_get_parameter (host, "myorigin", NULL) : NULL;
    g_autofree char *whole = NULL;

    if (sender == NULL || *sender == '\0' || g_str_equal (sender, "<>"))
        return g_strdup ("");
    if (strchr (sender, '@'))
        return g_steal_pointer (&sender);
    whole = g_strdup_printf ("%s@%s", sender, origin && *origin ? origin : postern_api_get_node (api));
    return postern_probe_document_is_mailbox (whole) ? g_steal_pointer (&whole) : g_strdup ("");
}

PosternReply *
postern_probe_question_read_addresses (PosternProbeQuestion *self, PosternApi *api, JsonObject *object)
{
    const char *sender = postern_probe_document_get_text (object, "sender");
    const char *recipient = postern_probe_document_get_text (object, "recipient");
    g_autofree char *sample = *recipient == '@' ? g_strconcat ("x", recipient, NULL) : g_strdup (recipient);

    if (!postern_probe_document_is_mailbox (sample))
        return postern_probe_document_refuse (
            "/recipient", "invalid-address",
            _ ("This is neither an e-mail address, such as alice@example.com, nor a domain behind an @."));
    if (sender && *sender && !postern_probe_document_is_mailbox (sender))
        return postern_probe_document_refuse (
            "/sender", "invalid-address",
            _ ("This is neither an e-mail address, such as alice@example.com, nor empty."));
    self->recipient = g_strdup (recipient);
    self->sender = sender ? g_strdup (sender) : find_sender (api);
    return NULL;
}
