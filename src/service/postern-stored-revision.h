/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternStoredRevision:
 * @number: 1 and up; 0 stands for the time before the first push
 * @mark: what the live Postfix says of itself when it runs this revision, such as "7-5f3a9c12". No two attempts share
 * one
 * @created: when it was accepted
 * @by: the name of the token that pushed it
 * @restored_from: the revision that it repeats, or 0
 * @changes: how many changes it brought
 * @released: whether it is the one in which posternd sets nothing: the mail server has what the administrator gave it
 *
 * What is known of a configuration beside the configuration. Its members are only read. Reference-counted; may be
 * shared between threads.
 */
typedef struct {
    guint number;
    char *mark;
    GDateTime *created;
    char *by;
    guint restored_from;
    guint changes;
    gboolean released;
} PosternStoredRevision;

/** postern_stored_revision_new: a revision of now, with a mark that nobody had before */
PosternStoredRevision *postern_stored_revision_new (guint number, const char *by, guint restored_from, guint changes);

/** postern_stored_revision_is_unmanaged: Returns: whether posternd sets nothing in the mail server: before the first
 * push, and where that was restored */
gboolean postern_stored_revision_is_unmanaged (PosternStoredRevision *self);

PosternStoredRevision *postern_stored_revision_ref (PosternStoredRevision *self);
void postern_stored_revision_unref (PosternStoredRevision *self);

/** postern_stored_revision_to_json: Returns: (transfer full): what meta.json holds */
GBytes *postern_stored_revision_to_json (PosternStoredRevision *self);

/** postern_stored_revision_from_json: Returns: (transfer full) (nullable): the revision in @json, or %NULL if that is
 * not what meta.json holds */
PosternStoredRevision *postern_stored_revision_from_json (const char *json, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternStoredRevision, postern_stored_revision_unref)

G_END_DECLS
