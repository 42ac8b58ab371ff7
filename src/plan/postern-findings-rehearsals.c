/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-findings-private.h"

#include <glib/gi18n-lib.h>

/*
 * Findings about what internal mail servers answered when they were asked for recipients. Postfix takes the answer of
 * the server as it comes (postconf(5) reject_unverified_recipient): yes to everybody lets everybody in, no to the
 * question itself (address_verify_sender) is a no to every recipient.
 */

/* Where @plan sends mail for @domain; NULL if DNS decides. */
static PosternRoute *
server_of (PosternPlan *plan, PosternDomain *domain)
{
    PosternRoute *own = postern_domain_get_own_route (domain);

    if (own || postern_domain_get_routing (domain) == POSTERN_DOMAIN_ROUTING_DNS)
        return own;
    return postern_plan_get_internal_server (plan);
}

/* A rehearsal counts as long as the plan still sends mail where it was done. */
static gboolean
still_counts (PosternPlan *plan, PosternRehearsal *rehearsal)
{
    PosternDomain *domain =
        postern_record_list_lookup (postern_plan_get_domains (plan), postern_rehearsal_get_domain (rehearsal));

    return domain && postern_domain_get_local (domain) &&
           postern_route_equal (server_of (plan, domain), postern_rehearsal_get_server (rehearsal));
}

static void
judge_rehearsal (PosternJudge *judge, PosternRehearsal *rehearsal)
{
    const char *server = postern_rehearsal_get_title (rehearsal);

    if (!postern_rehearsal_is_useless (rehearsal) || !still_counts (judge->plan, rehearsal) ||
        !postern_judge_wants (judge, "verification-useless"))
        return;
    if (postern_rehearsal_get_outcome (rehearsal) == POSTERN_REHEARSAL_CATCH_ALL)
        postern_judge_tell (
            judge, "verification-useless", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_CHECKS, NULL,
            /* Translators: %s is a mail server. */
            g_strdup_printf (
                _ ("%s accepts every recipient, so that asking it has no effect: mail to addresses that do "
                   "not exist is let in and returned later, often to forged senders. Let that server "
                   "refuse recipients that it does not know."),
                server),
            POSTERN_CURE_NONE);
    else
        postern_judge_tell (
            judge, "verification-useless", POSTERN_SEVERITY_WARNING, POSTERN_SECTION_CHECKS, NULL,
            /* Translators: %s is a mail server. */
            g_strdup_printf (_ ("%s does not let the gateway ask for recipients, so that every recipient looks unknown "
                                "and all mail from outside is refused. Let that server accept the gateway’s question, "
                                "or turn verification off."),
                             server),
            POSTERN_CURE_TURN_OFF_VERIFICATION);
}

void
postern_judge_rehearsals (PosternJudge *judge)
{
    GPtrArray *rehearsals = judge->context->rehearsals;

    if (rehearsals == NULL ||
        postern_plan_get_recipient_verification (judge->plan) != POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED)
        return;
    for (guint i = 0; i < rehearsals->len; i++)
        judge_rehearsal (judge, g_ptr_array_index (rehearsals, i));
}
