/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"

/* What sets it apart from a push of a plan; empty for one of those. */
static char *
describe_origin (PosternRevision *revision)
{
    const char *from = postern_revision_get_restored_from (revision);

    if (postern_revision_get_unmanaged (revision))
        return g_strdup (_ ("(what the gateway had before the first push)"));
    /* Translators: %s is the number of a revision. */
    return from != NULL ? g_strdup_printf (_ ("(restored from %s)"), from) : g_strdup ("");
}

static void
print_revision (PosternRevision *revision)
{
    GDateTime *created = postern_revision_get_created (revision);
    g_autoptr (GDateTime) local = created != NULL ? g_date_time_to_local (created) : NULL;
    g_autofree char *date = local != NULL ? g_date_time_format (local, "%F %T") : g_strdup ("?");
    guint n = postern_revision_get_changes (revision);
    g_autofree char *changes = g_strdup_printf (ngettext ("%'u change", "%'u changes", n), n);

    g_autofree char *origin = describe_origin (revision);

    g_print ("%s %6s  %s  %-12s  %s%s%s\n", postern_revision_get_current (revision) ? "*" : " ",
             postern_revision_get_id (revision), date, changes, postern_revision_get_by (revision),
             *origin != '\0' ? "  " : "", origin);
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = posternctl_access_gateway (arguments, arguments->words[0], &error);
    g_autoptr (GPtrArray) revisions = NULL;

    if (gateway != NULL)
        revisions = postern_gateway_list_revisions (gateway, NULL, &error);
    if (revisions == NULL)
        return posternctl_fail (arguments, error);
    if (arguments->json) {
        posternctl_print_document (posternctl_json_revisions (revisions));
        return POSTERNCTL_OK;
    }
    if (revisions->len == 0)
        g_print ("%s\n", _ ("Nothing has been pushed to this gateway yet."));
    for (guint i = 0; i < revisions->len; i++)
        print_revision (revisions->pdata[i]);
    return POSTERNCTL_OK;
}

const PosternctlCommand posternctl_revisions_command = {
    .name = "revisions",
    .words = "GATEWAY",
    .n_words = 1,
    .asks_gateway = TRUE,
    .summary = N_ ("List the configurations that a gateway has had"),
    .details = N_ ("The newest comes first; the one that is live is marked with *. At the end of a line stands\n"
                   "which revision it repeats, or that it is what the gateway had before the first push."),
    .run = run,
};
