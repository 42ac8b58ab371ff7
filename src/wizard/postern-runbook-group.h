/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "gateway/postern-runbook-progress.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RUNBOOK_GROUP (postern_runbook_group_get_type ())

/** PosternRunbookGroup: a section of a runbook: its title, the way to the page, and its steps */
G_DECLARE_FINAL_TYPE (PosternRunbookGroup, postern_runbook_group, POSTERN, RUNBOOK_GROUP, GtkBox)

GtkWidget *postern_runbook_group_new (PosternRunbookSection *section, PosternRunbookProgress *progress);

G_END_DECLS
