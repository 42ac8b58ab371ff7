/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-session.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_AUTOSAVE (postern_autosave_get_type ())

/**
 * PosternAutosave:
 *
 * Keeps a session on disk as it changes (#PosternDraft): soon after each change, in a worker thread, one save at a
 * time. A session in which nothing was entered yet is not kept.
 */
G_DECLARE_FINAL_TYPE (PosternAutosave, postern_autosave, POSTERN, AUTOSAVE, GObject)

/** postern_autosave_new: @id: (nullable): the id of the draft that the session came from, %NULL for a new one */
PosternAutosave *postern_autosave_new (PosternSession *session, const char *id);

const char *postern_autosave_get_id (PosternAutosave *self);
/** postern_autosave_set_id: from now on the session is kept as @id; %NULL: as a new draft */
void postern_autosave_set_id (PosternAutosave *self, const char *id);
/** postern_autosave_set_step: says which page is shown */
void postern_autosave_set_step (PosternAutosave *self, PosternStep step);
/** postern_autosave_flush: keeps what is not kept yet, at once; @is_open: whether the next start shall open it again */
void postern_autosave_flush (PosternAutosave *self, gboolean is_open);

G_END_DECLS
