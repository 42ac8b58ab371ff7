/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-rspamd.h"

G_BEGIN_DECLS

/**
 * PosternScannerState:
 * @directory: the directory of a revision's files for Rspamd
 * @mark: their mark
 * @deletes: whether refused messages are deleted
 *
 * What a revision makes of Rspamd. Its members are only read.
 */
typedef struct {
    char *directory;
    char *mark;
    gboolean deletes;
} PosternScannerState;

/**
 * postern_scanner_state_render:
 * @plan: what shall be
 * @part: the directory to write into
 * @directory: what @part will be called when Rspamd reads the files
 * @error: return location for an error, or %NULL
 *
 * Says @plan in Rspamd's words. An edge gateway that is given by its name is looked up in DNS, if it has to be known:
 * what DNS says now is what the revision says, until it is pushed again.
 *
 * Returns: (transfer full) (nullable): the state; %NULL with %POSTERN_SERVICE_ERROR_STORAGE, or _MTA_REFUSED if DNS
 * does not say where the edge gateway is
 */
PosternScannerState *postern_scanner_state_render (PosternPlan *plan, const char *part, const char *directory,
                                                   GError **error);

/** postern_scanner_state_load: Returns: (transfer full) (nullable): the state that was rendered into @directory once;
 * %NULL if there is none */
PosternScannerState *postern_scanner_state_load (const char *directory);

/** postern_scanner_state_differs: Returns: whether @plan would be rendered otherwise now: DNS may say something else
 * about the edge gateway. What cannot be found out makes no difference */
gboolean postern_scanner_state_differs (PosternScannerState *self, PosternPlan *plan);

void postern_scanner_state_free (PosternScannerState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternScannerState, postern_scanner_state_free)

G_END_DECLS
