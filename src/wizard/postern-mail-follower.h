/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "wizard/postern-work-model.h"

G_BEGIN_DECLS

/** POSTERN_MAIL_FOLLOWER_MAX: how many entries are kept, so that an open window does not grow for days */
#define POSTERN_MAIL_FOLLOWER_MAX 50

#define POSTERN_TYPE_MAIL_FOLLOWER (postern_mail_follower_get_type ())

/**
 * PosternMailFollower:
 *
 * Follows a live gateway's mail log, asking in a worker thread: a #GListModel of #PosternMailLogEntry, the newest
 * first. A gateway that cannot be reached for a while is asked again. No widget.
 *
 * Properties, all read-only: `n-items`; `failure` (string, nullable): why nothing comes at the moment; `gap`: whether
 * entries were missed.
 */
G_DECLARE_FINAL_TYPE (PosternMailFollower, postern_mail_follower, POSTERN, MAIL_FOLLOWER, PosternWorkModel)

PosternMailFollower *postern_mail_follower_new (void);

/** postern_mail_follower_start: follows the log of @gateway; what is known stays */
void postern_mail_follower_start (PosternMailFollower *self, PosternGateway *gateway);

/** postern_mail_follower_stop: asks no more */
void postern_mail_follower_stop (PosternMailFollower *self);

/** postern_mail_follower_get_failure: Returns: (transfer none) (nullable): why nothing comes at the moment, translated
 */
const char *postern_mail_follower_get_failure (PosternMailFollower *self);

G_END_DECLS
