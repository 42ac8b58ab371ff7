/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-milter-question.h"
#include "service/postern-postfix-host.h"
#include "service/postern-scanner.h"

G_BEGIN_DECLS

/**
 * PosternScanProof:
 * @verdict: what becomes of a message that scanning refuses
 * @reply: the SMTP reply that its sender gets; "" where the mail server says its own
 *
 * What the live mail server does with a message that scanning refuses.
 */
typedef struct {
    PosternMilterVerdict verdict;
    char *reply;
} PosternScanProof;

void postern_scan_proof_free (PosternScanProof *self);

/**
 * postern_scan_proof_run:
 * @host: the Postfix
 * @scanner: the Rspamd
 * @state: what shall be live in it
 * @error: return location for an error, or %NULL
 *
 * Asks by a real message, on the private listener, whether Postfix shows its mail to Rspamd and Rspamd has the rules of
 * @state; then asks Rspamd what it does with a message that it refuses. No message leaves.
 *
 * Returns: (transfer full) (nullable): the proof; %NULL with %POSTERN_SERVICE_ERROR_MTA_REFUSED, which says what is not
 *   as it shall be
 */
PosternScanProof *postern_scan_proof_run (PosternPostfixHost *host, PosternScanner *scanner, PosternScannerState *state,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternScanProof, postern_scan_proof_free)

G_END_DECLS
