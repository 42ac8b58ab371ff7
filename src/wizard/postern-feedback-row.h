/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_FEEDBACK_ROW (postern_feedback_row_get_type ())

/**
 * PosternFeedbackRow:
 *
 * The line under an entry row that says what is wrong with what was typed. While it says something, the entry is marked
 * as invalid, to the eye and to a screen reader; something new is announced. Without a message it is not there.
 *
 * Properties: `entry` (an #AdwEntryRow or another #GtkEditable widget); `message` (nullable).
 */
G_DECLARE_FINAL_TYPE (PosternFeedbackRow, postern_feedback_row, POSTERN, FEEDBACK_ROW, AdwPreferencesRow)

GtkWidget *postern_feedback_row_new (void);

const char *postern_feedback_row_get_message (PosternFeedbackRow *self);
/** postern_feedback_row_set_message: @message: (nullable): what is wrong, translated; %NULL or empty: nothing */
void postern_feedback_row_set_message (PosternFeedbackRow *self, const char *message);

G_END_DECLS
