/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "gateway/postern-proof.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PROOF_ROW (postern_proof_row_get_type ())

/** PosternProofRow: who writes to whom, what should happen, and what the live mail server answered */
G_DECLARE_FINAL_TYPE (PosternProofRow, postern_proof_row, POSTERN, PROOF_ROW, AdwActionRow)

/** postern_proof_row_new: @is_asked: whether the mail server is being asked for it just now */
GtkWidget *postern_proof_row_new (PosternProof *proof, gboolean is_asked);

G_END_DECLS
