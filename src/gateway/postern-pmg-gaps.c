/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-pmg-gaps.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-pmg-plan.h"

/* Of one kind; the rest is counted. */
#define MAX_TOLD 20

static void
tell (GPtrArray *gaps, PosternSeverity severity, PosternSection section, const char *subject, const char *message)
{
    g_ptr_array_add (gaps, postern_finding_new ("gateway-gap", severity, section, subject, message, POSTERN_CURE_NONE));
}

/* The same @format, with one %s, about each of @subjects. */
static void
tell_each (GPtrArray *gaps, PosternSeverity severity, PosternSection section, GPtrArray *subjects, GPtrArray *shown,
           const char *format)
{
    guint told = MIN (subjects->len, MAX_TOLD);
    guint more = subjects->len - told;

    for (guint i = 0; i < told; i++) {
        g_autoptr (GString) message = g_string_new (format);

        g_string_replace (message, "%s", shown->pdata[i], 1);
        tell (gaps, severity, section, subjects->pdata[i], message->str);
    }
    if (more > 0) {
        g_autofree char *message = g_strdup_printf (
            ngettext ("The same goes for %'u more record.", "The same goes for %'u more records.", more), more);

        tell (gaps, severity, section, NULL, message);
    }
}

/* Whether no entry of the gateway can send the subdomains of @domain where DNS says. */
static gboolean
is_lost_dns (PosternPlan *plan, PosternDomain *domain)
{
    gboolean elsewhere = postern_domain_get_local (domain) ? postern_plan_get_internal_server (plan) != NULL
                                                           : postern_plan_get_edge_gateway (plan) != NULL;

    return elsewhere && postern_domain_is_subdomains (domain) &&
           postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS;
}

static gboolean
is_left_out (PosternPlan *plan, PosternDomain *domain)
{
    g_autoptr (PosternRoute) route = postern_pmg_plan_get_transport (domain);

    return !postern_domain_get_local (domain) && route == NULL && !is_lost_dns (plan, domain);
}

static void
find_domains (PosternPlan *plan, GPtrArray *gaps, gboolean (*is_it) (PosternPlan *, PosternDomain *),
              PosternSeverity severity, const char *format)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);
    g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
    g_autoptr (GPtrArray) shown = g_ptr_array_new ();

    for (guint i = 0; i < postern_record_list_get_length (domains); i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);

        if (!is_it (plan, domain))
            continue;
        g_ptr_array_add (subjects, (gpointer)postern_domain_get_name (domain));
        g_ptr_array_add (shown, (gpointer)postern_domain_get_display_name (domain));
    }
    tell_each (gaps, severity, POSTERN_SECTION_DOMAINS, subjects, shown, format);
}

/* What is wider than it takes; /0 is an error of the plan itself. */
static void
find_networks (PosternPlan *plan, GPtrArray *gaps)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    g_autoptr (GPtrArray) subjects = g_ptr_array_new ();

    for (guint i = 0; i < postern_record_list_get_length (networks); i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);
        guint length = postern_network_get_length (network);

        if (length > 0 && length < POSTERN_PMG_SHORTEST_PREFIX)
            g_ptr_array_add (subjects, (gpointer)postern_network_get_text (network));
    }
    tell_each (gaps, POSTERN_SEVERITY_ERROR, POSTERN_SECTION_TRUSTED_NETWORKS, subjects, subjects,
               /* Translators: %s is a network. */
               _ ("Proxmox Mail Gateway takes no network wider than /8, so it cannot trust %s. Divide it into networks "
                  "of /8, or trust less."));
}

static void
find_edge_gateway (PosternPlan *plan, GPtrArray *gaps)
{
    PosternRoute *edge = postern_plan_get_edge_gateway (plan);
    GInetAddress *address = edge != NULL ? postern_route_get_address (edge) : NULL;

    if (edge == NULL)
        return;
    if (address == NULL && !postern_route_get_mx (edge))
        tell (
            gaps, POSTERN_SEVERITY_ERROR, POSTERN_SECTION_EDGE_GATEWAY, NULL,
            _ ("Proxmox Mail Gateway always looks up the MX records of an edge gateway that is given by name. Turn MX "
               "lookup on, or give its address instead of its name."));
    if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
        tell (gaps, POSTERN_SEVERITY_WARNING, POSTERN_SECTION_EDGE_GATEWAY, NULL,
              _ ("Proxmox Mail Gateway hands an IPv6 address of the edge gateway to Postfix without brackets. Send a "
                 "message out after the push to see that it arrives, or give the IPv4 address."));
}

static void
find_checks (PosternPlan *plan, GPtrArray *gaps)
{
    const PosternSection section = POSTERN_SECTION_CHECKS;
    const PosternSeverity note = POSTERN_SEVERITY_NOTE;

    if (postern_plan_get_check_sender_before_edge (plan))
        tell (gaps, POSTERN_SEVERITY_WARNING, section, NULL,
              _ ("Proxmox Mail Gateway cannot be told which host is the edge gateway, so SPF judges the edge gateway "
                 "instead of the true sender. Turn SPF off here and leave it to the edge gateway."));
    if (postern_plan_get_use_dmarc (plan))
        tell (
            gaps, note, section, NULL,
            _ ("Proxmox Mail Gateway does not refuse mail by DMARC; SpamAssassin adds its result to the spam score."));
    if (!postern_plan_get_use_spf (plan))
        tell (gaps, note, section, NULL,
              _ ("Proxmox Mail Gateway no longer refuses mail by SPF then, but SpamAssassin still adds SPF, DKIM and "
                 "DMARC to the spam score."));
    if (postern_plan_get_sender_authentication (plan))
        tell (gaps, note, section, NULL, _ ("Proxmox Mail Gateway has no sender authentication in its rules."));
    if (postern_plan_get_recipient_verification (plan) != POSTERN_RECIPIENT_VERIFICATION_OFF)
        tell (gaps, note, section, NULL,
              _ ("Together with recipient verification, Proxmox Mail Gateway refuses recipients whose domain has no "
                 "DNS records."));
    if (postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_REJECT)
        tell (gaps, note, section, NULL,
              _ ("Proxmox Mail Gateway rejects a message while the sending server waits: filtering before the queue is "
                 "turned on unless senders are told already."));
    else
        tell (gaps, note, section, NULL,
              _ ("Proxmox Mail Gateway deletes what any rule with the action “Block” refuses; it cannot be chosen for "
                 "each rule."));
}

static void
find_trust (PosternPlan *plan, GPtrArray *gaps)
{
    if (postern_record_list_get_length (postern_plan_get_trusted_networks (plan)) > 0)
        tell (gaps, POSTERN_SEVERITY_NOTE, POSTERN_SECTION_TRUSTED_NETWORKS, NULL,
              _ ("Trusted networks may send through Proxmox Mail Gateway on its internal port only, which is 26 unless "
                 "someone has changed it. It also trusts its own network and the addresses of internal mail "
                 "servers."));
}

GPtrArray *
postern_pmg_gaps_find (PosternPlan *plan)
{
    GPtrArray *gaps = g_ptr_array_new_with_free_func (g_object_unref);

    find_edge_gateway (plan, gaps);
    find_networks (plan, gaps);
    find_domains (plan, gaps, is_lost_dns, POSTERN_SEVERITY_ERROR,
                  /* Translators: %s is a record for subdomains, such as “.example.com”. */
                  _ ("Proxmox Mail Gateway cannot send the subdomains in %s where DNS says while all other mail has a "
                     "route. Give the record a route of its own, or list each subdomain."));
    find_checks (plan, gaps);
    find_trust (plan, gaps);
    find_domains (plan, gaps, is_left_out, POSTERN_SEVERITY_NOTE,
                  /* Translators: %s is a domain. */
                  _ ("%s is neither local nor has a route, so there is nothing to tell Proxmox Mail Gateway about "
                     "it."));
    return gaps;
}
