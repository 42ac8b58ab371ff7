/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-scanner-hooks.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "service/postern-files.h"
#include "service/postern-service-error.h"
#include "service/postern-test-fault.h"

#define OVERRIDE "override.d"
#define LUA "lua.local.d"

/* The first line of each: who has it may be replaced and removed. */
#define SIGNATURE "posternd has made this file and replaces it"

/*
 * In override.d priority 10 wins over everything that local.d and the modules say; a list there replaces the list,
 * where one in local.d would be added to it. `try`: without the link the hooks say nothing.
 */
static const struct {
    const char *folder;
    const char *name;
    const char *included;
} hooks[] = {
    { OVERRIDE, "options.inc", "rspamd-options.inc" },
    { OVERRIDE, "spf.conf", "rspamd-spf.conf" },
    { OVERRIDE, "dmarc.conf", "rspamd-dmarc.conf" },
    { OVERRIDE, "external_relay.conf", "rspamd-external_relay.conf" },
    { OVERRIDE, "worker-proxy.inc", "rspamd-worker-proxy.inc" },
    { LUA, "postern.lua", "rspamd.lua" },
};

static char *
hook_path (const char *directory, guint hook)
{
    return g_build_filename (directory, hooks[hook].folder, hooks[hook].name, NULL);
}

static char *
compose (guint hook, const PosternScannerPlaces *places)
{
    const char *deletion = g_str_equal (hooks[hook].name, "worker-proxy.inc") ? places->deletion : NULL;
    g_autofree char *more = deletion ? g_strdup_printf (".include(try=true; priority=11) \"%s\"\n", deletion) : NULL;

    if (g_str_equal (hooks[hook].folder, LUA))
        return g_strdup_printf ("-- " SIGNATURE ".\n"
                                "local path = \"%s/%s\"\n"
                                "if require(\"rspamd_util\").file_exists(path) then\n"
                                "  dofile(path)\n"
                                "end\n",
                                places->files, hooks[hook].included);
    return g_strdup_printf ("# " SIGNATURE "; settings of your own belong into local.d.\n"
                            ".include(try=true; priority=10) \"%s/%s\"\n%s",
                            places->files, hooks[hook].included, more ? more : "");
}

static gboolean
is_ours (const char *text)
{
    g_autofree char *first = g_strndup (text, strcspn (text, "\n"));

    return strstr (first, SIGNATURE) != NULL;
}

/* NULL if there is no such file, or none that can be read. */
static char *
read_hook (const char *directory, guint hook)
{
    g_autofree char *path = hook_path (directory, hook);
    char *text = NULL;

    g_file_get_contents (path, &text, NULL, NULL);
    return text;
}

gboolean
postern_scanner_hooks_check (const char *directory, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS (hooks); i++) {
        g_autofree char *path = hook_path (directory, i);
        g_autofree char *text = read_hook (directory, i);

        if (text == NULL ? !g_file_test (path, G_FILE_TEST_EXISTS) : is_ours (text))
            continue;
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                     /* Translators: %s is a file of Rspamd's configuration; “override.d” and “local.d” are names of
                        directories. */
                     _ ("%s belongs to somebody else, and posternd needs a file of this name. Move what it says from "
                        "override.d to local.d."),
                     path);
        return FALSE;
    }
    return TRUE;
}

gboolean
postern_scanner_hooks_are_installed (const char *directory, const PosternScannerPlaces *places)
{
    for (guint i = 0; i < G_N_ELEMENTS (hooks); i++) {
        g_autofree char *wanted = compose (i, places);
        g_autofree char *text = read_hook (directory, i);

        if (g_strcmp0 (text, wanted) != 0)
            return FALSE;
    }
    return TRUE;
}

static gboolean
install_hook (const char *directory, guint hook, const PosternScannerPlaces *places, GError **error)
{
    g_autofree char *folder = g_build_filename (directory, hooks[hook].folder, NULL);
    g_autofree char *path = hook_path (directory, hook);
    g_autofree char *wanted = compose (hook, places);
    g_autofree char *text = read_hook (directory, hook);

    return g_strcmp0 (text, wanted) == 0 || (postern_files_make_directory (folder, 0755, error) &&
                                             postern_files_replace (path, wanted, -1, NULL, 0644, error));
}

gboolean
postern_scanner_hooks_install (const char *directory, const PosternScannerPlaces *places, GError **error)
{
    if (!postern_scanner_hooks_check (directory, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (hooks); i++) {
        if (!install_hook (directory, i, places, error) || !postern_test_fault ("scanner-hook", error))
            return FALSE;
    }
    return TRUE;
}

gboolean
postern_scanner_hooks_are_there (const char *directory)
{
    for (guint i = 0; i < G_N_ELEMENTS (hooks); i++) {
        g_autofree char *text = read_hook (directory, i);

        if (text && is_ours (text))
            return TRUE;
    }
    return FALSE;
}

gboolean
postern_scanner_hooks_remove (const char *directory, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS (hooks); i++) {
        g_autofree char *path = hook_path (directory, i);
        g_autofree char *text = read_hook (directory, i);

        if (text == NULL || !is_ours (text))
            continue;
        if (g_unlink (path) < 0) {
            g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), path,
                         g_strerror (errno));
            return FALSE;
        }
        if (!postern_test_fault ("scanner-hook-removal", error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
link_file (const char *target, const char *path, GError **error)
{
    if (symlink (target, path) == 0)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), path,
                 g_strerror (errno));
    return FALSE;
}

static gboolean
is_hook (const char *folder, const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (hooks); i++) {
        if (g_strcmp0 (hooks[i].folder, folder) == 0 && g_str_equal (hooks[i].name, name))
            return TRUE;
    }
    return FALSE;
}

/* Links everything in @from into @to, but not what the imitation has of its own: hooks, and the folders that hold them
 * (where @folder is NULL). */
static gboolean
link_all (const char *from, const char *to, const char *folder, GError **error)
{
    g_autoptr (GDir) entries = g_dir_open (from, 0, NULL);
    const char *name;

    while (entries && (name = g_dir_read_name (entries)) != NULL) {
        g_autofree char *target = g_build_filename (from, name, NULL);
        g_autofree char *path = g_build_filename (to, name, NULL);

        if (folder ? is_hook (folder, name) : g_str_equal (name, OVERRIDE) || g_str_equal (name, LUA))
            continue;
        if (!link_file (target, path, error))
            return FALSE;
    }
    return TRUE;
}

static char *
imitated_folder (const char *copy, const char *folder)
{
    return g_strconcat (copy, "-", folder, NULL);
}

static gboolean
imitate_folder (const char *directory, const char *copy, const char *folder, GError **error)
{
    g_autofree char *from = g_build_filename (directory, folder, NULL);
    g_autofree char *to = imitated_folder (copy, folder);
    g_autofree char *path = g_build_filename (copy, folder, NULL);

    return postern_files_make_directory (to, 0755, error) && link_all (from, to, folder, error) &&
           link_file (to, path, error);
}

gboolean
postern_scanner_hooks_imitate (const char *directory, const char *copy, const PosternScannerPlaces *places,
                               GError **error)
{
    postern_scanner_hooks_remove_imitation (copy);
    if (!postern_files_make_directory (copy, 0755, error) || !link_all (directory, copy, NULL, error) ||
        !imitate_folder (directory, copy, OVERRIDE, error) || !imitate_folder (directory, copy, LUA, error))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (hooks); i++) {
        g_autofree char *path = hook_path (copy, i);
        g_autofree char *text = compose (i, places);

        if (!postern_files_write (path, text, -1, 0644, error))
            return FALSE;
    }
    return TRUE;
}

void
postern_scanner_hooks_remove_imitation (const char *copy)
{
    g_autofree char *override = imitated_folder (copy, OVERRIDE);
    g_autofree char *lua = imitated_folder (copy, LUA);

    postern_files_remove_tree (override);
    postern_files_remove_tree (lua);
    postern_files_remove_tree (copy);
}
