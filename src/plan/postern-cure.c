/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-findings.h"

/* The route of the section that @finding is about, without MX lookup. */
static void
turn_off_mx (PosternFinding *finding, PosternPlan *plan)
{
    const char *subject = postern_finding_get_subject (finding);
    PosternDomain *domain = subject ? postern_record_list_lookup (postern_plan_get_domains (plan), subject) : NULL;
    g_autoptr (PosternRoute) route = NULL;

    if (domain) {
        if (postern_domain_get_route (domain))
            route = postern_route_with_mx (postern_domain_get_route (domain), FALSE);
        postern_domain_set_route (domain, route);
    } else if (postern_finding_get_section (finding) == POSTERN_SECTION_EDGE_GATEWAY) {
        if (postern_plan_get_edge_gateway (plan))
            route = postern_route_with_mx (postern_plan_get_edge_gateway (plan), FALSE);
        postern_plan_set_edge_gateway (plan, route);
    } else {
        if (postern_plan_get_internal_server (plan))
            route = postern_route_with_mx (postern_plan_get_internal_server (plan), FALSE);
        postern_plan_set_internal_server (plan, route);
    }
}

static void
make_local (PosternFinding *finding, PosternPlan *plan)
{
    PosternDomain *domain =
        postern_record_list_lookup (postern_plan_get_domains (plan), postern_finding_get_subject (finding));

    if (domain)
        postern_domain_set_local (domain, TRUE);
}

static void
cure (PosternFinding *finding, PosternPlan *plan)
{
    switch (postern_finding_get_cure (finding)) {
    case POSTERN_CURE_REMOVE_EDGE_GATEWAY:
        postern_plan_set_edge_gateway (plan, NULL);
        break;
    case POSTERN_CURE_TURN_OFF_MX:
        turn_off_mx (finding, plan);
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
