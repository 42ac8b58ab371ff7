/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_SCENARIO_PAGE (postern_scenario_page_get_type ())

/** PosternScenarioPage: how mail from the Internet reaches the gateway */
G_DECLARE_FINAL_TYPE (PosternScenarioPage, postern_scenario_page, POSTERN, SCENARIO_PAGE, PosternPage)

G_END_DECLS
