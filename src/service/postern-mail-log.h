/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-mail-event.h"
#include "service/postern-mail-source.h"
#include "service/postern-postfix-host.h"

G_BEGIN_DECLS

/**
 * PosternMailLog:
 *
 * What became of recent messages, read from Postfix's log: in the file that postlogd(8) writes (postconf(5)
 * maillog_file), else in the journal, else in the syslog daemon's file. Nothing is read until somebody asks, and then
 * no more than the last some thousand lines; the last 2000 events are kept. Blocking; may be used by several threads.
 */
typedef struct _PosternMailLog PosternMailLog;

#define POSTERN_MAIL_LOG_MOST_EVENTS 2000

/**
 * postern_mail_log_new:
 * @host: the Postfix; must outlive the log
 * @where: (nullable): "journal", "journal:" and a directory of journal files, or a file; %NULL to find it as above
 */
PosternMailLog *postern_mail_log_new (PosternPostfixHost *host, const char *where);

/** postern_mail_log_free: to be called on the main context */
void postern_mail_log_free (PosternMailLog *self);

/**
 * PosternMailLogPage:
 * @kind: where it was read: "file" or "journal"
 * @events: (element-type PosternMailEvent): oldest first
 * @cursor: what to ask with for what comes after these
 * @gap: whether events between what was asked for and these are no longer known
 * @more: whether there are more after these already
 */
typedef struct {
    const char *kind;
    GPtrArray *events;
    char *cursor;
    gboolean gap;
    gboolean more;
} PosternMailLogPage;

void postern_mail_log_page_clear (PosternMailLogPage *self);

/**
 * postern_mail_log_read:
 * @self: a log
 * @after: (nullable): a cursor, for what comes after it; %NULL for the newest
 * @most: how many at most
 * @page: (out caller-allocates): what there is; to be used under nobody's lock: it is a copy
 * @error: return location for an error, or %NULL
 *
 * Returns: whether the log could be read
 */
gboolean postern_mail_log_read (PosternMailLog *self, const char *after, guint most, PosternMailLogPage *page,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternMailLog, postern_mail_log_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternMailLogPage, postern_mail_log_page_clear)

G_END_DECLS
