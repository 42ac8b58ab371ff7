/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-plan-json.h"
#include "service/postern-stored-revision.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_STORE (postern_store_get_type ())

/**
 * PosternStore:
 *
 * Where revisions are kept. A revision comes to be in three steps, so that the MTA can be convinced in between: begin()
 * (a directory to render into), seal() (complete and on the disk) and commit() (it is the current one). What is not
 * committed may be discarded at any time, and is after a crash: *the current revision is always one that was live and
 * proved*.
 *
 * Blocking. Reading is possible from any thread at any time; begin() to commit() is for one thread at a time.
 */
G_DECLARE_INTERFACE (PosternStore, postern_store, POSTERN, STORE, GObject)

struct _PosternStoreInterface {
    GTypeInterface parent_interface;

    PosternStoredRevision *(*get_current) (PosternStore *self, GError **error);
    PosternStoredRevision *(*find) (PosternStore *self, guint number, GError **error);
    GPtrArray *(*list) (PosternStore *self, GError **error);
    GBytes *(*read_configuration) (PosternStore *self, PosternStoredRevision *revision, GError **error);
    char *(*get_directory) (PosternStore *self, PosternStoredRevision *revision);
    char *(*begin) (PosternStore *self, PosternStoredRevision *revision, GBytes *configuration, GError **error);
    gboolean (*seal) (PosternStore *self, PosternStoredRevision *revision, GError **error);
    gboolean (*commit) (PosternStore *self, PosternStoredRevision *revision, GError **error);
    void (*discard) (PosternStore *self, PosternStoredRevision *revision);
};

/** postern_store_get_current: Returns: (transfer full) (nullable): the current revision; one with the number 0 before
 * the first push; %NULL on error */
PosternStoredRevision *postern_store_get_current (PosternStore *self, GError **error);

/** postern_store_find: Returns: (transfer full) (nullable): the revision @number, or %NULL with
 * %POSTERN_SERVICE_ERROR_NOT_FOUND or _STORAGE */
PosternStoredRevision *postern_store_find (PosternStore *self, guint number, GError **error);

/** postern_store_list: Returns: (transfer full) (element-type PosternStoredRevision) (nullable): the revisions that are
 * kept, newest first */
GPtrArray *postern_store_list (PosternStore *self, GError **error);

/** postern_store_read_configuration: Returns: (transfer full) (nullable): @revision's configuration document; for the
 * number 0 that of an empty plan */
GBytes *postern_store_read_configuration (PosternStore *self, PosternStoredRevision *revision, GError **error);

/** postern_store_read_plan: @keep: (nullable): which of its domains are wanted, see postern_plan_from_json_keeping();
 * Returns: (transfer full) (nullable): the plan in @revision's configuration document */
PosternPlan *postern_store_read_plan (PosternStore *self, PosternStoredRevision *revision, PosternPlanKeep keep,
                                      gpointer keep_data, GError **error);

/** postern_store_get_directory: Returns: (transfer full): where @revision's files for the MTA are on this host, once it
 * is sealed */
char *postern_store_get_directory (PosternStore *self, PosternStoredRevision *revision);

/** postern_store_begin: Returns: (transfer full) (nullable): a directory to write @revision's files for the MTA into */
char *postern_store_begin (PosternStore *self, PosternStoredRevision *revision, GBytes *configuration, GError **error);

/** postern_store_seal: nothing is written any more: the revision's directory gets its final name, everything in it is
 * on the disk */
gboolean postern_store_seal (PosternStore *self, PosternStoredRevision *revision, GError **error);

/** postern_store_commit: makes @revision the current one, in one step */
gboolean postern_store_commit (PosternStore *self, PosternStoredRevision *revision, GError **error);

/** postern_store_discard: forgets @revision, begun or sealed, which is not the current one */
void postern_store_discard (PosternStore *self, PosternStoredRevision *revision);

G_END_DECLS
