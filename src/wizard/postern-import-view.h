/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import.h"

G_BEGIN_DECLS

/** What postern_import_view_show() shows of an import beside one status: all lines. */
#define POSTERN_IMPORT_VIEW_ALL (-1)

#define POSTERN_TYPE_IMPORT_VIEW (postern_import_view_get_type ())

/**
 * PosternImportView:
 *
 * The lines of an import that have one status, or all of them: a #GListModel of #PosternImportLine. A line is made when
 * it is looked at, so that a file of a million lines costs no more than what is seen of it.
 */
G_DECLARE_FINAL_TYPE (PosternImportView, postern_import_view, POSTERN, IMPORT_VIEW, GObject)

PosternImportView *postern_import_view_new (PosternImport *import);

/** postern_import_view_show: @what: a #PosternImportStatus, or %POSTERN_IMPORT_VIEW_ALL */
void postern_import_view_show (PosternImportView *self, int what);

G_END_DECLS
