/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"
#include "cli/posternctl-rehearsing.h"
#include "gateway/postern-verification.h"

static char **recipients;
static gboolean rehearse;

static const GOptionEntry options[] = {
    { "rehearse", 0, 0, G_OPTION_ARG_NONE, &rehearse, N_ ("First ask the internal mail servers for recipients"), NULL },
    { "recipient", 0, 0, G_OPTION_ARG_STRING_ARRAY, &recipients,
      N_ ("A recipient that exists, not postmaster (repeatable)"), N_ ("ADDRESS") },
    G_OPTION_ENTRY_NULL,
};

static const char *
get_state_title (PosternProofState state)
{
    switch (state) {
    case POSTERN_PROOF_PENDING:
        /* Translators: what became of a proof. */
        return _ ("not asked");
    case POSTERN_PROOF_HOLDS:
        /* Translators: what became of a proof. */
        return _ ("holds");
    case POSTERN_PROOF_FAILS:
        /* Translators: what became of a proof. */
        return _ ("FAILS");
    case POSTERN_PROOF_UNPROVEN:
        /* Translators: what became of a proof. */
        return _ ("not proven");
    default:
        g_return_val_if_reached ("");
    }
}

static void
on_proof_cb (PosternVerification *verification, guint position, PosternProof *proof, gpointer data)
{
    const char *reply = postern_proof_get_reply (proof);
    const char *message = postern_proof_get_message (proof);
    const char *state = get_state_title (postern_proof_get_state (proof));
    g_autofree char *title = posternctl_print_pair (state, postern_proof_get_title (proof));
    g_autofree char *answer = posternctl_print_pair (postern_proof_get_recipient (proof), reply);

    g_print ("%s\n", title);
    g_print ("    %s → %s\n", postern_proof_get_client (proof), answer);
    if (message != NULL)
        g_print ("    %s\n", message);
}

static void
print_what_is_useless (PosternPlan *plan, GPtrArray *rehearsals)
{
    PosternFindingContext context = { .rehearsals = rehearsals };
    g_autoptr (GPtrArray) findings = postern_plan_find (plan, &context);

    for (guint i = findings->len; i > 0; i--) {
        if (!g_str_equal (postern_finding_get_code (findings->pdata[i - 1]), "verification-useless"))
            g_ptr_array_remove_index (findings, i - 1);
    }
    posternctl_print_findings (findings, FALSE);
}

static PosternctlStatus
finish (const PosternctlArguments *arguments, PosternVerification *verification, GPtrArray *rehearsals,
        const GError *error)
{
    if (arguments->json)
        posternctl_print_document (posternctl_json_verification (verification, rehearsals, error));
    if (error != NULL) {
        g_printerr ("posternctl: %s\n", error->message);
        return POSTERNCTL_FAILED;
    }
    return postern_verification_all_hold (verification) ? POSTERNCTL_OK : POSTERNCTL_UNPROVEN;
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (PosternPlan) plan = posternctl_plan_load (arguments->words[0], arguments->json);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = NULL;
    g_autoptr (PosternGatewayInfo) info = NULL;
    g_autoptr (PosternVerification) verification = NULL;
    g_autoptr (GPtrArray) rehearsals = NULL;

    if (plan == NULL)
        return POSTERNCTL_UNREADABLE;
    gateway = posternctl_access_gateway (arguments, arguments->words[1], &error);
    /* First of all whether it lets us in: what keeps it from that concerns no single proof. */
    if (gateway != NULL)
        info = postern_gateway_connect (gateway, NULL, &error);
    if (info == NULL)
        return posternctl_fail (arguments, error);
    if (rehearse) {
        rehearsals = posternctl_rehearse (arguments, plan, recipients, gateway, info, &error);
        if (rehearsals == NULL)
            return posternctl_fail (arguments, error);
        if (!arguments->json)
            print_what_is_useless (plan, rehearsals);
    }
    verification = postern_verification_new (plan, (const char *const *)recipients);
    if (postern_gateway_info_has_capability (info, POSTERN_CAPABILITY_SCAN))
        postern_verification_include_scanning (verification);
    if (!arguments->json)
        g_signal_connect (verification, "proof", G_CALLBACK (on_proof_cb), NULL);
    postern_verification_run (verification, gateway, NULL, &error);
    return finish (arguments, verification, rehearsals, error);
}

const PosternctlCommand posternctl_verify_command = {
    .name = "verify",
    .words = "PLAN GATEWAY",
    .n_words = 2,
    .asks_gateway = TRUE,
    /* Translators: a proof is a real SMTP dialogue that shows whether the gateway does what the plan says. */
    .summary = N_ ("Prove by SMTP that it does what the plan says"),
    .details = N_ ("The gateway's own mail server is asked, as if hosts outside and inside connected to it;\n"
                   "no message is sent.\n"
                   "\n"
                   "Ends with 0 if all proofs hold, 6 if not, 1 if the gateway cannot be asked,\n"
                   "2 if the plan cannot be read."),
    .options = options,
    .run = run,
};
