/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"
#include "cli/posternctl-pushing.h"
#include "gateway/postern-journal.h"
#include "plan/postern-change.h"

static gboolean finish;
static gboolean undo;
static gboolean keep;

static const GOptionEntry options[] = {
    { "finish", 0, 0, G_OPTION_ARG_NONE, &finish, N_ ("Do what is still missing"), NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, N_ ("Take back what was done"), NULL },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &keep, N_ ("Give the push up, and leave the gateway as it is"), NULL },
    G_OPTION_ENTRY_NULL,
};

/* Says which push was interrupted, and what can be done. */
static PosternctlStatus
show (const PosternctlArguments *arguments, PosternJournal *journal)
{
    g_autoptr (GPtrArray) changes =
        postern_plan_compare (postern_journal_get_before (journal), postern_journal_get_plan (journal));
    g_autoptr (GDateTime) begun = g_date_time_to_local (postern_journal_get_begun (journal));
    g_autofree char *place = postern_gateway_address_to_display (postern_journal_get_address (journal));
    g_autofree char *when = g_date_time_format (begun, "%c");

    if (arguments->json) {
        posternctl_print_document (posternctl_json_interrupted (journal, changes));
        return POSTERNCTL_CHANGES;
    }
    /* Translators: the first %s is a host, the second a date and time. */
    g_print (_ ("A push to %s was interrupted. It was begun on %s and was to make these changes:"), place, when);
    g_print ("\n");
    posternctl_print_changes (changes, FALSE);
    g_print ("%s\n", _ ("Some of them may have been made. Say what is to be done: --finish, --undo or --keep."));
    return POSTERNCTL_CHANGES;
}

static PosternctlStatus
say_none (const PosternctlArguments *arguments, PosternGatewayAddress *address)
{
    g_autofree char *place = postern_gateway_address_to_display (address);

    /* Translators: %s is a host. */
    g_printerr (_ ("No push to %s was interrupted."), place);
    g_printerr ("\n");
    if (arguments->json)
        posternctl_print_document (posternctl_json_interrupted (NULL, NULL));
    return POSTERNCTL_OK;
}

static PosternctlStatus
forget (const PosternctlArguments *arguments, PosternGatewayAddress *address)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *place = postern_gateway_address_to_display (address);

    if (!postern_journal_forget (address, &error))
        return posternctl_fail (arguments, error);
    /* Translators: %s is a host. */
    g_printerr (_ ("The interrupted push is given up; %s was not asked and not changed."), place);
    g_printerr ("\n");
    if (arguments->json)
        posternctl_print_document (posternctl_json_interrupted (NULL, NULL));
    return POSTERNCTL_OK;
}

static PosternctlStatus
resume (const PosternctlArguments *arguments, PosternJournal *journal)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = posternctl_access_gateway (arguments, arguments->words[0], &error);
    g_autoptr (PosternPush) push = NULL;
    PosternctlStatus status;

    if (gateway == NULL)
        return posternctl_fail (arguments, error);
    push = postern_push_new_resume (gateway, journal, undo);
    status = posternctl_run_push (arguments, push);
    /* That it was undone is what was wanted. */
    return undo && postern_push_get_outcome (push) == POSTERN_PUSH_OUTCOME_UNDONE ? POSTERNCTL_OK : status;
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGatewayAddress) address = posternctl_access_address (arguments->words[0], &error);
    g_autoptr (PosternJournal) journal = NULL;

    if (address == NULL)
        return posternctl_fail (arguments, error);
    if (finish + undo + keep > 1) {
        g_printerr ("posternctl: %s\n", _ ("only one of --finish, --undo and --keep can be done"));
        return POSTERNCTL_UNREADABLE;
    }
    if (keep)
        return forget (arguments, address);
    journal = postern_journal_find (address, &error);
    if (error != NULL)
        return posternctl_fail (arguments, error);
    if (journal == NULL)
        return say_none (arguments, address);
    return finish || undo ? resume (arguments, journal) : show (arguments, journal);
}

const PosternctlCommand posternctl_resume_command = {
    .name = "resume",
    .words = "GATEWAY",
    .n_words = 1,
    .asks_gateway = TRUE,
    .summary = N_ ("Finish or undo a push that was interrupted"),
    .details = N_ ("A push writes down what it is about to do before it does it. If it is cut off, by a\n"
                   "crash or a power failure, it has to be dealt with before the next push.\n"
                   "Without an option, says which push that is and asks the gateway nothing.\n"
                   "\n"
                   "Ends with 0 if it was finished, undone or given up as was wanted, or if there is none,\n"
                   "3 if there is one and no option says what to do, 4 if the gateway does what it did before\n"
                   "(finishing failed, or someone else has changed it since), 5 if neither or if it cannot be\n"
                   "asked, 1 if nothing was begun."),
    .options = options,
    .run = run,
};
