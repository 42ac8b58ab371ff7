/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-pmg-step.h"

G_BEGIN_DECLS

/*
 * What is said of the steps of a push that has failed: each one that is left at the gateway in a sentence of its own.
 */

/*
 * postern_pmg_leftover_stuck:
 * @why: (nullable): what came before
 * @left: (element-type PosternPmgStep): what could not be taken back
 * @unknown: (nullable): the step of which it could not be seen whether it was done
 *
 * Returns: (transfer full): a %POSTERN_GATEWAY_ERROR_STUCK
 */
GError *postern_pmg_leftover_stuck (const GError *why, GPtrArray *left, const PosternPmgStep *unknown);

/* postern_pmg_leftover_undone: @why: (transfer full); Returns: (transfer full): @why as a statement about all of the
 * push, of which @n_done steps were taken back */
GError *postern_pmg_leftover_undone (GError *why, guint n_done);

/* postern_pmg_leftover_changed: @others: (element-type PosternPmgStep): what someone else has changed; Returns:
 * (transfer full): a %POSTERN_GATEWAY_ERROR_REVISION_CHANGED */
GError *postern_pmg_leftover_changed (GPtrArray *others);

G_END_DECLS
