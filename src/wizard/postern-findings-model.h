/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-finding.h"
#include "wizard/postern-work-model.h"

G_BEGIN_DECLS

typedef struct _PosternSession PosternSession;

#define POSTERN_TYPE_FINDINGS_MODEL (postern_findings_model_get_type ())

/**
 * PosternFindingsModel:
 *
 * What is to say about a session's plan: a #GListModel of #PosternFinding, errors first, that keeps up with the plan by
 * itself. A plan may hold 100,000 domains, so it is judged in a worker thread, after a pause in the changes. Findings
 * that stay are the same objects as before, so that a row that shows one keeps its place and its focus.
 *
 * Properties, all read-only: `n-items`; `settled`: whether the list is about the plan as it is now; `n-errors`.
 *
 * One belongs to each session: postern_session_get_findings().
 */
G_DECLARE_FINAL_TYPE (PosternFindingsModel, postern_findings_model, POSTERN, FINDINGS_MODEL, PosternWorkModel)

/** postern_findings_model_new: @session: whose plan; not kept alive */
PosternFindingsModel *postern_findings_model_new (PosternSession *session);

/** postern_findings_model_get_settled: Returns: whether the list is about the plan as it is now */
gboolean postern_findings_model_get_settled (PosternFindingsModel *self);
/** postern_findings_model_get_n_errors: Returns: how many of the findings stop a push */
guint postern_findings_model_get_n_errors (PosternFindingsModel *self);

G_END_DECLS
