/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "plan/postern-plan.h"
#include "wizard/postern-session.h"
#include "wizard/postern-steps.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PAGE (postern_page_get_type ())

/**
 * PosternPage:
 *
 * What every page of the wizard is: a header bar with Help, a place for what went wrong, a heading that asks one
 * question, the consequence of the answer, the page's content, and a bottom bar with one primary button. A page never
 * navigates: it emits `finished` (or `edit-step`), and the window decides.
 *
 * Properties that a page's Blueprint file sets:
 * - `heading`, `consequence`: the question, and what the answer leads to
 * - `help-text`: the background, shown in the Help popover; paragraphs are separated by an empty line
 * - `content` (#GtkWidget): the page's own widgets; clamped at 640 px
 * - `list` (#GtkWidget, a #GtkScrollable): a list of any length, below the content; the page scrolls heading, content
 * and list as one, and the list still makes rows only for what is seen
 * - `first-focus` (#GtkWidget): where the cursor goes when the page is first shown; without it, to the first thing in
 * the content
 * - `secondary` (#GtkWidget): what stands at the start of the bottom bar
 * - `primary-label`: “Next” unless said otherwise, with a mnemonic
 *
 * Properties that a page sets (or binds) while it lives:
 * - `complete`: whether one can go on; `reason`: why not (shown beside the insensitive button; always set it then)
 * - `busy`: a spinner on the primary button, which is insensitive
 * - `error-message`: what went wrong, shown above the heading and announced, or %NULL; `retry-label` (nullable) its
 *   button
 * - `can-skip`: shows **Skip**
 *
 * Set by the window: `session` (construct-only), `plan` (read-only: the session's), `step`, `position` (“Step 3 of 7”),
 * `detour` (opened from the review, to come back there).
 *
 * Signals: `finished`: the person is done here. `edit-step` (PosternStep): go to that page and come back here.
 */
G_DECLARE_DERIVABLE_TYPE (PosternPage, postern_page, POSTERN, PAGE, AdwNavigationPage)

/**
 * PosternPageClass:
 * @activate: the page is now visible; the cancellable is new; start what is live here
 * @deactivate: the page was left; its cancellable is cancelled already
 * @proceed: the primary button was pressed while `complete` and not `busy`; by default emits `finished`
 * @retry: the error's button was pressed; the error message is gone already
 * @may_leave: asked before the window closes; a page that must not be left says %FALSE and asks the person itself
 */
struct _PosternPageClass {
    AdwNavigationPageClass parent_class;

    void (*activate) (PosternPage *self);
    void (*deactivate) (PosternPage *self);
    void (*proceed) (PosternPage *self);
    void (*retry) (PosternPage *self);
    gboolean (*may_leave) (PosternPage *self);
};

PosternSession *postern_page_get_session (PosternPage *self);
PosternPlan *postern_page_get_plan (PosternPage *self);

PosternStep postern_page_get_step (PosternPage *self);

/** postern_page_get_cancellable: Returns: (transfer none): of this visit; cancelled when the page is left */
GCancellable *postern_page_get_cancellable (PosternPage *self);

/** postern_page_set_incomplete: @reason: (nullable): why one cannot go on, a translated sentence; %NULL: one can. Sets
 * `complete` and `reason` at once */
void postern_page_set_incomplete (PosternPage *self, const char *reason);

void postern_page_set_busy (PosternPage *self, gboolean busy);

/** postern_page_add_top_bar: puts @bar across the page, below its header bar */
void postern_page_add_top_bar (PosternPage *self, GtkWidget *bar);

/** postern_page_set_error: @message: (nullable): what went wrong, or %NULL; @retry_label: (nullable): the error’s
 * button, without one %NULL */
void postern_page_set_error (PosternPage *self, const char *message, const char *retry_label);

void postern_page_set_primary_label (PosternPage *self, const char *label);

/** postern_page_get_detour: Returns: whether the page was opened from the review to change something, and leads back
 * there */
gboolean postern_page_get_detour (PosternPage *self);

/** postern_page_may_leave: Returns: whether the window may close now */
gboolean postern_page_may_leave (PosternPage *self);

/** postern_page_add_toast: @toast: (transfer full): shown over the content, so that it covers neither the
 * primary button nor what stands beside it */
void postern_page_add_toast (PosternPage *self, AdwToast *toast);

/** postern_page_finish: emits `finished` */
void postern_page_finish (PosternPage *self);
/** postern_page_edit_step: emits `edit-step` */
void postern_page_edit_step (PosternPage *self, PosternStep step);

/** postern_page_get_primary_button: Returns: (transfer none): the window's default widget while the page is visible */
GtkWidget *postern_page_get_primary_button (PosternPage *self);

G_END_DECLS
