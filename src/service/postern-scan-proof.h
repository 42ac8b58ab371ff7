/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-milter-question.h"
#include "service/postern-postfix-host.h"
#include "service/postern-rspamd-settings.h"
#include "service/postern-scanner-state.h"

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
 * @settings: how the Rspamd is reached
 * @state: what shall be live in it
 * @error: return location for an error, or %NULL
 *
 * Asks by a real message, on the private listener, whether Postfix shows its mail to Rspamd and Rspamd has the rules of
 * @state; then asks Rspamd what it does with a message that it refuses. No message leaves.
 *
 * Returns: (transfer full) (nullable): the proof; %NULL with %POSTERN_SERVICE_ERROR_MTA_REFUSED, which says what is not
 *   as it shall be
 */
PosternScanProof *postern_scan_proof_run (PosternPostfixHost *host, PosternRspamdSettings *settings,
                                          PosternScannerState *state, GError **error);

/**
 * postern_scan_proof_ask:
 * @host: the Postfix
 * @settings: how the Rspamd is reached
 * @state: (nullable): what should be live in it, or %NULL for Rspamd as it is without posternd
 * @current: (out): whether Postfix shows its mail to Rspamd and Rspamd has the rules of @state
 * @error: return location for an error, or %NULL
 *
 * Asks the same questions, and judges nothing.
 *
 * Returns: (transfer full) (nullable): what became of the refused message; %NULL with
 * %POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE if Rspamd does not answer
 */
PosternScanProof *postern_scan_proof_ask (PosternPostfixHost *host, PosternRspamdSettings *settings,
                                          PosternScannerState *state, gboolean *current, GError **error);

/** postern_scan_proof_get_verdict_name: Returns: (transfer none): the verdict as the Gateway API calls it */
const char *postern_scan_proof_get_verdict_name (PosternScanProof *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternScanProof, postern_scan_proof_free)

G_END_DECLS
