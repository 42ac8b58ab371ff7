/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-check-command.h"

#include <glib/gi18n-lib.h>

#include "service/postern-directory-store.h"
#include "service/postern-mta-state.h"
#include "service/postern-rspamd-host.h"
#include "service/postern-service-error.h"

static PosternSettings *
read_revision (PosternServiceOptions *options, guint *number, GError **error)
{
    g_autoptr (PosternDirectoryStore) store = NULL;
    g_autoptr (PosternStoredRevision) current = NULL;
    g_autofree char *directory = NULL;
    g_autoptr (PosternMtaState) state = NULL;
    g_autofree char *revisions = g_build_filename (options->state_dir, "revisions", NULL);

    *number = 0;
    if (!g_file_test (revisions, G_FILE_TEST_IS_DIR))
        return postern_settings_new ();
    store = postern_directory_store_new (options->state_dir, (guint)options->kept, error);
    current = store ? postern_store_get_current (POSTERN_STORE (store), error) : NULL;
    if (current == NULL)
        return NULL;
    *number = current->number;
    if (postern_stored_revision_is_unmanaged (current)) {
        *number = 0;
        return postern_settings_new ();
    }
    directory = postern_store_get_directory (POSTERN_STORE (store), current);
    state = postern_mta_state_load (current, directory, error);
    return state ? postern_mta_state_dup_settings (state) : NULL;
}

/* What the two say of a parameter; returns whether it is the same. */
static gboolean
compare_parameter (const char *name, const char *live, const char *wanted)
{
    if (g_strcmp0 (live, wanted) == 0)
        return TRUE;
    g_print ("%s\n", name);
    /* Translators: “main.cf” is the name of Postfix's configuration file. */
    g_print (_ ("    main.cf:  %s\n"), live ? live : _ ("(not set)"));
    g_print (_ ("    revision: %s\n"), wanted ? wanted : _ ("(not set)"));
    return FALSE;
}

static gboolean
report (PosternSettings *live, PosternSettings *wanted, guint number, GError **error)
{
    const char *const *names = postern_mta_state_get_parameters ();
    guint different = 0;

    if (number == 0) {
        g_print (_ ("Nothing in Postfix is set by posternd. The next push takes over these parameters of main.cf:\n"));
        for (guint i = 0; names[i]; i++)
            g_print ("%s = %s\n", names[i],
                     postern_settings_lookup (live, names[i]) ? postern_settings_lookup (live, names[i])
                                                              : _ ("(not set)"));
        g_print (
            _ ("It adds a service on a loopback port to master.cf, and files of its own to Rspamd's directory.\n"));
        return TRUE;
    }
    for (guint i = 0; names[i]; i++)
        different += !compare_parameter (names[i], postern_settings_lookup (live, names[i]),
                                         postern_settings_lookup (wanted, names[i]));
    if (different == 0) {
        g_print (_ ("Postfix's configuration is that of revision %u.\n"), number);
        return TRUE;
    }
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 /* Translators: %2$u is the number of a revision; “main.cf” is the name of Postfix's configuration
                  * file. */
                 ngettext ("%1$u parameter of main.cf is not as in revision %2$u.",
                           "%1$u parameters of main.cf are not as in revision %2$u.", different),
                 different, number);
    return FALSE;
}

/* What posternd finds on this host. */
static gboolean
describe_host (PosternServiceOptions *options, PosternPostfixHost *host, GError **error)
{
    g_autofree char *version = postern_postfix_host_get_version (host, error);
    g_autoptr (PosternRspamdHost) rspamd = options->no_rspamd ? NULL : postern_rspamd_host_find (options->rspamd_dir);
    g_autofree char *rspamd_version = rspamd ? postern_rspamd_host_get_version (rspamd, NULL) : NULL;

    if (version == NULL || !postern_postfix_host_is_running (host, error))
        return FALSE;
    /* Translators: %1$s is a version number, %2$s a directory. */
    g_print (_ ("Postfix %1$s in %2$s is running.\n"), version, postern_postfix_host_get_directory (host));
    if (rspamd)
        /* Translators: %1$s is a version number, %2$s a directory. */
        g_print (_ ("Rspamd %1$s in %2$s scans messages.\n"), rspamd_version ? rspamd_version : "?",
                 postern_rspamd_host_get_directory (rspamd));
    else
        g_print (_ ("Without Rspamd messages are not scanned.\n"));
    return TRUE;
}

gboolean
postern_check_command (PosternServiceOptions *options, GError **error)
{
    g_autoptr (PosternPostfixHost) host =
        postern_postfix_host_new (options->postfix_dir, (guint16)options->private_port);
    g_autoptr (PosternSettings) live = NULL;
    g_autoptr (PosternSettings) wanted = NULL;
    guint number;

    if (!describe_host (options, host, error))
        return FALSE;
    live = postern_postfix_host_read_settings (host, postern_mta_state_get_parameters (), error);
    wanted = live ? read_revision (options, &number, error) : NULL;
    return wanted && report (live, wanted, number, error);
}
