/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-session.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_REHEARSAL_GROUP (postern_rehearsal_group_get_type ())

/**
 * PosternRehearsalGroup:
 *
 * **Rehearse Verification**: asks each internal mail server of the session's plan for recipients, and lists what each
 * answered. What was found stays in the session, which judges the plan with it.
 *
 * Property: `session` (#PosternSession, nullable).
 */
G_DECLARE_FINAL_TYPE (PosternRehearsalGroup, postern_rehearsal_group, POSTERN, REHEARSAL_GROUP, GtkBox)

G_END_DECLS
