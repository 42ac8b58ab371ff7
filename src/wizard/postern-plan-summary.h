/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-session.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PLAN_SUMMARY (postern_plan_summary_get_type ())

/**
 * PosternPlanSummary:
 *
 * The plan in a few lines, one for each page on which it is asked, each with **Edit**.
 *
 * Property: `session` (#PosternSession). Signal `edit` (PosternStep).
 */
G_DECLARE_FINAL_TYPE (PosternPlanSummary, postern_plan_summary, POSTERN, PLAN_SUMMARY, AdwPreferencesGroup)

G_END_DECLS
