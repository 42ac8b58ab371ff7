/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** PosternImportEncoding: how a file's characters are written */
typedef enum {
    POSTERN_IMPORT_ENCODING_UTF_8,
    POSTERN_IMPORT_ENCODING_UTF_16_LE,
    POSTERN_IMPORT_ENCODING_UTF_16_BE,
    POSTERN_IMPORT_ENCODING_WINDOWS_1250,
    POSTERN_IMPORT_ENCODING_WINDOWS_1251,
} PosternImportEncoding;

#define POSTERN_TYPE_IMPORT_ENCODING (postern_import_encoding_get_type ())
GType postern_import_encoding_get_type (void) G_GNUC_CONST;

/** postern_import_encoding_get_title: Returns: (transfer none): its name for a person */
const char *postern_import_encoding_get_title (PosternImportEncoding encoding);

/**
 * postern_import_text_decode:
 * @data: a file's content
 * @encoding: (out): the encoding that was recognized
 *
 * Turns @data into UTF-8. What is in UTF-8 already, most of it at least, is not copied and not mended: its lines are
 * looked at one by one later. There is no byte order mark at its beginning, and what stands for no character has
 * become U+FFFD, which is in no name.
 *
 * Returns: (transfer full): the text
 */
GBytes *postern_import_text_decode (GBytes *data, PosternImportEncoding *encoding);

G_END_DECLS
