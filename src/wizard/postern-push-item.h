/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-push-step.h"

G_BEGIN_DECLS

/** PosternPushStatus: how far a line of a push is */
typedef enum {
    POSTERN_PUSH_STATUS_WAITING,
    POSTERN_PUSH_STATUS_WORKING,
    POSTERN_PUSH_STATUS_DONE,
    POSTERN_PUSH_STATUS_FAILED,
} PosternPushStatus;

#define POSTERN_TYPE_PUSH_STATUS (postern_push_status_get_type ())
GType postern_push_status_get_type (void) G_GNUC_CONST;

/** postern_push_status_get_title: Returns: (transfer none): it in a word, translated */
const char *postern_push_status_get_title (PosternPushStatus status);

#define POSTERN_TYPE_PUSH_ITEM (postern_push_item_get_type ())

/**
 * PosternPushItem:
 *
 * One line of a push on the screen: everything that happens in one state (#PosternPushState), however many calls that
 * takes.
 *
 * Properties, all read-only: `title`, `status` (#PosternPushStatus), `detail` (what is being done, then what the
 * gateway answered), `duration` (nullable: how long it took, for a person).
 */
G_DECLARE_FINAL_TYPE (PosternPushItem, postern_push_item, POSTERN, PUSH_ITEM, GObject)

/** postern_push_item_new: Returns: (transfer full): the line of @state, waiting */
PosternPushItem *postern_push_item_new (PosternPushState state);

PosternPushState postern_push_item_get_state (PosternPushItem *self);
const char *postern_push_item_get_title (PosternPushItem *self);
PosternPushStatus postern_push_item_get_status (PosternPushItem *self);
const char *postern_push_item_get_detail (PosternPushItem *self);

/** postern_push_item_take: @step: what has happened in its state */
void postern_push_item_take (PosternPushItem *self, PosternPushStep *step);

G_END_DECLS
