/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"
#include "service/postern-mta-state.h"
#include "service/postern-postfix-host.h"
#include "service/postern-scan-proof.h"
#include "service/postern-scanner.h"
#include "service/postern-store.h"

G_BEGIN_DECLS

/**
 * PosternApply:
 * @store: where revisions are kept
 * @host: (nullable): the Postfix, or %NULL where there is none
 * @scanner: (nullable): the Rspamd, or %NULL where there is none
 * @scratch: a directory for the candidate
 * @adopted: the file that keeps what main.cf said before the first push
 * @from: the current revision
 * @from_state: (nullable): what it makes of Postfix; %NULL until adopted
 * @to: the revision to be
 * @to_plan: its plan
 * @proofs: (element-type PosternLiveProof) (nullable): what the proof found
 * @scan_proof: (nullable): the same for scanning
 *
 * One configuration on its way to become the live one. Its members are filled in by who starts it; the rest is its own.
 */
typedef struct {
    PosternStore *store;
    PosternPostfixHost *host;
    PosternScanner *scanner;
    const char *scratch;
    const char *adopted;
    PosternStoredRevision *from;
    PosternStoredRevision *to;
    PosternPlan *to_plan;

    PosternMtaState *from_state;
    PosternMtaState *to_state;
    PosternScannerState *from_scanner; /* NULL: Rspamd as it is without posternd */
    PosternScannerState *to_scanner;
    PosternPostfixCandidate *candidate;
    char *part;
    GPtrArray *proofs;
    PosternScanProof *scan_proof;
} PosternApply;

/**
 * postern_apply_run:
 * @self: what to apply
 * @error: return location for an error, or %NULL
 *
 * Makes the configuration the live one, step by step. If any step fails everything is put back, and the error says why
 * and that the old configuration is live again (%POSTERN_SERVICE_ERROR_MTA_REFUSED, _STORAGE) or that it is not
 * (_MTA_STUCK, _SCANNER_STUCK). A crash at any moment leaves the old revision the current one, or the new one once it
 * is proved; postern_applier_converge() does the rest.
 */
gboolean postern_apply_run (PosternApply *self, GError **error);

/** postern_apply_clear: frees what postern_apply_run() made, proofs included */
void postern_apply_clear (PosternApply *self);

/** postern_apply_compose_milters: @scanner: (nullable): an open scanner; Returns: (transfer full) (nullable): what
 * smtpd_milters shall be: the mail filters that the administrator had before the first push, as kept in the file
 * @adopted, and the scanner */
char *postern_apply_compose_milters (PosternScanner *scanner, const char *adopted);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternApply, postern_apply_clear)

G_END_DECLS
