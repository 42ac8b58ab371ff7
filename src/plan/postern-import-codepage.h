/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-import-text.h"

G_BEGIN_DECLS

/** postern_import_codepage_get: Returns: (transfer none) (array fixed-size=128): what the bytes from 0x80 on stand for
 * in @encoding, which is Windows-1250 or -1251 */
const guint16 *postern_import_codepage_get (PosternImportEncoding encoding);

/**
 * postern_import_codepage_guess:
 * @data: text that is not Unicode
 * @length: its length
 *
 * Tells Windows-1250 and Windows-1251 apart. In Latin script a word with letters beyond ASCII has letters of ASCII,
 * too; in Cyrillic script it has none. Names of domains are of one script each (RFC 5890), and so are most comments.
 */
PosternImportEncoding postern_import_codepage_guess (const guint8 *data, gsize length);

G_END_DECLS
