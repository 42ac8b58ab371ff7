/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_SCENARIO_FINDER (postern_scenario_finder_get_type ())

/**
 * PosternScenarioFinder:
 *
 * For who does not know which scenario it is: the two questions that decide it, and a look-up that answers them for a
 * domain: where its mail goes (MX records), and what the server there answers to a recipient that nobody has.
 */
G_DECLARE_FINAL_TYPE (PosternScenarioFinder, postern_scenario_finder, POSTERN, SCENARIO_FINDER, AdwExpanderRow)

G_END_DECLS
