/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternScan:
 * @verdict: what becomes of a message that scanning refuses, as the Gateway API calls it: "rejected", "deleted",
 * "deferred" or "accepted"
 * @reply: the SMTP reply; empty if it is accepted or deleted
 * @current: whether the mail server shows its messages to the scanner, and the scanner has the current configuration
 *
 * What a gateway's live scanner does with a message that every scanner refuses. A plain value.
 */
typedef struct {
    char *verdict;
    char *reply;
    gboolean current;
} PosternScan;

void postern_scan_free (PosternScan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternScan, postern_scan_free)

G_END_DECLS
