/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-mail-event.h"
#include "service/postern-mail-line.h"

G_BEGIN_DECLS

/**
 * PosternMailTracker:
 *
 * Understands what Postfix writes into its log. What is known of a message only from earlier lines (its sender, who
 * handed it in) is remembered until Postfix removes it from its queue, of 10,000 messages at most. The service's own
 * questions to Postfix, and the probes that recipients are verified with, are no mail and are passed over.
 *
 * Source of facts: the log formats in smtpd_log_access_reject(), log_adhoc(), qmgr_active_feed() and
 * cleanup_milter_apply() of Postfix 3.10.
 */
typedef struct _PosternMailTracker PosternMailTracker;

/** postern_mail_tracker_new: @syslog_name: what the instance's programs call themselves before the slash (postconf(5)
 * syslog_name) */
PosternMailTracker *postern_mail_tracker_new (const char *syslog_name);
void postern_mail_tracker_free (PosternMailTracker *self);

/** postern_mail_tracker_forget: what it remembers is no longer of use: lines in between are missing */
void postern_mail_tracker_forget (PosternMailTracker *self);

/** postern_mail_tracker_feed: Returns: (transfer full) (nullable): what the next line tells, %NULL if that is nothing
 * about mail. Its time and cursor are for the caller to fill in */
PosternMailEvent *postern_mail_tracker_feed (PosternMailTracker *self, const PosternMailLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternMailTracker, postern_mail_tracker_free)

G_END_DECLS
