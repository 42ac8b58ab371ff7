/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-findings.h"

#include "plan/postern-route-suggestion.h"

/* Returns: (nullable): the domain that @finding is about */
static PosternDomain *
domain_of (PosternFinding *finding, PosternPlan *plan)
{
    const char *subject = postern_finding_get_subject (finding);

    return subject ? postern_record_list_lookup (postern_plan_get_domains (plan), subject) : NULL;
}

/* Changes the route that @finding is about, if it is still there, in the way of @change. */
static void
change_route (PosternFinding *finding, PosternPlan *plan, PosternRoute *(*change) (PosternRoute *route))
{
    PosternDomain *domain = domain_of (finding, plan);
    gboolean is_edge = postern_finding_get_section (finding) == POSTERN_SECTION_EDGE_GATEWAY;
    g_autoptr (PosternRoute) changed = NULL;
    PosternRoute *route;

    if (domain)
        route = postern_domain_get_route (domain);
    else
        route = is_edge ? postern_plan_get_edge_gateway (plan) : postern_plan_get_internal_server (plan);
    if (route == NULL)
        return;
    changed = change (route);
    if (domain)
        postern_domain_set_route (domain, changed);
    else if (is_edge)
        postern_plan_set_edge_gateway (plan, changed);
    else
        postern_plan_set_internal_server (plan, changed);
}

static PosternRoute *
without_mx (PosternRoute *route)
{
    return postern_route_with_mx (route, FALSE);
}

static PosternRoute *
with_port_25 (PosternRoute *route)
{
    return postern_route_new (postern_route_get_host (route), POSTERN_ROUTE_DEFAULT_PORT, postern_route_get_mx (route),
                              NULL);
}

static void
make_local (PosternFinding *finding, PosternPlan *plan)
{
    PosternDomain *domain = domain_of (finding, plan);

    if (domain)
        postern_domain_set_local (domain, TRUE);
}

static void
add_route (PosternFinding *finding, PosternPlan *plan)
{
    PosternDomain *domain = domain_of (finding, plan);
    PosternRoute *route = domain ? postern_plan_suggest_route (plan, domain) : NULL;

    if (route == NULL)
        return;
    postern_domain_set_route (domain, route);
    postern_domain_set_routing (domain, POSTERN_DOMAIN_ROUTING_OWN);
}

static void
cure (PosternFinding *finding, PosternPlan *plan)
{
    switch (postern_finding_get_cure (finding)) {
    case POSTERN_CURE_REMOVE_EDGE_GATEWAY:
        postern_plan_set_edge_gateway (plan, NULL);
        break;
    case POSTERN_CURE_TURN_OFF_MX:
        change_route (finding, plan, without_mx);
        break;
    case POSTERN_CURE_REMOVE_NETWORK:
        postern_record_list_remove (postern_plan_get_trusted_networks (plan), postern_finding_get_subject (finding));
        break;
    case POSTERN_CURE_TURN_ON_VERIFICATION:
        postern_plan_set_recipient_verification (plan, POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED);
        break;
    case POSTERN_CURE_TURN_OFF_VERIFICATION:
        postern_plan_set_recipient_verification (plan, POSTERN_RECIPIENT_VERIFICATION_OFF);
        break;
    case POSTERN_CURE_TURN_OFF_SENDER_CHECKS:
        postern_plan_set_use_spf (plan, FALSE);
        postern_plan_set_use_dmarc (plan, FALSE);
        break;
    case POSTERN_CURE_DELETE_REJECTED:
        postern_plan_set_rejected_mail (plan, POSTERN_REJECTED_MAIL_DELETE);
        break;
    case POSTERN_CURE_REJECT_REJECTED:
        postern_plan_set_rejected_mail (plan, POSTERN_REJECTED_MAIL_REJECT);
        break;
    case POSTERN_CURE_USE_SPF:
        postern_plan_set_use_spf (plan, TRUE);
        break;
    case POSTERN_CURE_MAKE_LOCAL:
        make_local (finding, plan);
        break;
    case POSTERN_CURE_ADD_ROUTE:
        add_route (finding, plan);
        break;
    case POSTERN_CURE_USE_PORT_25:
        change_route (finding, plan, with_port_25);
        break;
    case POSTERN_CURE_REMOVE_DOMAIN:
        postern_record_list_remove (postern_plan_get_domains (plan), postern_finding_get_subject (finding));
        break;
    case POSTERN_CURE_NONE:
    default:
        break;
    }
}

static void
note_change (gboolean *changed)
{
    *changed = TRUE;
}

gboolean
postern_cure_apply (PosternFinding *finding, PosternPlan *plan)
{
    gboolean changed = FALSE;
    gulong handler;

    g_return_val_if_fail (POSTERN_IS_FINDING (finding), FALSE);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), FALSE);

    handler = g_signal_connect_swapped (plan, "changed", G_CALLBACK (note_change), &changed);
    cure (finding, plan);
    g_signal_handler_disconnect (plan, handler);
    return changed;
}
