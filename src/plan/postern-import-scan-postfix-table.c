/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-lines.h"
#include "plan/postern-import-scanner.h"

/*
 * The sources of Postfix's tables (postmap(1), cidr_table(5)): a key, white space, a value; a line that begins with
 * white space goes on with the one before.
 */

/* relay_domains has a word that nobody looks at where transport has a route. */
static PosternImportItemKind
kind_of_entry (PosternImportScanner *self, const char *text, gsize length)
{
    gsize key_length = 0;

    if (!postern_import_scanner_wants_domains (self))
        return POSTERN_IMPORT_ITEM_NETWORK_ENTRY;
    while (key_length < length && !postern_import_is_blank (text[key_length]))
        key_length++;
    for (gsize i = key_length; i < length && text[i] != '#'; i++) {
        if (strchr (":.[", text[i]) && text[i] != '\0')
            return POSTERN_IMPORT_ITEM_TRANSPORT;
    }
    return POSTERN_IMPORT_ITEM_DOMAIN_ENTRY;
}

static gboolean
emit_entry (PosternImportScanner *self, guint line, const char *start, const char *end)
{
    gsize length;

    if (start == NULL)
        return TRUE;
    length = (gsize)(end - start);
    return postern_import_scanner_emit (self, kind_of_entry (self, start, length), line, start, length);
}

void
postern_import_scan_postfix_table (PosternImportScanner *self)
{
    PosternImportLines lines;
    const char *start = NULL; /* of the entry that is being read */
    const char *end = NULL;
    guint number = 0;

    postern_import_lines_init (&lines, self->text, self->length);
    while (postern_import_lines_next (&lines)) {
        gsize indent = postern_import_lines_indent (&lines);

        if (lines.number <= self->layout->n_skipped || postern_import_lines_is_comment (&lines))
            continue;
        if (indent == 0 || start == NULL) {
            if (!emit_entry (self, number, start, end))
                return;
            start = lines.line + indent;
            number = lines.number;
        }
        end = lines.line + lines.length;
    }
    emit_entry (self, number, start, end);
}
