/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-plan.h"
#include "wizard/postern-mail-flow.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_MESSAGE_TRIAL (postern_message_trial_get_type ())

/**
 * PosternMessageTrial:
 *
 * “Try a Message”: from which address, to which recipient; says what the gateway will do with it by the plan, and
 * lights up its way in a picture.
 *
 * Properties: `plan` (#PosternPlan), `picture` (#PosternMailFlow, nullable).
 */
G_DECLARE_FINAL_TYPE (PosternMessageTrial, postern_message_trial, POSTERN, MESSAGE_TRIAL, AdwPreferencesGroup)

G_END_DECLS
