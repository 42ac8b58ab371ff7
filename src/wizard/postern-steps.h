/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-finding.h"
#include "plan/postern-scenario.h"

G_BEGIN_DECLS

/** PosternStep: a page of the wizard; its nickname is the page's tag and what the saved state says */
typedef enum {
    POSTERN_STEP_WELCOME,
    POSTERN_STEP_SCENARIO,
    POSTERN_STEP_GATEWAY,
    POSTERN_STEP_DOMAINS,
    POSTERN_STEP_EDGE_GATEWAY,
    POSTERN_STEP_TRUSTED_NETWORKS,
    POSTERN_STEP_CHECKS,
    POSTERN_STEP_REVIEW,
    POSTERN_STEP_PUSH,
    POSTERN_STEP_RESULT,
    POSTERN_STEP_KSMG,
} PosternStep;

#define POSTERN_TYPE_STEP (postern_step_get_type ())
GType postern_step_get_type (void) G_GNUC_CONST;

/**
 * PosternMode:
 * @POSTERN_MODE_PUSH: the plan ends in a gateway
 * @POSTERN_MODE_PLAN: the plan ends in a file: no gateway is told anything
 * @POSTERN_MODE_KSMG: the plan ends in steps for the web interface of KSMG
 *
 * Where the wizard leads.
 */
typedef enum {
    POSTERN_MODE_PUSH,
    POSTERN_MODE_PLAN,
    POSTERN_MODE_KSMG,
} PosternMode;

#define POSTERN_TYPE_MODE (postern_mode_get_type ())
GType postern_mode_get_type (void) G_GNUC_CONST;

/*
 * The way through the wizard, without GTK: which steps there are in a scenario and a mode, in which order. One table.
 */

/** postern_steps_has: Returns: whether @step is on the way */
gboolean postern_steps_has (PosternScenario scenario, PosternMode mode, PosternStep step);

/** postern_steps_get_next: @next: (out): the step after @step; Returns: %FALSE if @step is the last */
gboolean postern_steps_get_next (PosternScenario scenario, PosternMode mode, PosternStep step, PosternStep *next);

/** postern_steps_get_previous: @previous: (out): the step before @step; Returns: %FALSE if @step is the first */
gboolean postern_steps_get_previous (PosternScenario scenario, PosternMode mode, PosternStep step,
                                     PosternStep *previous);

/** postern_steps_get_number: Returns: the n of “Step n of m”, 0 for a step that is not counted (the welcome, the
 * result) */
guint postern_steps_get_number (PosternScenario scenario, PosternMode mode, PosternStep step);

/** postern_steps_get_total: Returns: the m of “Step n of m” */
guint postern_steps_get_total (PosternScenario scenario, PosternMode mode);

/** postern_steps_get_position: Returns: (transfer full): “Step n of m” as people read it, "" for a step that is not
 * counted */
char *postern_steps_get_position (PosternScenario scenario, PosternMode mode, PosternStep step);

/** postern_step_get_title: Returns: (transfer none): the title of the step's page, translated */
const char *postern_step_get_title (PosternStep step);

/** postern_step_from_section: Returns: the step on which a part of the plan is asked */
PosternStep postern_step_from_section (PosternSection section);

G_END_DECLS
