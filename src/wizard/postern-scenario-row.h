/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-scenario.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_SCENARIO_ROW (postern_scenario_row_get_type ())

/**
 * PosternScenarioRow:
 *
 * One of the scenarios to choose from: a radio button, a title, a sentence and the picture of the mail's way.
 *
 * Properties: `scenario` (which one it stands for), `selected` (the one that is chosen among all; setting it chooses
 * this row or not, a click sets it), `subtitle`, `group` (the first row of the group, %NULL in the first row itself).
 */
G_DECLARE_FINAL_TYPE (PosternScenarioRow, postern_scenario_row, POSTERN, SCENARIO_ROW, AdwPreferencesRow)

G_END_DECLS
