/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-plan-text.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-print.h"
#include "plan/postern-finding.h"

static void
add_section (GString *text, PosternSection section)
{
    if (text->len > 0)
        g_string_append_c (text, '\n');
    g_string_append_printf (text, "%s\n", postern_section_get_title (section));
}

static void
add_line (GString *text, const char *subject, const char *value)
{
    g_autofree char *line = posternctl_print_pair (subject, value);

    g_string_append_printf (text, "  %s\n", line);
}

static void
add_route_line (GString *text, const char *subject, PosternRoute *route)
{
    g_autofree char *shown = route != NULL ? postern_route_to_display (route) : g_strdup (_ ("none"));

    add_line (text, subject, shown);
}

/* Where mail for @domain goes, in words. */
static char *
describe_route (PosternDomain *domain, PosternRoute *internal_server)
{
    PosternRoute *own = postern_domain_get_own_route (domain);

    if (own != NULL)
        return postern_route_to_display (own);
    if (postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS)
        return g_strdup (_ ("as DNS says"));
    if (postern_domain_get_local (domain) && internal_server != NULL)
        return g_strdup (_ ("internal mail server"));
    /* Translators: a route says where mail for a domain goes next: a host, a port, and whether its MX records are
     * looked up (in Postfix: transport). */
    return g_strdup (_ ("no route of its own"));
}

static void
add_domains (GString *text, PosternPlan *plan)
{
    PosternRecordList *domains = postern_plan_get_domains (plan);
    PosternRoute *internal_server = postern_plan_get_internal_server (plan);

    add_section (text, POSTERN_SECTION_DOMAINS);
    /* Translators: the internal mail server is where mail for local domains goes, unless a domain has a route of
     * its own. */
    add_route_line (text, _ ("Internal mail server"), internal_server);
    for (guint i = 0; i < postern_record_list_get_length (domains); i++) {
        PosternDomain *domain = postern_record_list_get (domains, i);
        g_autofree char *route = describe_route (domain, internal_server);
        g_autofree char *value = NULL;

        /* Translators: about a domain; %s is where mail for it goes. */
        value = g_strdup_printf (postern_domain_get_local (domain) ? _ ("local; %s") : _ ("not local; %s"), route);
        add_line (text, postern_domain_get_display_name (domain), value);
    }
}

static void
add_networks (GString *text, PosternPlan *plan)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);

    add_section (text, POSTERN_SECTION_TRUSTED_NETWORKS);
    if (postern_record_list_get_length (networks) == 0)
        g_string_append_printf (text, "  %s\n", _ ("none"));
    for (guint i = 0; i < postern_record_list_get_length (networks); i++) {
        PosternNetwork *network = postern_record_list_get (networks, i);
        g_autofree char *size = postern_network_get_size_text (network);

        add_line (text, postern_network_get_text (network), size);
    }
}

static const char *
say (gboolean flag)
{
    return flag ? _ ("yes") : _ ("no");
}

static void
add_checks (GString *text, PosternPlan *plan)
{
    gboolean verifies =
        postern_plan_get_recipient_verification (plan) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;
    gboolean rejects = postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_REJECT;

    add_section (text, POSTERN_SECTION_CHECKS);
    /* Translators: recipient verification: before the gateway accepts a message, it asks the next mail server
     * whether the recipient exists (in Postfix: reject_unverified_recipient). */
    add_line (text, _ ("Reject messages to unverified recipients"), say (verifies));
    add_line (text, _ ("Use SPF"), say (postern_plan_get_use_spf (plan)));
    add_line (text, _ ("Use DMARC"), say (postern_plan_get_use_dmarc (plan)));
    /* Translators: SPF and DMARC are to judge the host that gave the message to the edge gateway. */
    add_line (text, _ ("Check the sender before the edge gateway"),
              say (postern_plan_get_check_sender_before_edge (plan)));
    /* Translators: the rules of the scanner may refuse a message by what SPF, DKIM and DMARC say of its sender. */
    add_line (text, _ ("Sender authentication in the rules"), say (postern_plan_get_sender_authentication (plan)));
    /* Translators: what is done with messages that scanning refuses. */
    add_line (text, _ ("Refused messages"), rejects ? _ ("Reject") : _ ("Delete message"));
}

char *
posternctl_plan_text (PosternPlan *plan)
{
    g_autoptr (GString) text = g_string_new (NULL);

    add_section (text, POSTERN_SECTION_SCENARIO);
    g_string_append_printf (text, "  %s\n", postern_scenario_get_title (postern_plan_get_scenario (plan)));
    add_domains (text, plan);
    add_section (text, POSTERN_SECTION_EDGE_GATEWAY);
    /* Translators: the edge gateway is another mail gateway, between the Internet and this one; all mail that has
     * no other way goes to it (in Postfix: relayhost). */
    add_route_line (text, _ ("Edge gateway"), postern_plan_get_edge_gateway (plan));
    add_networks (text, plan);
    add_checks (text, plan);
    return g_string_free_and_steal (g_steal_pointer (&text));
}
