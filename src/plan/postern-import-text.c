/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-import-text.h"

#include <string.h>

#include "plan/postern-import-codepage.h"

#define SAMPLE (64 * 1024) /* as much as is looked at to see whether it is UTF-16 */

G_DEFINE_ENUM_TYPE (PosternImportEncoding, postern_import_encoding,
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_ENCODING_UTF_8, "utf-8"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_ENCODING_UTF_16_LE, "utf-16le"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_ENCODING_UTF_16_BE, "utf-16be"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_ENCODING_WINDOWS_1250, "windows-1250"),
                    G_DEFINE_ENUM_VALUE (POSTERN_IMPORT_ENCODING_WINDOWS_1251, "windows-1251"))

const char *
postern_import_encoding_get_title (PosternImportEncoding encoding)
{
    switch (encoding) {
    case POSTERN_IMPORT_ENCODING_UTF_8:
        return "UTF-8";
    case POSTERN_IMPORT_ENCODING_UTF_16_LE:
    case POSTERN_IMPORT_ENCODING_UTF_16_BE:
        return "UTF-16";
    case POSTERN_IMPORT_ENCODING_WINDOWS_1250:
        return "Windows-1250";
    case POSTERN_IMPORT_ENCODING_WINDOWS_1251:
        return "Windows-1251";
    default:
        g_return_val_if_reached ("");
    }
}

/* Names, line ends and the scripts of Europe have a small upper byte; in text of one byte a character there is no NUL.
 */
static gboolean
looks_like_utf_16 (const guint8 *data, gsize length, guint upper)
{
    gsize sample = MIN (length, SAMPLE) & ~(gsize)1;
    gsize zeros = 0;
    gsize small = 0;

    for (gsize i = 0; i < sample; i += 2) {
        if (data[i + 1 - upper] == 0)
            return FALSE;
        zeros += data[i + upper] == 0;
        small += data[i + upper] < 0x06;
    }
    return zeros > 0 && small * 20 >= sample / 2 * 19;
}

/* Whether no more of the bytes beyond ASCII are no characters in UTF-8 than are: one broken line does not make a file
 * something else. */
static gboolean
is_mostly_utf_8 (const char *data, gsize length)
{
    const char *end = data + length;
    gsize good = 0;
    gsize bad = 0;

    while (data < end) {
        gunichar c;

        if ((guchar)*data < 0x80) {
            data++;
            continue;
        }
        c = g_utf8_get_char_validated (data, end - data);
        if (c >= 0x110000) {
            bad++;
            data++;
        } else {
            good++;
            data = g_utf8_next_char (data);
        }
    }
    return good >= bad;
}

static PosternImportEncoding
recognize (const guint8 *data, gsize length)
{
    if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
        return POSTERN_IMPORT_ENCODING_UTF_8;
    if (length >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
        return POSTERN_IMPORT_ENCODING_UTF_16_LE;
    if (length >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
        return POSTERN_IMPORT_ENCODING_UTF_16_BE;
    if (looks_like_utf_16 (data, length, 1))
        return POSTERN_IMPORT_ENCODING_UTF_16_LE;
    if (looks_like_utf_16 (data, length, 0))
        return POSTERN_IMPORT_ENCODING_UTF_16_BE;
    /* g_utf8_validate_len() refuses a NUL, which says nothing about the encoding. */
    if (g_utf8_validate_len ((const char *)data, length, NULL) || is_mostly_utf_8 ((const char *)data, length))
        return POSTERN_IMPORT_ENCODING_UTF_8;
    return postern_import_codepage_guess (data, length);
}

static void
append_character (GByteArray *text, gunichar c)
{
    char utf_8[6];

    g_byte_array_append (text, (const guint8 *)utf_8, (guint)g_unichar_to_utf8 (c, utf_8));
}

static GBytes *
decode_codepage (const guint8 *data, gsize length, const guint16 *codepage)
{
    GByteArray *text = g_byte_array_sized_new ((guint)length);

    for (gsize i = 0; i < length; i++) {
        if (data[i] < 0x80)
            g_byte_array_append (text, &data[i], 1);
        else
            append_character (text, codepage[data[i] - 0x80]);
    }
    return g_byte_array_free_to_bytes (text);
}

static guint
get_unit (const guint8 *data, gboolean big_endian)
{
    return big_endian ? (guint)data[0] << 8 | data[1] : (guint)data[1] << 8 | data[0];
}

static GBytes *
decode_utf_16 (const guint8 *data, gsize length, gboolean big_endian)
{
    GByteArray *text = g_byte_array_sized_new ((guint)length);

    for (gsize i = 0; i + 1 < length; i += 2) {
        guint unit = get_unit (data + i, big_endian);
        guint next = i + 3 < length ? get_unit (data + i + 2, big_endian) : 0;

        if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
            append_character (text, 0x10000 + ((unit - 0xd800) << 10 | (next - 0xdc00)));
            i += 2;
        } else if (i > 0 || unit != 0xfeff) {
            append_character (text, unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit);
        }
    }
    return g_byte_array_free_to_bytes (text);
}

GBytes *
postern_import_text_decode (GBytes *data, PosternImportEncoding *encoding)
{
    gsize length;
    const guint8 *bytes = g_bytes_get_data (data, &length);
    gsize mark;

    *encoding = recognize (bytes, length);
    switch (*encoding) {
    case POSTERN_IMPORT_ENCODING_UTF_16_LE:
    case POSTERN_IMPORT_ENCODING_UTF_16_BE:
        return decode_utf_16 (bytes, length, *encoding == POSTERN_IMPORT_ENCODING_UTF_16_BE);
    case POSTERN_IMPORT_ENCODING_WINDOWS_1250:
    case POSTERN_IMPORT_ENCODING_WINDOWS_1251:
        return decode_codepage (bytes, length, postern_import_codepage_get (*encoding));
    case POSTERN_IMPORT_ENCODING_UTF_8:
    default:
        mark = length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        return g_bytes_new_from_bytes (data, mark, length - mark);
    }
}
