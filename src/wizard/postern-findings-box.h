/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "plan/postern-findings.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_FINDINGS_BOX (postern_findings_box_get_type ())

/**
 * PosternFindingsBox:
 *
 * The findings about one part of a plan, or about one record of it, shown where that is edited. Hidden while there are
 * none.
 *
 * Properties: `model` (a #GListModel of #PosternFinding, such as a #PosternFindingsModel); `plan`; `section`; `subject`
 * (string, nullable): the key of a record, or %NULL for what is about the section as a whole; `code` (string,
 * nullable): also the findings with this code, whatever they are about; `except` (#GStrv, nullable): never those with
 * these codes.
 *
 * `announces`: whether a screen reader is told of a new one; not for rows that are recycled.
 *
 * Signal `cure` (#PosternFinding) → boolean: as that of #PosternFindingRow.
 */
G_DECLARE_FINAL_TYPE (PosternFindingsBox, postern_findings_box, POSTERN, FINDINGS_BOX, GtkWidget)

GtkWidget *postern_findings_box_new (void);

/** postern_findings_box_get_n_findings: Returns: how many are shown */
guint postern_findings_box_get_n_findings (PosternFindingsBox *self);

G_END_DECLS
