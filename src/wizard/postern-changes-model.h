/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-change-group.h"
#include "wizard/postern-session.h"
#include "wizard/postern-work-model.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_CHANGES_MODEL (postern_changes_model_get_type ())

/**
 * PosternChangesModel:
 *
 * What a push would change: a #GListModel of #PosternChangeGroup that keeps up with the plan and with what was read
 * from the gateway. Without a gateway, all of the plan is new. Compared in a worker thread, after a pause in the
 * changes.
 *
 * Properties: `session` (#PosternSession); read-only: `n-changes` (all groups together), `settled` (whether this is
 * about the plan as it is now).
 */
G_DECLARE_FINAL_TYPE (PosternChangesModel, postern_changes_model, POSTERN, CHANGES_MODEL, PosternWorkModel)

void postern_changes_model_set_session (PosternChangesModel *self, PosternSession *session);

/** postern_changes_model_get_changes: Returns: (transfer none) (nullable) (element-type PosternChange): all of them,
 * %NULL before the first comparison */
GPtrArray *postern_changes_model_get_changes (PosternChangesModel *self);

gboolean postern_changes_model_get_settled (PosternChangesModel *self);

G_END_DECLS
