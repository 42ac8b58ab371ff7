/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_REVISION (postern_revision_get_type ())

/**
 * PosternRevision:
 *
 * A configuration that a gateway once accepted. Immutable; may be shared between threads.
 *
 * Properties (construct-only): `id`, `created` (#GDateTime, may be %NULL), `by`, `current`, `changes`, `restored-from`
 * (may be %NULL), `unmanaged`.
 */
G_DECLARE_FINAL_TYPE (PosternRevision, postern_revision, POSTERN, REVISION, GObject)

/** postern_revision_get_id: Returns: (transfer none): what identifies it at its gateway: "7" */
const char *postern_revision_get_id (PosternRevision *self);
/** postern_revision_get_created: Returns: (transfer none) (nullable): when it was accepted */
GDateTime *postern_revision_get_created (PosternRevision *self);
/** postern_revision_get_by: Returns: (transfer none): the name of the access token that pushed it; may be empty */
const char *postern_revision_get_by (PosternRevision *self);
/** postern_revision_get_current: Returns: whether it is the live one */
gboolean postern_revision_get_current (PosternRevision *self);
/** postern_revision_get_changes: Returns: how many changes it brought */
guint postern_revision_get_changes (PosternRevision *self);

/** postern_revision_get_restored_from: Returns: (transfer none) (nullable): the revision that it repeats, if it is a
 * restore */
const char *postern_revision_get_restored_from (PosternRevision *self);
/** postern_revision_get_unmanaged: Returns: whether it sets nothing: the gateway has what it had before the very first
 * push */
gboolean postern_revision_get_unmanaged (PosternRevision *self);

G_END_DECLS
