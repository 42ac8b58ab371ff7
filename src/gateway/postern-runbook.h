/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook-section.h"
#include "gateway/postern-runbook-terms.h"
#include "plan/postern-findings.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RUNBOOK (postern_runbook_get_type ())

/**
 * PosternRunbook:
 *
 * A plan as steps for the web interface of Kaspersky Secure Mail Gateway 2.x, which has no public API for these
 * settings: what to open, what to enter, why, and what to try in the end. The order is the safe one, not that of the
 * product's help: domains, their routes and the edge gateway first, so that nothing may be relayed before its
 * destination is known; SPF and DMARC off before “Reject” becomes “Delete message”, so that nothing legitimate is
 * deleted (and the other way round where they are on); trusted networks after that; recipient verification last.
 *
 * Immutable.
 */
G_DECLARE_FINAL_TYPE (PosternRunbook, postern_runbook, POSTERN, RUNBOOK, GObject)

/**
 * postern_runbook_new:
 * @plan: a plan; errors in it are told by the steps that they concern
 * @language: (nullable): in which language the web interface is, see postern_runbook_terms_pick_language(); the
 * sentences around the product's terms are in the process's language
 *
 * Returns: (transfer full): the steps for @plan
 */
PosternRunbook *postern_runbook_new (PosternPlan *plan, const char *language);

/** postern_runbook_get_title: Returns: (transfer none): for a person, translated */
const char *postern_runbook_get_title (PosternRunbook *self);

/** postern_runbook_get_intro: Returns: (transfer none): how to use it; paragraphs are separated by a newline */
const char *postern_runbook_get_intro (PosternRunbook *self);

/** postern_runbook_get_language: Returns: (transfer none): the language of the terms */
const char *postern_runbook_get_language (PosternRunbook *self);

/** postern_runbook_get_sections: Returns: (transfer none) (element-type PosternRunbookSection): the sections, in the
 * safe order */
GPtrArray *postern_runbook_get_sections (PosternRunbook *self);

/** postern_runbook_get_n_steps: Returns: how many steps all sections have */
guint postern_runbook_get_n_steps (PosternRunbook *self);

/** postern_runbook_find_step: Returns: (transfer none) (nullable): the step called @id */
PosternRunbookStep *postern_runbook_find_step (PosternRunbook *self, const char *id);

/** postern_runbook_get_findings: Returns: (transfer none) (element-type PosternFinding): what this gateway cannot
 * express of the plan (`gateway-gap`), then the plan's own errors and warnings */
GPtrArray *postern_runbook_get_findings (PosternRunbook *self);

/**
 * postern_runbook_find_gaps:
 * @plan: a plan
 *
 * Returns: (transfer full) (element-type PosternFinding): what of @plan this gateway cannot express, and what is done
 * instead, as `gateway-gap` findings
 */
GPtrArray *postern_runbook_find_gaps (PosternPlan *plan);

G_END_DECLS
