/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-verdict.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-hostname.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-plan-private.h"
#include "plan/postern-text.h"

/*
 * The order in which Postfix looks: permit_mynetworks, then reject_unauth_destination, then reject_unverified_recipient
 * (postconf(5) smtpd_relay_restrictions, smtpd_recipient_restrictions); for the next hop first transport_maps, then
 * relay_transport, then relayhost or the domain's MX (transport(5), postconf(5) relayhost).
 */

static void
go_to (PosternVerdict *verdict, PosternVerdictHop hop, PosternRoute *route)
{
    verdict->hop = hop;
    verdict->route = route;
}

static void
find_next_hop (PosternPlan *plan, const PosternDomainAnswer *answer, PosternVerdict *verdict)
{
    PosternRoute *internal_server = postern_plan_get_internal_server (plan);
    PosternRoute *edge = postern_plan_get_edge_gateway (plan);

    if (answer->route)
        go_to (verdict, POSTERN_VERDICT_HOP_ROUTE, answer->route);
    else if (answer->routing == POSTERN_DOMAIN_ROUTING_DNS)
        go_to (verdict, POSTERN_VERDICT_HOP_DNS, NULL);
    else if (verdict->local && internal_server)
        go_to (verdict, POSTERN_VERDICT_HOP_INTERNAL_SERVER, internal_server);
    else if (edge)
        go_to (verdict, POSTERN_VERDICT_HOP_EDGE_GATEWAY, edge);
    else
        go_to (verdict, POSTERN_VERDICT_HOP_DNS, NULL);
    verdict->loops = verdict->local && verdict->hop == POSTERN_VERDICT_HOP_EDGE_GATEWAY;
}

void
postern_plan_judge (PosternPlan *self, GInetAddress *client, const char *domain, PosternVerdict *verdict)
{
    PosternDomainIndex *index;
    PosternDomainAnswer answer;
    guint64 expected;

    g_return_if_fail (POSTERN_IS_PLAN (self));
    g_return_if_fail (G_IS_INET_ADDRESS (client));
    g_return_if_fail (domain != NULL && verdict != NULL);

    index = postern_plan_get_domain_index (self);
    expected = postern_domain_index_expect (index, domain);
    *verdict = (PosternVerdict){ 0 };
    verdict->trusted =
        g_inet_address_get_is_loopback (client) || postern_plan_find_trusted_network (self, client) != NULL;
    postern_domain_index_ask (index, domain, expected, &answer);
    verdict->local = answer.local;

    if (!verdict->trusted && !verdict->local) {
        verdict->outcome = POSTERN_VERDICT_REFUSED;
        return;
    }
    if (!verdict->trusted &&
        postern_plan_get_recipient_verification (self) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED)
        verdict->outcome = POSTERN_VERDICT_VERIFIED;
    find_next_hop (self, &answer, verdict);
}

/* The part behind the last @, in A-labels: a quoted local part may hold one (RFC 5321, 4.1.2). */
static char *
recipient_domain (const char *recipient, GError **error)
{
    g_autofree char *stripped = g_strstrip (g_strdup (recipient));
    g_autofree char *shown = postern_text_for_message (stripped);
    const char *at = strrchr (stripped, '@');
    char *domain;

    if (at == NULL || at == stripped || strpbrk (stripped, "\r\n<>") != NULL) {
        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_ADDRESS,
                     _ ("“%s” is not an e-mail address, such as alice@example.com."), shown);
        return NULL;
    }
    if (at[1] == '[') /* an address literal is nobody's domain */
        return g_strdup (at + 1);
    domain = postern_domain_canonical_name (at + 1, NULL);
    if (domain == NULL || domain[0] == '.') {
        g_free (domain);
        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_ADDRESS,
                     _ ("The domain of the e-mail address “%s” is not valid."), shown);
        return NULL;
    }
    return domain;
}

/* Whether the local part names another destination, as Postfix sees it (RESOLVE_FLAG_ROUTED in its resolve.c). */
static gboolean
is_routed (const char *recipient)
{
    const char *at = strrchr (recipient, '@');

    return strcspn (recipient, "%!@") < (gsize)(at - recipient);
}

gboolean
postern_plan_judge_text (PosternPlan *self, const char *client, const char *recipient, PosternVerdict *verdict,
                         GError **error)
{
    g_autoptr (GInetAddress) address = NULL;
    g_autofree char *domain = NULL;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), FALSE);
    g_return_val_if_fail (client != NULL && recipient != NULL && verdict != NULL, FALSE);

    address = postern_hostname_parse_address (client);
    if (address == NULL) {
        g_autofree char *shown = postern_text_for_message (client);

        g_set_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_INVALID_ADDRESS,
                     _ ("“%s” is not an IP address, such as 203.0.113.9."), shown);
        return FALSE;
    }
    domain = recipient_domain (recipient, error);
    if (domain == NULL)
        return FALSE;
    postern_plan_judge (self, address, domain, verdict);
    verdict->routed = is_routed (recipient);
    if (verdict->routed && !verdict->trusted) {
        verdict->outcome = POSTERN_VERDICT_REFUSED;
        go_to (verdict, POSTERN_VERDICT_HOP_NONE, NULL);
        verdict->loops = FALSE;
    }
    return TRUE;
}

gboolean
postern_verdict_matches_reply (const PosternVerdict *self, guint code, const char *enhanced)
{
    g_return_val_if_fail (self != NULL, FALSE);

    switch (self->outcome) {
    case POSTERN_VERDICT_ACCEPTED:
        return code >= 200 && code < 300;
    case POSTERN_VERDICT_VERIFIED:
        /* What the internal server says decides; Postfix always says it as “bad destination mailbox” (RFC 3463, X.1.1).
         */
        return (code >= 200 && code < 300) || (code == 550 && g_strcmp0 (enhanced, "5.1.1") == 0) ||
               (code == 450 && g_strcmp0 (enhanced, "4.1.1") == 0);
    case POSTERN_VERDICT_REFUSED:
        return code == 554 && (enhanced == NULL || g_str_equal (enhanced, "5.7.1"));
    default:
        g_return_val_if_reached (FALSE);
    }
}

char *
postern_verdict_hop_to_display (const PosternVerdict *self)
{
    g_autofree char *route = NULL;

    g_return_val_if_fail (self != NULL, NULL);

    route = self->route ? postern_route_to_display (self->route) : NULL;
    switch (self->hop) {
    case POSTERN_VERDICT_HOP_NONE:
        return g_strdup (_ ("nowhere"));
    case POSTERN_VERDICT_HOP_ROUTE:
        /* Translators: where a message goes next; %s is a host and port. */
        return g_strdup_printf (_ ("the domain's own route, %s"), route);
    case POSTERN_VERDICT_HOP_INTERNAL_SERVER:
        return g_strdup_printf (_ ("the internal mail server, %s"), route);
    case POSTERN_VERDICT_HOP_EDGE_GATEWAY:
        return g_strdup_printf (_ ("the edge gateway, %s"), route);
    case POSTERN_VERDICT_HOP_DNS:
        return g_strdup (_ ("the mail server that DNS names for the domain"));
    default:
        g_return_val_if_reached (NULL);
    }
}

char *
postern_verdict_to_sentence (const PosternVerdict *self, const char *recipient)
{
    g_autofree char *hop = NULL;

    g_return_val_if_fail (self != NULL && recipient != NULL, NULL);

    hop = postern_verdict_hop_to_display (self);
    if (self->outcome == POSTERN_VERDICT_REFUSED && self->local)
        return g_strdup_printf (
            _ ("Refused with 554 5.7.1: the part of %s before the @ sign asks to be sent on to another domain, "
               "which only a sender in a trusted network may do."),
            recipient);
    if (self->outcome == POSTERN_VERDICT_REFUSED)
        return g_strdup_printf (
            /* Translators: %s is an e-mail address; 554 5.7.1 is what the gateway answers over SMTP. */
            _ ("Refused with 554 5.7.1: the sender is in no trusted network, and the domain of %s is not local."),
            recipient);
    if (self->loops)
        return g_strdup_printf (
            /* Translators: %1$s is an e-mail address, %2$s a next hop such as “the edge gateway, 192.0.2.1:25”. */
            _ ("Accepted, but the message loops: the domain of %1$s is local and has no route, so that it goes back "
               "to %2$s."),
            recipient, hop);
    if (self->outcome == POSTERN_VERDICT_VERIFIED)
        return g_strdup_printf (
            /* Translators: %1$s is an e-mail address, %2$s a next hop such as “the internal mail server,
             * 10.0.0.20:25”. */
            _ ("The gateway asks %2$s whether %1$s exists, which takes about 3 seconds the first time. If it does, "
               "the message is accepted and goes there; if not, it is refused with 550 5.1.1; while there is no "
               "answer, it is put off with 450 4.1.1."),
            recipient, hop);
    if (self->trusted)
        return g_strdup_printf (
            /* Translators: %1$s is an e-mail address, %2$s a next hop such as “the edge gateway, 192.0.2.1:25”. */
            _ ("Accepted, because the sender is in a trusted network. The message for %1$s goes to %2$s."), recipient,
            hop);
    /* Translators: %1$s is an e-mail address, %2$s a next hop such as “the internal mail server, 10.0.0.20:25”. */
    return g_strdup_printf (_ ("Accepted, because the domain is local. The message for %1$s goes to %2$s."), recipient,
                            hop);
}
