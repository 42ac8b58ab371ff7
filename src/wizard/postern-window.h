/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-draft.h"
#include "wizard/postern-page.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_WINDOW (postern_window_get_type ())

/**
 * PosternWindow:
 *
 * One plan and the way through it. The only one who navigates: pages say that they are finished, PosternSteps says what
 * comes next.
 */
G_DECLARE_FINAL_TYPE (PosternWindow, postern_window, POSTERN, WINDOW, AdwApplicationWindow)

/** postern_window_new: a window on the welcome page */
PosternWindow *postern_window_new (GtkApplication *application);

/** postern_window_take_up: shows the page on which @draft was left; its plan must have been read */
void postern_window_take_up (PosternWindow *self, PosternDraft *draft);

/** postern_window_open_file: reads a plan file and shows its review, or a toast with what is wrong */
void postern_window_open_file (PosternWindow *self, GFile *file);

/** postern_window_is_untouched: Returns: whether nothing was entered here yet, so that a plan may be opened in it */
gboolean postern_window_is_untouched (PosternWindow *self);

PosternSession *postern_window_get_session (PosternWindow *self);

/** postern_window_show_step: puts @step on top, with the pages that lead to it below */
void postern_window_show_step (PosternWindow *self, PosternStep step);

/** postern_window_translate: the language has changed: makes the pages anew, with everything that was entered. A
 * gateway that is being set up is not disturbed: that page changes when it is left */
void postern_window_translate (PosternWindow *self);

G_END_DECLS
