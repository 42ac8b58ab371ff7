/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page-fixture.h"
#include "scenes.h"

/* What scenes are made of. */

/** stage_show: shows the page of @step and waits until it can be used */
void stage_show (Stage *stage, PosternStep step);

PosternPage *stage_get_page (Stage *stage);

/** stage_set_scenario: chooses it, with everything that it presets */
void stage_set_scenario (Stage *stage, PosternScenario scenario);

/** stage_set_company: enters a whole plan, as a company with several domains would have it */
void stage_set_company (Stage *stage, PosternScenario scenario);

void stage_add_domain (Stage *stage, const char *name);
void stage_add_network (Stage *stage, const char *network);

/** stage_connect: starts a gateway and connects the session to it; @plan: (nullable): what the gateway has */
void stage_connect (Stage *stage, PosternPlan *plan);

/** stage_press: presses the button with this translated label, anywhere in the window */
void stage_press (Stage *stage, const char *label);

/** stage_wait_for_dialog: waits until one lies over the page, whole */
void stage_wait_for_dialog (Stage *stage);

/** stage_wait_for_findings: waits until the plan was judged */
void stage_wait_for_findings (Stage *stage);
