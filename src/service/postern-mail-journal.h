/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-mail-source.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_MAIL_JOURNAL (postern_mail_journal_get_type ())

/**
 * PosternMailJournal:
 *
 * A mail log in systemd's journal: what was logged with the facility “mail”.
 */
G_DECLARE_FINAL_TYPE (PosternMailJournal, postern_mail_journal, POSTERN, MAIL_JOURNAL, GObject)

/** postern_mail_journal_new: @directory: (nullable): a directory of journal files, %NULL for this host's journal;
 * @facility: a facility's name, such as "mail" (postconf(5) syslog_facility) */
PosternMailSource *postern_mail_journal_new (const char *directory, const char *facility);

/** postern_mail_journal_is_used: Returns: whether something was logged with @facility in the journal that
 * postern_mail_journal_new() would read; %FALSE where posternd was built without systemd's library */
gboolean postern_mail_journal_is_used (const char *directory, const char *facility);

G_END_DECLS
