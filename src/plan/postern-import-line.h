/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-import-item.h"

G_BEGIN_DECLS

/** PosternImportStatus: what becomes of a line of an import */
typedef enum {
    POSTERN_IMPORT_TAKEN,
    POSTERN_IMPORT_PRESENT,
    POSTERN_IMPORT_REFUSED,
} PosternImportStatus;

#define POSTERN_TYPE_IMPORT_STATUS (postern_import_status_get_type ())
GType postern_import_status_get_type (void) G_GNUC_CONST;

/** postern_import_status_get_title: Returns: (transfer none): the status for a person, translated */
const char *postern_import_status_get_title (PosternImportStatus status);

#define POSTERN_TYPE_IMPORT_LINE (postern_import_line_get_type ())

/**
 * PosternImportLine:
 *
 * One entry of an import's preview. Immutable; made when it is looked at. Properties: `number` (of the line in the
 * file), `text` (what stands there), `subject`, `name` (the record that it says, as people write it), `route`,
 * `status`, `reason`.
 */
G_DECLARE_FINAL_TYPE (PosternImportLine, postern_import_line, POSTERN, IMPORT_LINE, GObject)

/** postern_import_line_new: @record: (nullable): what the item says, if it can be read; @reason: (nullable) (transfer
 * full): why it is not taken, translated */
PosternImportLine *postern_import_line_new (const PosternImportItem *item, PosternImportSubject subject,
                                            const PosternImportRecord *record, PosternImportStatus status,
                                            char *reason);

guint postern_import_line_get_number (PosternImportLine *self);
/** postern_import_line_get_text: Returns: (transfer none): what stands in the file, made fit to be shown and maybe
 * shortened */
const char *postern_import_line_get_text (PosternImportLine *self);
PosternImportSubject postern_import_line_get_subject (PosternImportLine *self);
/** postern_import_line_get_name: Returns: (transfer none) (nullable): the domain or network, %NULL for a server or
 * where none can be read */
const char *postern_import_line_get_name (PosternImportLine *self);
/** postern_import_line_get_route: Returns: (transfer none) (nullable): where mail goes, in words, %NULL if the line
 * does not say it */
const char *postern_import_line_get_route (PosternImportLine *self);
PosternImportStatus postern_import_line_get_status (PosternImportLine *self);
/** postern_import_line_get_reason: Returns: (transfer none) (nullable): why it is not taken, translated; %NULL if it is
 */
const char *postern_import_line_get_reason (PosternImportLine *self);

G_END_DECLS
