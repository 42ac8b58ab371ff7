/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "gateway/postern-proof.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_VERIFICATION (postern_verification_get_type ())

/**
 * PosternVerification:
 *
 * The list of proofs that a plan asks for, and the way to get them from the live mail server. Confined to one thread at
 * a time: make it here and show its pending proofs, run it there, look at it here afterwards.
 *
 * Signal `proof` (guint position, #PosternProof): a proof was decided; emitted in the thread that runs the
 * verification. The proof is immutable and replaces the pending one at @position; it may be handed to the main context.
 */
G_DECLARE_FINAL_TYPE (PosternVerification, postern_verification, POSTERN, VERIFICATION, GObject)

/**
 * postern_verification_new:
 * @plan: what the gateway should do; a copy is made
 * @known_recipients: (nullable): addresses that exist in the plan's local domains, %NULL-terminated; the first of a
 * domain counts. Where none is known, postmaster of the domain (RFC 5321, section 4.5.1, says that it exists)
 */
PosternVerification *postern_verification_new (PosternPlan *plan, const char *const *known_recipients);

/** postern_verification_include_scanning: also proves what becomes of a message that scanning refuses; for a gateway
 * with the capability %POSTERN_CAPABILITY_SCAN, before the verification is run */
void postern_verification_include_scanning (PosternVerification *self);

/** postern_verification_get_proofs: Returns: (transfer full) (element-type PosternProof): the proofs as they are now,
 * pending ones included */
GPtrArray *postern_verification_get_proofs (PosternVerification *self);

/**
 * postern_verification_run:
 * @self: a verification
 * @gateway: whom to ask
 * @cancellable: (nullable): to stop it; proofs that were decided stay
 * @error: return location for an error, or %NULL
 *
 * Blocks. Asks for each proof in turn. A recipient that is put off (4xx, as while the gateway waits for the internal
 * server) is asked for once more.
 *
 * Returns: whether every proof was asked for; %FALSE if the gateway could not be asked at all. Whether they hold is
 * another question: postern_verification_all_hold()
 */
gboolean postern_verification_run (PosternVerification *self, PosternGateway *gateway, GCancellable *cancellable,
                                   GError **error);

/** postern_verification_all_hold: Returns: whether every proof holds; %FALSE while one is pending, fails or is unproven
 */
gboolean postern_verification_all_hold (PosternVerification *self);

G_END_DECLS
