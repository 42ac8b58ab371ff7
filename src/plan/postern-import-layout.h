/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include "plan/postern-import-columns.h"

G_BEGIN_DECLS

/**
 * PosternImportFormat:
 * @POSTERN_IMPORT_FORMAT_LIST: names or networks, one or several a line
 * @POSTERN_IMPORT_FORMAT_TABLE: rows of fields: CSV, TSV and their relatives
 * @POSTERN_IMPORT_FORMAT_POSTFIX_TABLE: the source of a Postfix table: relay_domains, transport(5), mynetworks
 * @POSTERN_IMPORT_FORMAT_MAIN_CF: Postfix's main.cf, or what postconf(1) prints
 */
typedef enum {
    POSTERN_IMPORT_FORMAT_LIST,
    POSTERN_IMPORT_FORMAT_TABLE,
    POSTERN_IMPORT_FORMAT_POSTFIX_TABLE,
    POSTERN_IMPORT_FORMAT_MAIN_CF,
} PosternImportFormat;

#define POSTERN_TYPE_IMPORT_FORMAT (postern_import_format_get_type ())
GType postern_import_format_get_type (void) G_GNUC_CONST;

/** postern_import_format_get_title: Returns: (transfer none): its name for a person, translated */
const char *postern_import_format_get_title (PosternImportFormat format);

/** PosternImportWanted: what is looked for in a file; only a main.cf can have several of them, in other files domains
 * are looked for if they are wanted */
typedef enum {
    POSTERN_IMPORT_DOMAINS = 1 << 0, /* and the internal server */
    POSTERN_IMPORT_NETWORKS = 1 << 1,
    POSTERN_IMPORT_EDGE_GATEWAY = 1 << 2,
} PosternImportWanted;

/**
 * PosternImportLayout:
 * @wanted: what is looked for
 * @format: what the file is
 * @delimiter: what stands between the fields of a table
 * @columns: what they are about
 * @n_skipped: how many lines at the beginning are a header
 *
 * How a text is laid out. A plain value.
 */
typedef struct {
    PosternImportWanted wanted;
    PosternImportFormat format;
    char delimiter;
    guint n_skipped;
    PosternImportColumns columns;
} PosternImportLayout;

/** postern_import_layout_recognize: looks at the beginning of @text, in which @wanted is looked for */
void postern_import_layout_recognize (PosternImportLayout *self, const char *text, gsize length,
                                      PosternImportWanted wanted);

G_END_DECLS
