/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenes.h"

/* The scenes from the review on, to the end. */

void scene_review (Stage *stage);
void scene_review_errors (Stage *stage);
void scene_review_postfix (Stage *stage);
void scene_push_working (Stage *stage);
void scene_push_stopping (Stage *stage);
void scene_push_failed (Stage *stage);
void scene_push_conflict (Stage *stage);
void scene_push_stuck (Stage *stage);
void scene_welcome_interrupted (Stage *stage);
void scene_push_interrupted (Stage *stage);
void scene_push_interrupted_steps (Stage *stage);
void scene_result (Stage *stage);
void scene_result_fails (Stage *stage);
void scene_ksmg (Stage *stage);
