/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-flow.h"

G_BEGIN_DECLS

/** PosternProofKind: what a proof is about; the order is the one in which they are shown */
typedef enum {
    POSTERN_PROOF_LOCAL,             /* outside sender, local recipient */
    POSTERN_PROOF_FOREIGN,           /* outside sender, foreign recipient */
    POSTERN_PROOF_UNKNOWN_RECIPIENT, /* outside sender, local domain, a recipient that nobody has */
    POSTERN_PROOF_TRUSTED_FOREIGN,   /* trusted host, foreign recipient */
    POSTERN_PROOF_TRUSTED_LOCAL,     /* trusted host, local recipient */
    POSTERN_PROOF_OWN_ROUTE,         /* outside sender, a local domain with a route of its own */
    POSTERN_PROOF_REFUSED_MAIL,      /* what becomes of a message that scanning refuses */
} PosternProofKind;

#define POSTERN_TYPE_PROOF_KIND (postern_proof_kind_get_type ())
GType postern_proof_kind_get_type (void) G_GNUC_CONST;

/** PosternProofState: what became of a proof; “unproven”: the gateway could not be asked, or put the recipient off */
typedef enum {
    POSTERN_PROOF_PENDING,
    POSTERN_PROOF_HOLDS,
    POSTERN_PROOF_FAILS,
    POSTERN_PROOF_UNPROVEN,
} PosternProofState;

#define POSTERN_TYPE_PROOF_STATE (postern_proof_state_get_type ())
GType postern_proof_state_get_type (void) G_GNUC_CONST;

#define POSTERN_TYPE_PROOF (postern_proof_get_type ())

/**
 * PosternProof:
 *
 * One thing that must be true of a gateway that does what the plan says, and what the live mail server answered.
 * Immutable; may be shared between threads.
 *
 * Properties (construct-only): `kind`, `state`, `title`, `expectation`, `client`, `sender`, `recipient`, `assumed`,
 * `reply`, `message`.
 */
G_DECLARE_FINAL_TYPE (PosternProof, postern_proof, POSTERN, PROOF, GObject)

PosternProofKind postern_proof_get_kind (PosternProof *self);
PosternProofState postern_proof_get_state (PosternProof *self);
/** postern_proof_get_title: Returns: (transfer none): who writes to whom and what is to happen, for a person,
 * translated */
const char *postern_proof_get_title (PosternProof *self);
/** postern_proof_get_expectation: Returns: (transfer none): the plan's verdict in a sentence, next hop included,
 * translated */
const char *postern_proof_get_expectation (PosternProof *self);
/** postern_proof_get_client: Returns: (transfer none): the client's address */
const char *postern_proof_get_client (PosternProof *self);
/** postern_proof_get_sender: Returns: (transfer none): the envelope sender; empty for the null sender */
const char *postern_proof_get_sender (PosternProof *self);
const char *postern_proof_get_recipient (PosternProof *self);
/** postern_proof_get_assumed: Returns: whether it is only assumed that the recipient exists, because nobody has named
 * one */
gboolean postern_proof_get_assumed (PosternProof *self);
/** postern_proof_get_reply: Returns: (transfer none) (nullable): the SMTP reply; %NULL while pending or if there was
 * none */
const char *postern_proof_get_reply (PosternProof *self);
/** postern_proof_get_message: Returns: (transfer none) (nullable): why it does not hold or was not proven, translated
 */
const char *postern_proof_get_message (PosternProof *self);

G_END_DECLS
