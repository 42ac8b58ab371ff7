/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * posternd's own files in Rspamd's configuration directory: five in override.d, which Rspamd reads last, and one in
 * lua.local.d. They say nothing by themselves but include what the current revision has, through a link in the state
 * directory, so that switching the link switches them all. A file of the same name that somebody else has made is not
 * touched.
 */

/**
 * PosternScannerPlaces:
 * @files: the directory of a revision's files for Rspamd, or a link to one
 * @deletion: a file that is there while refused messages are deleted
 *
 * What the hooks lead to.
 */
typedef struct {
    const char *files;
    const char *deletion;
} PosternScannerPlaces;

/** postern_scanner_hooks_check: fails with %POSTERN_SERVICE_ERROR_MTA_REFUSED if one of the names in @directory is
 * taken by somebody else's file */
gboolean postern_scanner_hooks_check (const char *directory, GError **error);

/** postern_scanner_hooks_are_installed: Returns: whether @directory has the hooks, every one and as they shall be */
gboolean postern_scanner_hooks_are_installed (const char *directory, const PosternScannerPlaces *places);

/** postern_scanner_hooks_are_there: Returns: whether @directory has any of the hooks */
gboolean postern_scanner_hooks_are_there (const char *directory);

/** postern_scanner_hooks_install: puts those that are missing or different into @directory */
gboolean postern_scanner_hooks_install (const char *directory, const PosternScannerPlaces *places, GError **error);

/** postern_scanner_hooks_remove: takes the hooks out of @directory */
gboolean postern_scanner_hooks_remove (const char *directory, GError **error);

/**
 * postern_scanner_hooks_imitate:
 * @directory: Rspamd's configuration directory
 * @copy: what the imitation shall be called; it needs this name and some that begin with it
 * @places: what the hooks in it lead to
 * @error: return location for an error, or %NULL
 *
 * Makes a configuration directory that is like @directory, but has the hooks: by symbolic links, so that it is cheap.
 */
gboolean postern_scanner_hooks_imitate (const char *directory, const char *copy, const PosternScannerPlaces *places,
                                        GError **error);

/** postern_scanner_hooks_remove_imitation: removes what postern_scanner_hooks_imitate() made */
void postern_scanner_hooks_remove_imitation (const char *copy);

G_END_DECLS
