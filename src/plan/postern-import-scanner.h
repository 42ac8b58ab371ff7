/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import-item.h"

G_BEGIN_DECLS

/** PosternImportTake: Returns: whether to go on */
typedef gboolean (*PosternImportTake) (const PosternImportItem *item, gpointer user_data);

/**
 * PosternImportScanner:
 * @text: the file's text
 * @length: its length
 * @layout: how it is laid out
 * @take: who takes the items
 * @user_data: for @take
 *
 * Cuts a text into items, in the order of the text but for main.cf, where what is local comes before the routes. One
 * file for each format; they share these two functions.
 */
typedef struct {
    const char *text;
    gsize length;
    const PosternImportLayout *layout;
    PosternImportTake take;
    gpointer user_data;
} PosternImportScanner;

/** postern_import_scan: hands all items to @self's take, until that says to stop */
void postern_import_scan (PosternImportScanner *self);

/** postern_import_scanner_emit: hands one item over; one that is too long becomes %POSTERN_IMPORT_ITEM_TOO_LONG;
 * Returns: whether to go on */
gboolean postern_import_scanner_emit (PosternImportScanner *self, PosternImportItemKind kind, guint line,
                                      const char *text, gsize length);

/** postern_import_scanner_wants_domains: Returns: whether the items of a file other than main.cf are domains */
gboolean postern_import_scanner_wants_domains (PosternImportScanner *self);

void postern_import_scan_list (PosternImportScanner *self);
void postern_import_scan_rows (PosternImportScanner *self);
void postern_import_scan_postfix_table (PosternImportScanner *self);
void postern_import_scan_main_cf (PosternImportScanner *self);

G_END_DECLS
