/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/posternctl-command.h"
#include "gateway/postern-certificate.h"
#include "plan/postern-change.h"
#include "plan/postern-findings.h"

G_BEGIN_DECLS

/*
 * What people read. Results go to standard output, everything else to standard error.
 */

/* posternctl_print_document: @document: (transfer full): a JSON document, the only thing on standard output */
void posternctl_print_document (char *document);

/* posternctl_print_error_of: tells an error about @subject (a file, say) */
void posternctl_print_error_of (const char *subject, const GError *error);

/* posternctl_fail: tells an error, for --json as a document as well; Returns: %POSTERNCTL_FAILED */
PosternctlStatus posternctl_fail (const PosternctlArguments *arguments, const GError *error);

/* posternctl_print_pair: @value: (nullable): what @subject is; Returns: both on a line, as the language sets its colon
 */
char *posternctl_print_pair (const char *subject, const char *value);

/* posternctl_print_findings: @to_stderr: whether they are by the way */
void posternctl_print_findings (GPtrArray *findings, gboolean to_stderr);

/* posternctl_print_changes: the changes by section; says so if there are none */
void posternctl_print_changes (GPtrArray *changes, gboolean to_stderr);

/* posternctl_print_certificate: fingerprint, subject, dates and what is wrong with it */
void posternctl_print_certificate (PosternCertificate *certificate, gboolean to_stderr);

G_END_DECLS
