/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "import-fixture.h"

/* @text as a file in @charset, with @mark before it. */
static PosternImport *
import_in (const char *text, const char *charset, const char *mark)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *converted = NULL;
    g_autoptr (GBytes) data = NULL;
    PosternImport *import;
    GString *bytes = g_string_new (mark);
    gsize length;

    converted = g_convert (text, -1, charset, "UTF-8", NULL, &length, &error);
    g_assert_no_error (error);
    g_string_append_len (bytes, converted, (gssize)length);
    data = g_string_free_to_bytes (bytes);
    import = postern_import_new (data, POSTERN_IMPORT_DOMAINS, plan, NULL, &error);
    g_assert_no_error (error);
    return import;
}

static const char russian[] = "# Домены нашей компании\nпример.рф\nвторой-пример.рф # главный\nexample.ru\n";
static const char russian_preview[] = "2 taken пример.рф; 3 taken второй-пример.рф; 4 taken example.ru";
static const char czech[] = "# Naše domény, žluťoučký kůň\npříklad.cz\nháčkyčárky.cz # hlavní\nexample.cz\n";
static const char czech_preview[] = "2 taken příklad.cz; 3 taken háčkyčárky.cz; 4 taken example.cz";
static const char french[] = "# Les domaines de l'équipe\nexemple.fr\nhôtellerie.fr\n";
static const char french_preview[] = "2 taken exemple.fr; 3 taken hôtellerie.fr";

static void
test_encodings (void)
{
    const struct {
        const char *text;
        const char *charset;
        const char *mark;
        PosternImportEncoding encoding;
        const char *preview;
    } cases[] = {
        { russian, "UTF-8", "", POSTERN_IMPORT_ENCODING_UTF_8, russian_preview },
        { russian, "UTF-8", "\xef\xbb\xbf", POSTERN_IMPORT_ENCODING_UTF_8, russian_preview },
        { russian, "UTF-16LE", "\xff\xfe", POSTERN_IMPORT_ENCODING_UTF_16_LE, russian_preview },
        { russian, "UTF-16BE", "\xfe\xff", POSTERN_IMPORT_ENCODING_UTF_16_BE, russian_preview },
        { russian, "UTF-16LE", "", POSTERN_IMPORT_ENCODING_UTF_16_LE, russian_preview },
        { russian, "UTF-16BE", "", POSTERN_IMPORT_ENCODING_UTF_16_BE, russian_preview },
        { russian, "CP1251", "", POSTERN_IMPORT_ENCODING_WINDOWS_1251, russian_preview },
        { "пример.рф\n", "CP1251", "", POSTERN_IMPORT_ENCODING_WINDOWS_1251, "1 taken пример.рф" },
        { "домен;сервер\nпример.рф;10.0.0.20\n", "CP1251", "", POSTERN_IMPORT_ENCODING_WINDOWS_1251,
          "2 taken пример.рф > 10.0.0.20:25" },
        { czech, "UTF-8", "", POSTERN_IMPORT_ENCODING_UTF_8, czech_preview },
        { czech, "UTF-16LE", "", POSTERN_IMPORT_ENCODING_UTF_16_LE, czech_preview },
        { czech, "CP1250", "", POSTERN_IMPORT_ENCODING_WINDOWS_1250, czech_preview },
        { "příklad.cz\n", "CP1250", "", POSTERN_IMPORT_ENCODING_WINDOWS_1250, "1 taken příklad.cz" },
        { "doména;poštovní server\npříklad.cz;10.0.0.20\n", "CP1250", "", POSTERN_IMPORT_ENCODING_WINDOWS_1250,
          "2 taken příklad.cz > 10.0.0.20:25" },
        { "kożuch.pl\nőrült.hu\nströße.de\n", "CP1250", "", POSTERN_IMPORT_ENCODING_WINDOWS_1250,
          "1 taken kożuch.pl; 2 taken őrült.hu; 3 taken ströße.de" },
        { french, "UTF-8", "", POSTERN_IMPORT_ENCODING_UTF_8, french_preview },
        { french, "UTF-16BE", "", POSTERN_IMPORT_ENCODING_UTF_16_BE, french_preview },
        { "example.com\r\nexample.org\r\n", "UTF-16LE", "", POSTERN_IMPORT_ENCODING_UTF_16_LE,
          "1 taken example.com; 2 taken example.org" },
        { "a.com\n𐐀.com\n", "UTF-16LE", "\xff\xfe", POSTERN_IMPORT_ENCODING_UTF_16_LE, "1 taken a.com; 2 taken 𐐨.com" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (PosternImport) import = import_in (cases[i].text, cases[i].charset, cases[i].mark);
        g_autofree char *preview = import_render (import);

        g_test_message ("case %u: %s", i, cases[i].charset);
        g_assert_cmpint (postern_import_get_encoding (import), ==, cases[i].encoding);
        g_assert_cmpstr (preview, ==, cases[i].preview);
    }
}

static void
test_description (void)
{
    g_autoptr (PosternImport) import = import_in (russian, "CP1251", "");
    g_autofree char *description = postern_import_get_description (import);

    g_assert_cmpstr (description, ==, "list, Windows-1251");
}

/* Both code pages as the C library knows them. */
static void
test_codepages (void)
{
    const struct {
        const char *charset;
        const char *sample; /* makes the encoding evident */
        PosternImportEncoding encoding;
    } cases[] = {
        { "CP1250", "příklad říká že ", POSTERN_IMPORT_ENCODING_WINDOWS_1250 },
        { "CP1251", "пример говорит что ", POSTERN_IMPORT_ENCODING_WINDOWS_1251 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        for (int byte = 0x80; byte < 0x100; byte++) {
            const char raw[] = { (char)byte, '\0' };
            g_autofree char *expected = g_convert (raw, 1, "UTF-8", cases[i].charset, NULL, NULL, NULL);
            g_autofree char *sample = g_convert (cases[i].sample, -1, cases[i].charset, "UTF-8", NULL, NULL, NULL);
            g_autofree char *all = g_strconcat (sample, sample, sample, raw, NULL);
            g_autoptr (GBytes) data = g_bytes_new (all, strlen (all));
            PosternImportEncoding encoding;
            g_autoptr (GBytes) text = postern_import_text_decode (data, &encoding);
            g_autofree char *decoded = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
            const char *last = g_utf8_prev_char (decoded + strlen (decoded));

            g_assert_cmpint (encoding, ==, cases[i].encoding);
            g_assert_cmpstr (last, ==, expected ? expected : "\xef\xbf\xbd");
        }
    }
}

static PosternImport *
import_bytes (const char *bytes, gsize length)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GBytes) data = g_bytes_new (bytes, length);
    g_autoptr (GError) error = NULL;
    PosternImport *import = postern_import_new (data, POSTERN_IMPORT_DOMAINS, plan, NULL, &error);

    g_assert_no_error (error);
    return import;
}

/* One broken line is refused; it does not make another encoding of the rest. */
static void
test_broken_line (void)
{
    const char text[] = "пример.рф\nпример\xff.рф\nвторой.рф\nexample.com\n";
    g_autoptr (PosternImport) import = import_bytes (text, strlen (text));
    g_autofree char *preview = import_render (import);
    g_autofree char *reason = import_reason (import, 1);

    g_assert_cmpstr (preview, ==, "1 taken пример.рф; 2 refused <пример�.рф>; 3 taken второй.рф; 4 taken example.com");
    g_assert_nonnull (strstr (reason, "no characters"));
}

static void
test_nul (void)
{
    const char text[] = "example.com\0.evil\nexample.org\n\0\n10.0.0.1\0\n";
    g_autoptr (PosternImport) import = import_bytes (text, sizeof text - 1);
    g_autofree char *preview = import_render (import);

    g_assert_cmpint (postern_import_get_encoding (import), ==, POSTERN_IMPORT_ENCODING_UTF_8);
    g_assert_cmpuint (postern_import_count (import, POSTERN_IMPORT_TAKEN), ==, 1);
    g_assert_cmpuint (postern_import_count (import, POSTERN_IMPORT_REFUSED), ==, 3);
    g_assert_nonnull (strstr (preview, "2 taken example.org"));
}

static void
test_half_of_utf_16 (void)
{
    const char odd[] = "\xff\xfe"
                       "a\0.\0c\0o\0\n\0\x00\xd8\n\0b\0.\0c\0o\0x";
    g_autoptr (PosternImport) import = import_bytes (odd, sizeof odd - 1);
    g_autofree char *preview = import_render (import);

    g_assert_cmpstr (preview, ==, "1 taken a.co; 2 refused <�>; 3 taken b.co");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/import/text/encodings", test_encodings);
    g_test_add_func ("/import/text/description", test_description);
    g_test_add_func ("/import/text/codepages", test_codepages);
    g_test_add_func ("/import/text/broken-line", test_broken_line);
    g_test_add_func ("/import/text/nul", test_nul);
    g_test_add_func ("/import/text/half-of-utf-16", test_half_of_utf_16);
    return g_test_run ();
}
