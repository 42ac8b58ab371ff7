/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/*
 * Files that outlive a power failure: what was written is on the disk before anything names it. Every error is a
 * %POSTERN_SERVICE_ERROR_STORAGE that names the file.
 */

/** postern_files_write: makes @path, or empties it, and writes @length bytes of @data (-1: a text). Not yet on the
 * disk: see postern_files_sync_tree() */
gboolean postern_files_write (const char *path, const char *data, gssize length, int mode, GError **error);

/**
 * postern_files_replace:
 * @path: a file that may be there already; a symbolic link is followed
 * @data: what it shall hold
 * @length: bytes, or -1 for a text
 * @like: (nullable): whose owner, group and access rights it gets, or %NULL for those of this process and @mode
 * @mode: the access rights where @like is %NULL
 * @error: return location for an error, or %NULL
 *
 * Replaces a file by one rename, after its bytes are on the disk. Its time of modification is set a minute back: a
 * Postfix program that reads main.cf within two seconds of a modification waits, because the file could be half
 * written; one that is renamed into place never is.
 */
gboolean postern_files_replace (const char *path, const char *data, gssize length, const struct stat *like, int mode,
                                GError **error);

/** postern_files_sync: waits until the file or directory @path is on the disk */
gboolean postern_files_sync (const char *path, GError **error);

/** postern_files_sync_tree: waits until every file in the directory @path, and the directory, is on the disk */
gboolean postern_files_sync_tree (const char *path, GError **error);

/** postern_files_make_directory: makes @path with @mode unless it is there */
gboolean postern_files_make_directory (const char *path, int mode, GError **error);

/** postern_files_rename: renames @from to @to in the same directory, and waits until that is on the disk */
gboolean postern_files_rename (const char *from, const char *to, GError **error);

/** postern_files_switch_link: lets the symbolic link @link name @target, by one rename, and waits until that is on the
 * disk */
gboolean postern_files_switch_link (const char *link, const char *target, GError **error);

/** postern_files_remove_tree: removes a directory that holds no directories; nothing happens if it is not there */
void postern_files_remove_tree (const char *path);

G_END_DECLS
