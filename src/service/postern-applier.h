/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"
#include "service/postern-postfix-host.h"
#include "service/postern-scan-proof.h"
#include "service/postern-scanner.h"
#include "service/postern-store.h"

G_BEGIN_DECLS

/**
 * PosternPushOrder:
 * @plan: what shall be live
 * @by: the name of the token that pushes
 * @expected: the revision that the client takes for the current one
 * @restored_from: the revision that is repeated, or 0
 * @release: whether the mail server shall get back what it had before the first push; @plan is an empty one then
 */
typedef struct {
    PosternPlan *plan;
    const char *by;
    guint expected;
    guint restored_from;
    gboolean release;
} PosternPushOrder;

/**
 * PosternPushOutcome:
 * @revision: the revision that is live now
 * @proofs: (element-type PosternLiveProof): how that was proved; empty without an MTA
 * @scan_proof: (nullable): the same for scanning; %NULL without a scanner
 */
typedef struct {
    guint revision;
    GPtrArray *proofs;
    PosternScanProof *scan_proof;
} PosternPushOutcome;

void postern_push_outcome_clear (PosternPushOutcome *self);

#define POSTERN_TYPE_APPLIER (postern_applier_get_type ())

/**
 * PosternApplier:
 *
 * Makes configurations live: one at a time, the whole of each or nothing of it. Blocking; may be used by several
 * threads at once, of which all but one get %POSTERN_SERVICE_ERROR_BUSY.
 */
G_DECLARE_FINAL_TYPE (PosternApplier, postern_applier, POSTERN, APPLIER, GObject)

/**
 * postern_applier_new:
 * @store: where revisions are kept
 * @host: (nullable): the Postfix, or %NULL where there is none; must outlive the applier
 * @scanner: (nullable): the Rspamd, or %NULL where there is none; must outlive the applier
 * @state_directory: for what the applier itself keeps
 */
PosternApplier *postern_applier_new (PosternStore *store, PosternPostfixHost *host, PosternScanner *scanner,
                                     const char *state_directory);

/** postern_applier_check_expected: Returns: whether the current revision is @expected at this moment; else
 * %POSTERN_SERVICE_ERROR_REVISION_CHANGED */
gboolean postern_applier_check_expected (PosternApplier *self, guint expected, GError **error);

/**
 * postern_applier_push:
 * @self: an applier
 * @order: what shall be live
 * @outcome: (out caller-allocates): what came of it
 * @error: return location for an error, or %NULL
 *
 * If the plan is what the current revision says already there is no new one; Postfix is then brought to it, should
 * somebody have changed it, and it is proved again.
 *
 * Returns: whether @order's plan is live; if not, %POSTERN_SERVICE_ERROR_BUSY, _REVISION_CHANGED, _STORAGE,
 * _MTA_REFUSED, _MTA_STUCK or _SCANNER_STUCK
 */
gboolean postern_applier_push (PosternApplier *self, const PosternPushOrder *order, PosternPushOutcome *outcome,
                               GError **error);

/**
 * postern_applier_converge:
 * @self: an applier
 * @error: return location for an error, or %NULL
 *
 * Brings Postfix to the current revision, whatever it is in: what a crash has left, or somebody has changed by hand.
 */
gboolean postern_applier_converge (PosternApplier *self, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternPushOutcome, postern_push_outcome_clear)

G_END_DECLS
