/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "plan/postern-json-document.h"
#include "plan/postern-json-stream.h"
#include "plan/postern-plan-error.h"

/* What a stream says of a document, written down as JSON again, without spaces; NULL if it refuses it. */
static void append_value (GString *out, PosternJsonStream *stream);

static void
append_text (GString *out, const char *text)
{
    g_autofree char *escaped = g_strescape (text, NULL);

    g_string_append_printf (out, "\"%s\"", escaped);
}

static void
append_object (GString *out, PosternJsonStream *stream)
{
    const char *name;
    guint n = 0;

    g_string_append_c (out, '{');
    while ((name = postern_json_stream_next_member (stream)) != NULL) {
        if (n++ > 0)
            g_string_append_c (out, ',');
        append_text (out, name);
        g_string_append_c (out, ':');
        append_value (out, stream);
    }
    g_string_append_c (out, '}');
}

static void
append_array (GString *out, PosternJsonStream *stream)
{
    guint n = 0;

    g_string_append_c (out, '[');
    while (postern_json_stream_next_element (stream)) {
        if (n++ > 0)
            g_string_append_c (out, ',');
        append_value (out, stream);
    }
    g_string_append_c (out, ']');
}

static void
append_value (GString *out, PosternJsonStream *stream)
{
    switch (postern_json_stream_next (stream)) {
    case POSTERN_JSON_NULL:
        g_string_append (out, "null");
        break;
    case POSTERN_JSON_BOOLEAN:
        g_string_append (out, postern_json_stream_get_boolean (stream) ? "true" : "false");
        break;
    case POSTERN_JSON_INTEGER:
        g_string_append_printf (out, "%" G_GINT64_FORMAT, postern_json_stream_get_integer (stream));
        break;
    case POSTERN_JSON_NUMBER:
        g_string_append (out, "number");
        break;
    case POSTERN_JSON_STRING:
        append_text (out, postern_json_stream_get_string (stream));
        break;
    case POSTERN_JSON_ARRAY:
        append_array (out, stream);
        break;
    case POSTERN_JSON_OBJECT:
        append_object (out, stream);
        break;
    default:
        g_assert_not_reached ();
    }
}

static char *
read_all (const char *text, gsize length, GError **error)
{
    g_autoptr (PosternJsonStream) stream = postern_json_stream_new (text, length);
    GString *out = g_string_new (NULL);

    append_value (out, stream);
    if (postern_json_stream_finish (stream, NULL, error))
        return g_string_free (out, FALSE);
    g_string_free (out, TRUE);
    return NULL;
}

static void
test_values (void)
{
    static const struct {
        const char *text;
        const char *said;
    } cases[] = {
        { "{}", "{}" },
        { " [ ] ", "[]" },
        { "\xef\xbb\xbf{\"a\":1}", "{\"a\":1}" },
        { "{\"a\" : [true,false , null],\r\n\t\"b\":{\"c\":{}}}", "{\"a\":[true,false,null],\"b\":{\"c\":{}}}" },
        { "[0,-0,10,-7,9223372036854775807,99999999999999999999]",
          "[0,0,10,-7,9223372036854775807,9223372036854775807]" },
        { "[0.5,1e3,-1E-2,10.25e+7]", "[number,number,number,number]" },
        { "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"a\\\"\\\\/\\b\\f\\n\\r\\t\"" },
        { "\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"", "\"A\\303\\251\\342\\202\\254\\360\\237\\230\\200\"" },
        { "\"\xc3\xa9\"", "\"\\303\\251\"" },
        { "{\"\":\"\"}", "{\"\":\"\"}" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *said = read_all (cases[i].text, strlen (cases[i].text), &error);

        g_assert_no_error (error);
        g_assert_cmpstr (said, ==, cases[i].said);
    }
}

static void
test_refused (void)
{
    static const char *const texts[] = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":1]",
        "[1}",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x10",
        "NaN",
        "tru",
        "truex",
        "nul",
        "\"",
        "\"\\x\"",
        "\"\\u12",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "\"\t\"",
        "{} {}",
        "[] x",
        "// x\n{}",
        "{\"a\":1 \"b\":2}",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800x\"",
        "\xff\xfe",
        "\"\xc0\x80\"",
        "\"\xed\xa0\x80\"",
        "[1]]",
        "{\"a\":1}}",
        "\"\\u0000\"",
    };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;
        g_autofree char *said = read_all (texts[i], strlen (texts[i]), &error);

        g_test_message ("%s: %s", texts[i], error ? error->message : "accepted");
        g_assert_null (said);
        g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX);
    }
}

static void
test_places (void)
{
    static const struct {
        const char *text;
        const char *place;
    } cases[] = {
        { "{\n  \"a\": oops\n}", "line 2, column 8" },
        { "[1, 2", "line 1, column 6" },
        { "{\"\xc3\xa9\": 1\n 2}", "line 2, column 2" },
        { "\n\n[1,\n]", "line 4, column 1" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (read_all (cases[i].text, strlen (cases[i].text), &error));
        g_test_message ("%s", error->message);
        g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
test_limits (void)
{
    g_autoptr (GString) deep = g_string_new (NULL);
    g_autoptr (GString) wide = g_string_new ("{\"m0\":0");
    g_autoptr (GError) error = NULL;
    g_autofree char *said = NULL;

    for (guint i = 0; i < 1000000; i++)
        g_string_append (deep, i % 2 ? "[" : "{\"a\":");
    g_assert_null (read_all (deep->str, deep->len, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SYNTAX);
    g_clear_error (&error);

    for (guint i = 1; i < 64; i++)
        g_string_append_printf (wide, ",\"m%u\":0", i);
    said = g_strconcat (wide->str, "}", NULL);
    g_free (read_all (said, strlen (said), &error));
    g_assert_no_error (error);
    g_string_append (wide, ",\"m64\":0}");
    g_assert_null (read_all (wide->str, wide->len, &error));
    g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA);
}

static void
test_repeated (void)
{
    static const char *const texts[] = { "{\"a\":1,\"b\":2,\"a\":3}", "[{\"x\":{\"a\":1,\"\\u0061\":3}}]" };
    g_autofree char *said = NULL;
    const char *good = "{\"a\":{\"a\":1,\"b\":[{\"a\":2},{\"a\":3}]},\"b\":{\"a\":1}}";

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (PosternJsonStream) stream = postern_json_stream_new (texts[i], strlen (texts[i]));
        g_autoptr (GError) error = NULL;
        g_autofree char *repeated = NULL;

        postern_json_stream_skip (stream, postern_json_stream_next (stream));
        g_assert_false (postern_json_stream_finish (stream, &repeated, &error));
        g_assert_error (error, POSTERN_PLAN_ERROR, POSTERN_PLAN_ERROR_SCHEMA);
        g_assert_cmpstr (repeated, ==, "a");
    }
    said = read_all (good, strlen (good), NULL);
    g_assert_nonnull (said);
}

/* A text like @text: some octets are others, or missing, or there twice. */
static GString *
spoil (const char *text)
{
    static const char pieces[] = "{}[]\",:\\0123456789.eE+-truefalsn \n\t\xc3\xa9\x01u";
    GString *spoiled = g_string_new (text);

    for (int i = g_test_rand_int_range (0, 4); i > 0 && spoiled->len > 1; i--) {
        gssize at = g_test_rand_int_range (0, (int)spoiled->len);

        switch (g_test_rand_int_range (0, 4)) {
        case 0:
            spoiled->str[at] = pieces[g_test_rand_int_range (0, sizeof pieces - 1)];
            break;
        case 1:
            g_string_erase (spoiled, at, 1);
            break;
        case 2:
            g_string_insert_c (spoiled, at, pieces[g_test_rand_int_range (0, sizeof pieces - 1)]);
            break;
        default:
            g_string_truncate (spoiled, (gsize)at);
        }
    }
    return spoiled;
}

/* json-glib is the older and wiser one. What it refuses the stream must refuse, and what both take must be the same. It
 * takes more than RFC 8259 allows, though: those texts are in test_refused(). */
static void
test_against_json_glib (void)
{
    static const char *const seeds[] = {
        "{\"scenario\": \"direct\", \"domains\": [{\"name\": \"example.com\", \"local\": true}], \"x\": null}",
        "[1, -2, 3.5, 1e10, \"a\\u00e9\\n\", {\"a\": {\"b\": []}}, false]",
        "{\"a\": \"\\ud83d\\ude00\", \"b\": [[[[1]]]], \"c\": 0}",
    };
    guint accepted = 0;

    for (guint i = 0; i < 30000; i++) {
        g_autoptr (GString) text = spoil (seeds[i % G_N_ELEMENTS (seeds)]);
        g_autofree char *said = read_all (text->str, text->len, NULL);
        g_autoptr (JsonNode) node = said ? postern_json_document_parse (text->str, text->len, NULL, NULL) : NULL;
        g_autoptr (JsonNode) again = NULL;

        if (said == NULL || strstr (said, "number") || strstr (said, "\\3")) /* octal is not JSON’s */
            continue;
        again = json_from_string (said, NULL);
        if (node == NULL || again == NULL || !json_node_equal (node, again))
            g_error ("%s is taken for %s", text->str, said);
        accepted++;
    }
    g_assert_cmpuint (accepted, >, 1000);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/json-stream/values", test_values);
    g_test_add_func ("/json-stream/refused", test_refused);
    g_test_add_func ("/json-stream/places", test_places);
    g_test_add_func ("/json-stream/limits", test_limits);
    g_test_add_func ("/json-stream/repeated", test_repeated);
    g_test_add_func ("/json-stream/against-json-glib", test_against_json_glib);
    return g_test_run ();
}
