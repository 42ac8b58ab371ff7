/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-refused-mail-proof.h"

#include <glib/gi18n-lib.h>

/* Nobody's (RFC 5737; RFC 6761, 6.4): the gateway's scanner is shown a message of theirs. */
#define CLIENT "192.0.2.1"
#define RECIPIENT "postmaster@postern-proof.invalid"

static gboolean
deletes (PosternPlan *plan)
{
    return postern_plan_get_rejected_mail (plan) == POSTERN_REJECTED_MAIL_DELETE;
}

PosternProof *
postern_refused_mail_proof_new (PosternPlan *plan)
{
    return g_object_new (POSTERN_TYPE_PROOF, "kind", POSTERN_PROOF_REFUSED_MAIL, "title",
                         deletes (plan) ? _ ("Message that scanning refuses: deleted")
                                        : _ ("Message that scanning refuses: rejected"),
                         "expectation",
                         deletes (plan) ? _ ("The message is accepted and deleted; nobody is told.")
                                        : _ ("The message is refused while its sender is still connected."),
                         "client", CLIENT, "sender", "", "recipient", RECIPIENT, "assumed", FALSE, NULL);
}

/* Why it does not hold; NULL if it does. */
static const char *
find_fault (PosternPlan *plan, PosternScan *scan)
{
    if (!scan->current)
        return _ ("The mail server does not show its messages to the scanner, or the scanner does not have the current "
                  "configuration. Set up the gateway again, or look into the log of its scanner.");
    if (!g_str_equal (scan->verdict, deletes (plan) ? "deleted" : "rejected"))
        return _ (
            "The gateway does not do what the plan says. Set it up again, or look into the log of its mail server.");
    return NULL;
}

PosternProof *
postern_refused_mail_proof_decide (PosternProof *self, PosternPlan *plan, PosternScan *scan)
{
    const char *fault = find_fault (plan, scan);
    /* Translators: what became of a message, where an SMTP reply stands otherwise. */
    const char *deleted = g_str_equal (scan->verdict, "deleted") ? _ ("accepted, and deleted") : _ ("accepted");

    return g_object_new (POSTERN_TYPE_PROOF, "kind", POSTERN_PROOF_REFUSED_MAIL, "state",
                         fault != NULL ? POSTERN_PROOF_FAILS : POSTERN_PROOF_HOLDS, "title",
                         postern_proof_get_title (self), "expectation", postern_proof_get_expectation (self), "client",
                         postern_proof_get_client (self), "sender", postern_proof_get_sender (self), "recipient",
                         postern_proof_get_recipient (self), "assumed", FALSE, "reply",
                         *scan->reply != '\0' ? scan->reply : deleted, "message", fault, NULL);
}
