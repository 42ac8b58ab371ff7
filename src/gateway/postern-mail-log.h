/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-mail-log-entry.h"

G_BEGIN_DECLS

/**
 * PosternMailLog:
 * @entries: (element-type PosternMailLogEntry): oldest first
 * @cursor: what to ask with for what comes after these
 * @gap: whether entries between what was asked for and these are no longer known to the gateway
 * @more: whether there are more after these already
 *
 * A stretch of a gateway's mail log. A plain value.
 */
typedef struct {
    GPtrArray *entries;
    char *cursor;
    gboolean gap;
    gboolean more;
} PosternMailLog;

void postern_mail_log_free (PosternMailLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternMailLog, postern_mail_log_free)

G_END_DECLS
