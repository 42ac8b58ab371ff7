/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-store.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_DIRECTORY_STORE (postern_directory_store_get_type ())

/**
 * PosternDirectoryStore:
 *
 * Revisions as directories: `revisions/7/` holds configuration.json, meta.json and what was rendered for the MTA, and
 * is never changed; `revisions/8.part/` is one that comes to be; the symbolic link `current` names the current one.
 */
G_DECLARE_FINAL_TYPE (PosternDirectoryStore, postern_directory_store, POSTERN, DIRECTORY_STORE, GObject)

#define POSTERN_DIRECTORY_STORE_DEFAULT_KEPT 100

/**
 * postern_directory_store_new:
 * @directory: the state directory, which is there
 * @kept: how many revisions are kept, the current one included; at least 1
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): the store
 */
PosternDirectoryStore *postern_directory_store_new (const char *directory, guint kept, GError **error);

/**
 * postern_directory_store_clean:
 * @self: a store
 *
 * Removes what an interrupted push has left. To be called when the MTA no longer uses it, before the next begin().
 */
void postern_directory_store_clean (PosternDirectoryStore *self);

G_END_DECLS
