/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-session.h"

G_BEGIN_DECLS

/** How many plans are remembered. */
#define POSTERN_DRAFT_MAX 20

#define POSTERN_TYPE_DRAFT (postern_draft_get_type ())

/**
 * PosternDraft:
 *
 * What is kept of a session so that it can be taken up again: the plan and the page, which gateway, which file; no
 * secret. Immutable; may be handed to a worker thread. On disk: `$XDG_STATE_HOME/postern/plans/ID.ini` and
 * `ID.postern`.
 */
G_DECLARE_FINAL_TYPE (PosternDraft, postern_draft, POSTERN, DRAFT, GObject)

/** postern_draft_new_id: Returns: (transfer full): the id of a session that was never kept */
char *postern_draft_new_id (void);

/**
 * postern_draft_new:
 * @id: whose it is
 * @session: what to keep; its plan is copied
 * @step: the page
 * @is_open: whether a window shows it, so that the next start opens it again
 */
PosternDraft *postern_draft_new (const char *id, PosternSession *session, PosternStep step, gboolean is_open);

/** postern_draft_save: writes it to disk, each file atomically; Returns: whether it worked */
gboolean postern_draft_save (PosternDraft *self, GError **error);

/** postern_draft_mark_open: writes to disk that a window shows it, before one does; Returns: whether it worked */
gboolean postern_draft_mark_open (PosternDraft *self, GError **error);

/** postern_draft_load: reads what postern_draft_save() wrote, the plan left out; Returns: (transfer full) (nullable):
 * it */
PosternDraft *postern_draft_load (const char *id, GError **error);

/** postern_draft_read_plan: reads the plan as well, which takes time if it is large; Returns: whether it worked */
gboolean postern_draft_read_plan (PosternDraft *self, GError **error);

/** postern_draft_list: Returns: (transfer full) (element-type PosternDraft): every draft on disk, the last one used
 * first; more than
 * @max are deleted, the oldest first */
GPtrArray *postern_draft_list (guint max);

/** postern_draft_delete: forgets what is on disk for @id */
void postern_draft_delete (const char *id);

/** postern_draft_apply: makes @session what was kept; the plan must have been read */
void postern_draft_apply (PosternDraft *self, PosternSession *session);

const char *postern_draft_get_id (PosternDraft *self);
const char *postern_draft_get_title (PosternDraft *self);
/** postern_draft_get_address: Returns: (transfer none) (nullable): the gateway's address, as it is parsed */
const char *postern_draft_get_address (PosternDraft *self);
/** postern_draft_get_pin: Returns: (transfer none) (nullable): the fingerprint that was trusted for the gateway */
const char *postern_draft_get_pin (PosternDraft *self);
/** postern_draft_get_user: Returns: (transfer none) (nullable): the user who logged in there */
const char *postern_draft_get_user (PosternDraft *self);
/** postern_draft_get_gateway: Returns: (transfer none) (nullable): the gateway's address for a person */
const char *postern_draft_get_gateway (PosternDraft *self);
PosternScenario postern_draft_get_scenario (PosternDraft *self);
PosternStep postern_draft_get_step (PosternDraft *self);
gboolean postern_draft_get_is_open (PosternDraft *self);
GDateTime *postern_draft_get_modified (PosternDraft *self);

G_END_DECLS
