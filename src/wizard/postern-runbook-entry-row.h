/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "gateway/postern-runbook-entry.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RUNBOOK_ENTRY_ROW (postern_runbook_entry_row_get_type ())

/** PosternRunbookEntryRow: a field of the web interface, its value, and **Copy** where it is typed in. Signal `copied`.
 */
G_DECLARE_FINAL_TYPE (PosternRunbookEntryRow, postern_runbook_entry_row, POSTERN, RUNBOOK_ENTRY_ROW, GtkBox)

GtkWidget *postern_runbook_entry_row_new (const PosternRunbookEntry *entry);

G_END_DECLS
