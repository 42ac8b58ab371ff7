/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"
#include "cli/posternctl-pushing.h"

static gboolean yes;

static const GOptionEntry options[] = {
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_ ("Ask nothing"), NULL },
    G_OPTION_ENTRY_NULL,
};

/* Shows what the restored revision @wanted brings; Returns: the live revision */
static char *
review (PosternGateway *gateway, const char *wanted, GPtrArray **changes, GError **error)
{
    g_autofree char *revision = NULL;
    g_autoptr (PosternPlan) before = postern_gateway_read (gateway, &revision, NULL, error);
    g_autoptr (PosternPlan) after = NULL;

    if (before == NULL)
        return NULL;
    after = postern_gateway_read_revision (gateway, wanted, NULL, error);
    if (after == NULL)
        return NULL;
    *changes = postern_plan_compare (before, after);
    return g_steal_pointer (&revision);
}

static gboolean
confirm (PosternGateway *gateway, const char *wanted, guint n_changes)
{
    g_autofree char *place = postern_gateway_address_to_display (postern_gateway_get_address (gateway));
    g_autofree char *question = NULL;

    /* Translators: the first %s is a number, the second a host. */
    question = g_strdup_printf (_ ("Make revision %s live again at %s?"), wanted, place);
    return n_changes == 0 || posternctl_confirm (question, yes);
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    const char *wanted = arguments->words[1];
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = posternctl_access_gateway (arguments, arguments->words[0], &error);
    g_autoptr (GPtrArray) changes = NULL;
    g_autofree char *revision = gateway != NULL ? review (gateway, wanted, &changes, &error) : NULL;
    g_autoptr (PosternPush) push = NULL;

    if (revision == NULL || !posternctl_check_interrupted (arguments->words[0], &error))
        return posternctl_fail (arguments, error);
    posternctl_print_changes (changes, TRUE);
    if (!confirm (gateway, wanted, changes->len))
        return POSTERNCTL_UNREADABLE;
    push = postern_push_new_restore (gateway, wanted, revision);
    postern_push_keep_journal (push, arguments->pin, arguments->user);
    postern_push_set_when_stopped (push, POSTERN_PUSH_STOP_UNDO);
    return posternctl_run_push (arguments, push);
}

const PosternctlCommand posternctl_restore_command = {
    .name = "restore",
    .words = "GATEWAY N",
    .n_words = 2,
    .asks_gateway = TRUE,
    .summary = N_ ("Make an earlier configuration live again"),
    .details = N_ ("N is a number that “posternctl revisions” lists. It becomes a new revision.\n"
                   "Shows the changes and asks before it writes; without a terminal, --yes is needed.\n"
                   "Ends as “posternctl push” does."),
    .options = options,
    .run = run,
};
