/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-verification.h"
#include "wizard/postern-work-model.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_VERIFICATION_RUNNER (postern_verification_runner_get_type ())

/**
 * PosternVerificationRunner:
 *
 * Asks a live gateway for the proofs of a plan, in a worker thread: a #GListModel of #PosternProof, each pending until
 * it is decided. No widget.
 *
 * Properties, all read-only: `running`; `failure` (string, nullable): why the gateway could not be asked.
 */
G_DECLARE_FINAL_TYPE (PosternVerificationRunner, postern_verification_runner, POSTERN, VERIFICATION_RUNNER,
                      PosternWorkModel)

PosternVerificationRunner *postern_verification_runner_new (void);

/** postern_verification_runner_start: forgets what was proven, and asks; @scanning: whether to ask what becomes of
 * refused messages as well; @known_recipients: (nullable): addresses that exist in local domains; @cancellable:
 * (nullable): to stop it */
void postern_verification_runner_start (PosternVerificationRunner *self, PosternGateway *gateway, PosternPlan *plan,
                                        gboolean scanning, const char *const *known_recipients,
                                        GCancellable *cancellable);

gboolean postern_verification_runner_get_running (PosternVerificationRunner *self);
const char *postern_verification_runner_get_failure (PosternVerificationRunner *self);
/** postern_verification_runner_count: Returns: how many proofs are in @state */
guint postern_verification_runner_count (PosternVerificationRunner *self, PosternProofState state);
/** postern_verification_runner_is_asked: Returns: whether @proof is the one that is being asked for */
gboolean postern_verification_runner_is_asked (PosternVerificationRunner *self, PosternProof *proof);
/** postern_verification_runner_get_proofs: Returns: (transfer none) (element-type PosternProof): the proofs as they are
 * now */
GPtrArray *postern_verification_runner_get_proofs (PosternVerificationRunner *self);

G_END_DECLS
