/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-findings-private.h"

#include <glib/gi18n-lib.h>

/*
 * Findings about the checks. Behind an edge gateway the gateway sees only that gateway as the sender: SPF and DMARC
 * then refuse legitimate mail, and what is refused comes back as non-delivery reports that the edge gateway sends to
 * senders who may be forged.
 */

static void
tell (PosternJudge *judge, const char *code, PosternSeverity severity, const char *message, PosternCure cure)
{
    postern_judge_tell (judge, code, severity, POSTERN_SECTION_CHECKS, NULL, g_strdup (message), cure);
}

static void
judge_verification (PosternJudge *judge)
{
    gboolean on =
        postern_plan_get_recipient_verification (judge->plan) == POSTERN_RECIPIENT_VERIFICATION_REJECT_UNVERIFIED;

    switch (postern_plan_get_scenario (judge->plan)) {
    case POSTERN_SCENARIO_DIRECT:
        if (!on)
            tell (judge, "verification-off-direct", POSTERN_SEVERITY_WARNING,
                  _ ("Recipients are not verified: mail to addresses that do not exist is accepted and then returned, "
                     "often to forged "
                     "senders, which gets the gateway onto block lists. Turn verification on."),
                  POSTERN_CURE_TURN_ON_VERIFICATION);
        break;
    case POSTERN_SCENARIO_EDGE_VERIFYING:
        if (!on)
            tell (judge, "verification-mismatch", POSTERN_SEVERITY_WARNING,
                  _ ("The edge gateway asks this gateway whether a recipient exists, but this gateway does not verify "
                     "and says yes to "
                     "every address: the verification has no effect. Turn verification on."),
                  POSTERN_CURE_TURN_ON_VERIFICATION);
        break;
    case POSTERN_SCENARIO_EDGE_NOT_VERIFYING:
        if (on)
            tell (judge, "verification-mismatch", POSTERN_SEVERITY_WARNING,
                  /* Translators: a non-delivery report (a bounce, NDR) tells a sender that a message could not be
                   * delivered. */
                  _ ("The edge gateway has accepted a message before this gateway refuses its recipient: for each one "
                     "the edge "
                     "gateway sends a non-delivery report, often to a forged sender. Turn verification off, or on at "
                     "the edge gateway "
                     "as well."),
                  POSTERN_CURE_TURN_OFF_VERIFICATION);
        break;
    default:
        g_assert_not_reached ();
    }
}

static void
judge_behind_edge (PosternJudge *judge)
{
    gboolean checks = (postern_plan_get_use_spf (judge->plan) || postern_plan_get_use_dmarc (judge->plan)) &&
                      !postern_plan_get_check_sender_before_edge (judge->plan);
    gboolean deletes = postern_plan_get_rejected_mail (judge->plan) == POSTERN_REJECTED_MAIL_DELETE;

    if (checks)
        tell (judge, "sender-checks-behind-edge", POSTERN_SEVERITY_WARNING,
              _ ("SPF and DMARC judge the edge gateway instead of the true sender, so that legitimate mail is refused. "
                 "Turn both off "
                 "here and leave them to the edge gateway."),
              POSTERN_CURE_TURN_OFF_SENDER_CHECKS);
    if (checks && deletes)
        tell (judge, "delete-with-sender-checks", POSTERN_SEVERITY_WARNING,
              _ ("Legitimate mail that SPF or DMARC refuses behind the edge gateway is deleted: it vanishes without a "
                 "trace, and "
                 "neither sender nor recipient learns of it. Turn SPF and DMARC off."),
              POSTERN_CURE_TURN_OFF_SENDER_CHECKS);
    if (!deletes)
        tell (judge, "reject-behind-edge", POSTERN_SEVERITY_WARNING,
              _ ("Rejecting a refused message makes the edge gateway send a non-delivery report, often to a forged "
                 "sender. Delete "
                 "refused messages instead."),
              POSTERN_CURE_DELETE_REJECTED);
}

static void
judge_direct (PosternJudge *judge)
{
    if (postern_plan_get_use_dmarc (judge->plan) && !postern_plan_get_use_spf (judge->plan))
        tell (judge, "dmarc-without-spf", POSTERN_SEVERITY_WARNING,
              _ ("DMARC builds on SPF, which is off: mail that only SPF vouches for fails DMARC and is refused. Use "
                 "SPF as well."),
              POSTERN_CURE_USE_SPF);
}

/* One sentence for each member that a gateway may store without acting on it; none where the plan does not ask for it.
 */
static const char *
gap_sentence (PosternPlan *plan, const char *member)
{
    if (g_str_equal (member, "use_spf") && postern_plan_get_use_spf (plan))
        return _ ("The gateway stores “Use SPF”, but has no Rspamd that would check SPF.");
    if (g_str_equal (member, "use_dmarc") && postern_plan_get_use_dmarc (plan))
        return _ ("The gateway stores “Use DMARC”, but has no Rspamd that would check DMARC.");
    if (g_str_equal (member, "sender_authentication") && postern_plan_get_sender_authentication (plan))
        return _ ("The gateway stores “Sender authentication in the rules”, but has no Rspamd that would act on it.");
    if (g_str_equal (member, "check_sender_before_edge") && postern_plan_get_check_sender_before_edge (plan))
        return _ ("The gateway stores “Check the sender before the edge gateway”, but has no Rspamd that would do it.");
    if (g_str_equal (member, "rejected_mail") && postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_DELETE)
        return _ ("The gateway stores that refused messages are deleted, but has no Rspamd that would refuse any.");
    return NULL;
}

static void
judge_gaps (PosternJudge *judge)
{
    for (const char *const *member = judge->context->not_enforced; member && *member; member++) {
        const char *sentence = gap_sentence (judge->plan, *member);

        if (sentence)
            tell (judge, "gateway-gap", POSTERN_SEVERITY_NOTE, sentence, POSTERN_CURE_NONE);
    }
}

void
postern_judge_checks (PosternJudge *judge)
{
    judge_verification (judge);
    if (judge->edge_scenario)
        judge_behind_edge (judge);
    judge_direct (judge);
    judge_gaps (judge);
}
