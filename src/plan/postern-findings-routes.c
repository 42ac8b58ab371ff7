/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-findings-private.h"

#include <glib/gi18n-lib.h>
#include <libpsl.h>

#include "plan/postern-hostname.h"
#include "plan/postern-route-suggestion.h"

/*
 * Findings about domains and routes. Why each matters was tried on a real Postfix: a local domain without a route goes
 * to the relayhost (postconf(5) relayhost, transport(5)), in an edge scenario back to the edge gateway, a loop of many
 * passes; without a relayhost to its MX, which is as a rule the gateway itself (“mail loops back to myself”).
 */

static gboolean
is_this_machine (PosternRoute *route)
{
    const char *host = postern_route_get_host (route);

    /* A content filter may listen on another port of the gateway itself; port 25 is the gateway's own. */
    if (postern_route_get_port (route) != POSTERN_ROUTE_DEFAULT_PORT)
        return FALSE;
    if (!postern_route_is_address (route))
        return g_str_equal (host, "localhost");
    return g_str_has_prefix (host, "127.") || g_str_equal (host, "0.0.0.0") || g_str_equal (host, "::1") ||
           g_str_equal (host, "::");
}

static gboolean
is_gateway (PosternJudge *judge, PosternRoute *route)
{
    if (is_this_machine (route))
        return TRUE;
    return judge->context->gateway_hosts && postern_route_get_port (route) == POSTERN_ROUTE_DEFAULT_PORT &&
           g_strv_contains (judge->context->gateway_hosts, postern_route_get_host (route));
}

static gboolean
is_usual_port (guint port)
{
    return port == 25 || port == 26 || port == 587 || port == 2525 || port == 10025;
}

/* @subject: (nullable): the domain that the route belongs to */
static void
judge_route (PosternJudge *judge, PosternRoute *route, PosternSection section, const char *subject)
{
    g_autofree char *shown = NULL;

    if (postern_route_is_address (route) && postern_route_get_mx (route) &&
        postern_judge_wants (judge, "mx-on-address")) {
        postern_judge_tell (
            judge, "mx-on-address", POSTERN_SEVERITY_ERROR, section, subject,
            g_strdup_printf (
                _ ("MX lookup is on for %s, but only a name has MX records. Turn MX lookup off, or enter a name."),
                postern_route_get_host (route)),
            POSTERN_CURE_TURN_OFF_MX);
    }
    if (is_gateway (judge, route) && postern_judge_wants (judge, "route-to-gateway")) {
        shown = postern_route_to_display (route);
        postern_judge_tell (
            judge, "route-to-gateway", POSTERN_SEVERITY_ERROR, section, subject,
            g_strdup_printf (_ ("%s is the gateway itself: mail would go round in a loop until it is returned to its "
                                "sender. Enter the server that comes after the gateway."),
                             shown),
            POSTERN_CURE_NONE);
    }
    if (!is_usual_port (postern_route_get_port (route)) && postern_judge_wants (judge, "route-port-unusual")) {
        g_free (shown);
        shown = postern_route_to_display (route);
        postern_judge_tell (
            judge, "route-port-unusual", POSTERN_SEVERITY_WARNING, section, subject,
            g_strdup_printf (_ ("%s has a port where mail servers seldom listen. If nothing listens there, mail waits "
                                "and is returned after days. Check the port; it is usually 25."),
                             shown),
            POSTERN_CURE_USE_PORT_25);
    }
}

static void
judge_edge_gateway (PosternJudge *judge)
{
    PosternRoute *edge = postern_plan_get_edge_gateway (judge->plan);

    if (edge == NULL && judge->edge_scenario)
        postern_judge_tell (
            judge, "edge-gateway-missing", POSTERN_SEVERITY_ERROR, POSTERN_SECTION_EDGE_GATEWAY, NULL,
            g_strdup (_ ("The edge gateway is not entered: outgoing mail would bypass it. Enter its host name or "
                         "address.")),
            POSTERN_CURE_NONE);
    if (edge && !judge->edge_scenario)
        postern_judge_tell (
            judge, "edge-gateway-not-allowed", POSTERN_SEVERITY_ERROR, POSTERN_SECTION_SCENARIO, NULL,
            g_strdup (_ ("The gateway is to send mail to the Internet directly, but an edge gateway is entered: all "
                         "outgoing mail would go there. Remove the edge gateway, or choose a scenario with one.")),
            POSTERN_CURE_REMOVE_EDGE_GATEWAY);
    if (edge)
        judge_route (judge, edge, POSTERN_SECTION_EDGE_GATEWAY, NULL);
}

static void
tell_of_missing_route (PosternJudge *judge, const char *code, PosternDomain *domain, const char *sentence)
{
    PosternRoute *suggestion;
    PosternFinding *finding;
    g_autofree char *shown = NULL;
    char *message;

    if (!postern_judge_wants (judge, code))
        return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    message = g_strdup_printf (sentence, postern_domain_get_display_name (domain));
#pragma GCC diagnostic pop
    suggestion = postern_plan_suggest_route (judge->plan, domain);
    finding = postern_judge_tell (judge, code, POSTERN_SEVERITY_WARNING, POSTERN_SECTION_DOMAINS,
                                  postern_domain_get_name (domain), message,
                                  suggestion ? POSTERN_CURE_ADD_ROUTE : POSTERN_CURE_NONE);
    if (suggestion == NULL)
        return;
    shown = postern_route_to_display (suggestion);
    /* Translators: a button; %s is a mail server, such as 10.0.0.20:25. */
    postern_finding_set_cure_label (finding, g_strdup_printf (_ ("Add Route to %s"), shown));
}

static void
judge_missing_route (PosternJudge *judge, PosternDomain *domain)
{
    if (judge->edge_scenario)
        tell_of_missing_route (
            judge, "route-missing-loops", domain,
            /* Translators: %s is a domain; the edge gateway is the mail gateway between the Internet and this one. */
            _ ("Nothing says where mail for %s goes: it would go back to the edge gateway, which sends it here again, "
               "in a loop. Enter the internal mail server, or give the domain a route."));
    else
        tell_of_missing_route (
            judge, "route-missing-dns", domain,
            _ ("Nothing says where mail for %s goes, so that DNS decides. If its MX record names this gateway, as it "
               "does on the Internet, mail is returned because it loops. Enter the internal mail server, or give the "
               "domain a route."));
}

static void
judge_public_suffix (PosternJudge *judge, PosternDomain *domain, const psl_ctx_t *psl)
{
    const char *name = postern_domain_get_name (domain) + postern_domain_is_subdomains (domain);

    /* A single unlisted label (“corp”) is somebody's own name for their network, not a public suffix. */
    if (psl == NULL || !psl_is_public_suffix2 (psl, name, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) ||
        !postern_judge_wants (judge, "public-suffix"))
        return;
    postern_judge_tell (
        judge, "public-suffix", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_DOMAINS, postern_domain_get_name (domain),
        g_strdup_printf (_ ("Anyone can register names below %s: as a local domain it would take in the mail of "
                            "others. Enter the domain of the company itself."),
                         postern_domain_get_display_name (domain)),
        POSTERN_CURE_REMOVE_DOMAIN);
}

static void
judge_foreign_domain (PosternJudge *judge, PosternDomain *domain)
{
    if (!postern_judge_wants (judge, "domain-not-local"))
        return;
    postern_judge_tell (
        judge, "domain-not-local", POSTERN_SEVERITY_NOTE, POSTERN_SECTION_DOMAINS, postern_domain_get_name (domain),
        g_strdup_printf (_ ("%s is not a local domain: the gateway accepts mail for it from trusted networks only."),
                         postern_domain_get_display_name (domain)),
        POSTERN_CURE_MAKE_LOCAL);
}

static void
judge_domain (PosternJudge *judge, PosternDomain *domain, const psl_ctx_t *psl)
{
    PosternRoute *own = postern_domain_get_own_route (domain);

    if (own)
        judge_route (judge, own, POSTERN_SECTION_DOMAINS, postern_domain_get_name (domain));
    if (!postern_domain_get_local (domain)) {
        judge_foreign_domain (judge, domain);
        return;
    }
    if (own == NULL && postern_domain_get_routing (domain) != POSTERN_DOMAIN_ROUTING_DNS &&
        postern_plan_get_internal_server (judge->plan) == NULL)
        judge_missing_route (judge, domain);
    judge_public_suffix (judge, domain, psl);
}

static void
judge_emptiness (PosternJudge *judge, gboolean any_local)
{
    gboolean any_network = postern_record_list_get_length (postern_plan_get_trusted_networks (judge->plan)) > 0;

    if (!any_local && !any_network)
        postern_judge_tell (
            judge, "nothing-to-do-with-mail", POSTERN_SEVERITY_ERROR, POSTERN_SECTION_DOMAINS, NULL,
            g_strdup (_ ("There is no local domain and no trusted network: the gateway would refuse all mail. Add the "
                         "domains of the company and the networks of its mail servers.")),
            POSTERN_CURE_NONE);
    else if (!any_local)
        postern_judge_tell (
            judge, "no-local-domains", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_DOMAINS, NULL,
            g_strdup (_ ("Without local domains the gateway accepts no mail for the internal mail servers. Add the "
                         "domains of the company.")),
            POSTERN_CURE_NONE);
    else if (!any_network)
        postern_judge_tell (
            judge, "no-trusted-networks", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_TRUSTED_NETWORKS, NULL,
            g_strdup (
                _ ("Without trusted networks the gateway sends nothing out for the internal mail servers. Add the "
                   "addresses of the internal mail servers.")),
            POSTERN_CURE_NONE);
}

void
postern_judge_routes (PosternJudge *judge)
{
    PosternRecordList *domains = postern_plan_get_domains (judge->plan);
    PosternRoute *internal_server = postern_plan_get_internal_server (judge->plan);
    const psl_ctx_t *psl = psl_builtin ();
    guint n = postern_record_list_get_length (domains);
    gboolean any_local = FALSE;

    if (internal_server)
        judge_route (judge, internal_server, POSTERN_SECTION_DOMAINS, NULL);
    for (guint i = 0; i < n; i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);

        any_local |= postern_domain_get_local (domain);
        judge_domain (judge, domain, psl);
    }
    judge_emptiness (judge, any_local);
    judge_edge_gateway (judge);
}
