/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-scanner.h"

#include "plan/postern-import-lines.h"

gboolean
postern_import_scanner_emit (PosternImportScanner *self, PosternImportItemKind kind, guint line, const char *text,
                             gsize length)
{
    PosternImportItem item = { .kind = kind, .line = line, .text = text, .length = length };

    if (length > POSTERN_IMPORT_ITEM_MAX_LENGTH) {
        item.kind = POSTERN_IMPORT_ITEM_TOO_LONG;
        item.length = POSTERN_IMPORT_ITEM_MAX_LENGTH;
    }
    return self->take (&item, self->user_data);
}

gboolean
postern_import_scanner_wants_domains (PosternImportScanner *self)
{
    return (self->layout->wanted & POSTERN_IMPORT_DOMAINS) != 0;
}

/* A row a line: a quotation mark that is never closed spoils its line and not the rest of the file. */
void
postern_import_scan_rows (PosternImportScanner *self)
{
    PosternImportItemKind kind =
        postern_import_scanner_wants_domains (self) ? POSTERN_IMPORT_ITEM_DOMAIN_ROW : POSTERN_IMPORT_ITEM_NETWORK_ROW;
    PosternImportLines lines;

    postern_import_lines_init (&lines, self->text, self->length);
    while (postern_import_lines_next (&lines)) {
        /* An empty first field is written as a delimiter, which may look like a blank or the sign of a comment. */
        gboolean is_empty_field = lines.length > 0 && lines.line[0] == self->layout->delimiter;

        if (lines.number <= self->layout->n_skipped || (postern_import_lines_is_comment (&lines) && !is_empty_field))
            continue;
        if (!postern_import_scanner_emit (self, kind, lines.number, lines.line, lines.length))
            return;
    }
}

void
postern_import_scan (PosternImportScanner *self)
{
    switch (self->layout->format) {
    case POSTERN_IMPORT_FORMAT_LIST:
        postern_import_scan_list (self);
        break;
    case POSTERN_IMPORT_FORMAT_TABLE:
        postern_import_scan_rows (self);
        break;
    case POSTERN_IMPORT_FORMAT_POSTFIX_TABLE:
        postern_import_scan_postfix_table (self);
        break;
    case POSTERN_IMPORT_FORMAT_MAIN_CF:
        postern_import_scan_main_cf (self);
        break;
    default:
        g_return_if_reached ();
    }
}
