/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/posternctl-importing.h"
#include "gateway/postern-certificate.h"
#include "gateway/postern-mail-log.h"
#include "gateway/postern-push.h"
#include "gateway/postern-verification.h"
#include "plan/postern-change.h"
#include "plan/postern-findings.h"
#include "plan/postern-verdict.h"

G_BEGIN_DECLS

/*
 * The documents that --json prints, one function for each. All return a newly allocated text.
 */
char *posternctl_json_error (const GError *error);
/* posternctl_json_plan_error: @problems: (nullable) (element-type PosternPlanProblem): each bad member */
char *posternctl_json_plan_error (const GError *error, GPtrArray *problems);
char *posternctl_json_findings (GPtrArray *findings);
/* posternctl_json_check: @rehearsals: (nullable) (element-type PosternRehearsal): what internal mail servers answered
 */
char *posternctl_json_check (GPtrArray *findings, GPtrArray *rehearsals);
char *posternctl_json_changes (const char *revision, GPtrArray *changes);
char *posternctl_json_dry_run (const char *revision, GPtrArray *changes, GPtrArray *findings);
/* posternctl_json_push: @error: (nullable): what the push ended with */
char *posternctl_json_push (PosternPush *push, const GError *error);
/* posternctl_json_interrupted: @journal: (nullable): of the push; @changes: (nullable): that it was to make */
char *posternctl_json_interrupted (PosternJournal *journal, GPtrArray *changes);
char *posternctl_json_revisions (GPtrArray *revisions);
char *posternctl_json_mail_log (PosternMailLog *log);
/* posternctl_json_mail_log_entry: in one line */
char *posternctl_json_mail_log_entry (PosternMailLogEntry *entry);
/* posternctl_json_verification: @rehearsals: (nullable) (element-type PosternRehearsal): what internal mail servers
 * answered; @error: (nullable): why not everything was asked for */
char *posternctl_json_verification (PosternVerification *verification, GPtrArray *rehearsals, const GError *error);
char *posternctl_json_verdict (const PosternVerdict *verdict, const char *sentence);
char *posternctl_json_certificate (PosternCertificate *certificate);
/* posternctl_json_saved: a configuration of @revision was written to the file @name */
char *posternctl_json_saved (const char *revision, const char *name);
/* posternctl_json_import: @written: (nullable): the plan file that it was written to */
char *posternctl_json_import (PosternctlImporting *importing, const char *written);
char *posternctl_json_text (const char *form, const char *text);

G_END_DECLS
