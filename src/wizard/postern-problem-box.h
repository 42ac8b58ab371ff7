/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_PROBLEM_BOX (postern_problem_box_get_type ())

/**
 * PosternProblemBox:
 *
 * What went wrong, whole, however long it is (a banner would cut it off), and a button to try again. Announced when it
 * comes; without a message it is not there.
 *
 * Properties: `message`, `retry-label` (strings, nullable). Signal `retry`.
 */
G_DECLARE_FINAL_TYPE (PosternProblemBox, postern_problem_box, POSTERN, PROBLEM_BOX, AdwBin)

G_END_DECLS
