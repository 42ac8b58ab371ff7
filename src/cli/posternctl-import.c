/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/posternctl-command.h"
#include "cli/posternctl-importing.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-plan.h"
#include "cli/posternctl-print.h"
#include "cli/posternctl-pushing.h"
#include "plan/postern-plan-json.h"

static char *domains;
static char *networks;
static char *main_cf;
static char *into;
static gboolean aggregate;
static gboolean yes;

static const GOptionEntry options[] = {
    { "domains", 0, 0, G_OPTION_ARG_FILENAME, &domains, N_ ("Look for domains and their routes in FILE"), N_ ("FILE") },
    { "networks", 0, 0, G_OPTION_ARG_FILENAME, &networks, N_ ("Look for trusted networks in FILE"), N_ ("FILE") },
    { "main-cf", 0, 0, G_OPTION_ARG_FILENAME, &main_cf, N_ ("Look for everything in FILE, a main.cf of Postfix"),
      N_ ("FILE") },
    { "into", 0, 0, G_OPTION_ARG_FILENAME, &into, N_ ("Take it into the plan file PLAN, which may be new"),
      N_ ("PLAN") },
    { "aggregate", 0, 0, G_OPTION_ARG_NONE, &aggregate, N_ ("Merge the trusted networks to as few as possible"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_ ("Ask nothing"), NULL },
    G_OPTION_ENTRY_NULL,
};

/* The plan that it goes into, or an empty one. */
static PosternPlan *
open_plan (const PosternctlArguments *arguments)
{
    g_autoptr (GFile) file = into != NULL ? g_file_new_for_commandline_arg (into) : NULL;

    if (file == NULL || !g_file_query_exists (file, NULL))
        return postern_plan_new ();
    return posternctl_plan_load (into, arguments->json);
}

static gboolean
read_file (const PosternctlArguments *arguments, PosternctlImporting *importing, const char *name,
           PosternImportWanted wanted)
{
    g_autoptr (GError) error = NULL;

    if (name == NULL || posternctl_importing_add (importing, name, wanted, &error))
        return TRUE;
    posternctl_print_error_of (name, error);
    if (arguments->json)
        posternctl_print_document (posternctl_json_error (error));
    return FALSE;
}

static gboolean
read_files (const PosternctlArguments *arguments, PosternctlImporting *importing)
{
    if (!read_file (arguments, importing, main_cf,
                    POSTERN_IMPORT_DOMAINS | POSTERN_IMPORT_NETWORKS | POSTERN_IMPORT_EDGE_GATEWAY) ||
        !read_file (arguments, importing, domains, POSTERN_IMPORT_DOMAINS) ||
        !read_file (arguments, importing, networks, POSTERN_IMPORT_NETWORKS))
        return FALSE;
    if (aggregate)
        posternctl_importing_aggregate (importing);
    return TRUE;
}

static gboolean
has_changes (PosternctlImporting *importing)
{
    return posternctl_importing_count (importing, POSTERN_IMPORT_TAKEN) > 0 ||
           (importing->aggregate && importing->aggregate->removed->len > 0);
}

static gboolean
confirm (void)
{
    /* Translators: %s is a file's name. */
    g_autofree char *question = g_strdup_printf (_ ("Write this to “%s”?"), into);

    return posternctl_confirm (question, yes);
}

static gboolean
save (PosternctlImporting *importing, GError **error)
{
    g_autoptr (GFile) file = g_file_new_for_commandline_arg (into);

    return postern_plan_save (importing->plan, file, NULL, error);
}

/* What is refused is told by the exit status too: a script would not read it. */
static PosternctlStatus
finish (PosternctlImporting *importing)
{
    return posternctl_importing_count (importing, POSTERN_IMPORT_REFUSED) > 0 ? POSTERNCTL_FAILED : POSTERNCTL_OK;
}

static PosternctlStatus
take (const PosternctlArguments *arguments, PosternctlImporting *importing)
{
    g_autoptr (GError) error = NULL;
    gboolean write = into != NULL && has_changes (importing);

    if (!arguments->json)
        posternctl_importing_print (importing, into != NULL);
    if (write && !confirm ())
        return POSTERNCTL_FAILED;
    if (write && !save (importing, &error))
        return posternctl_fail (arguments, error);
    if (arguments->json)
        posternctl_print_document (posternctl_json_import (importing, write ? into : NULL));
    return finish (importing);
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_auto (PosternctlImporting) importing = { 0 };
    g_autoptr (PosternPlan) plan = NULL;

    if (domains == NULL && networks == NULL && main_cf == NULL) {
        g_printerr ("posternctl import: %s\n", _ ("it wants to be told --domains, --networks or --main-cf"));
        return POSTERNCTL_UNREADABLE;
    }
    plan = open_plan (arguments);
    if (plan == NULL)
        return POSTERNCTL_UNREADABLE;
    posternctl_importing_init (&importing, plan);
    if (!read_files (arguments, &importing))
        return POSTERNCTL_UNREADABLE;
    return take (arguments, &importing);
}

const PosternctlCommand posternctl_import_command = {
    .name = "import",
    .words = "",
    .summary = N_ ("Take domains and networks from other files"),
    .details = N_ ("Files are lists, CSV, the sources of Postfix’s tables or main.cf. Without --into it is said what\n"
                   "would become of each line. Ends with 0, 1 if a line is refused, 2 if a file cannot be read."),
    .options = options,
    .run = run,
};
