/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-plan.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_EDGE_VERIFICATION_ROW (postern_edge_verification_row_get_type ())

/**
 * PosternEdgeVerificationRow:
 *
 * Whether the edge gateway of a plan verifies recipients, found out by asking it for one that nobody has in the first
 * local domain, and whether that is what the scenario says. Not visible before it is asked.
 *
 * Properties: `plan` (#PosternPlan). Read-only: `running`: whether it is being asked; `text`: what came of it;
 * `contradicts`: whether the plan's scenario says otherwise.
 */
G_DECLARE_FINAL_TYPE (PosternEdgeVerificationRow, postern_edge_verification_row, POSTERN, EDGE_VERIFICATION_ROW,
                      AdwActionRow)

/** postern_edge_verification_row_ask: asks the edge gateway that the plan has now; the last question counts */
void postern_edge_verification_row_ask (PosternEdgeVerificationRow *self);

/** postern_edge_verification_row_stop: nobody waits for what is being asked any more */
void postern_edge_verification_row_stop (PosternEdgeVerificationRow *self);

/** postern_edge_verification_row_forget: as above, and the last answer is about another edge gateway */
void postern_edge_verification_row_forget (PosternEdgeVerificationRow *self);

G_END_DECLS
