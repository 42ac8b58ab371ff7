/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-postfix-host.h"

G_BEGIN_DECLS

/**
 * PosternPostfixComplaints:
 *
 * What Postfix complains of from now on: the lines in its own log file (postconf(5) maillog_file) that say “fatal”,
 * “panic” or “error”. Its programs' exit codes do not tell why an smtpd dies; its log does. Where Postfix logs through
 * syslog there are none.
 */
typedef struct _PosternPostfixComplaints PosternPostfixComplaints;

/** postern_postfix_complaints_new: begins to listen at the end of the log */
PosternPostfixComplaints *postern_postfix_complaints_new (PosternPostfixHost *host);
void postern_postfix_complaints_free (PosternPostfixComplaints *self);

/** postern_postfix_complaints_read: Returns: (transfer full) (nullable): the last few complaints since then, in
 * English, or %NULL if there are none */
char *postern_postfix_complaints_read (PosternPostfixComplaints *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPostfixComplaints, postern_postfix_complaints_free)

G_END_DECLS
