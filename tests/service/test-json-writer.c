/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plan/postern-json-document.h"
#include "service/postern-json-writer.h"

static char *
finish (PosternJsonWriter *json)
{
    g_autoptr (GBytes) bytes = postern_json_writer_finish (json);

    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_structure (void)
{
    PosternJsonWriter *json = postern_json_writer_new ();
    g_autofree char *text = NULL;

    postern_json_writer_begin_object (json);
    postern_json_writer_string_member (json, "a", "b");
    postern_json_writer_optional_member (json, "left out", NULL);
    postern_json_writer_member (json, "list");
    postern_json_writer_begin_array (json);
    postern_json_writer_begin_array (json);
    postern_json_writer_end_array (json);
    postern_json_writer_begin_object (json);
    postern_json_writer_end_object (json);
    postern_json_writer_integer (json, -7);
    postern_json_writer_string (json, NULL);
    postern_json_writer_raw (json, "[1]", 3);
    postern_json_writer_end_array (json);
    postern_json_writer_boolean_member (json, "yes", TRUE);
    postern_json_writer_integer_member (json, "number", G_MAXINT64);
    postern_json_writer_end_object (json);
    text = finish (json);
    g_assert_cmpstr (text, ==,
                     "{\"a\":\"b\",\"list\":[[],{},-7,null,[1]],\"yes\":true,\"number\":9223372036854775807}");
}

/* Whatever a text holds, a strict parser reads it back. */
static void
test_escapes (void)
{
    const char *const texts[] = {
        "",           "plain",   "\"quoted\"", "back\\slash", "line\nfeed\ttab\rreturn", "\x01\x1f\x7f",
        "Grüße, мир", "\\u0041", "</script>",
    };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        PosternJsonWriter *json = postern_json_writer_new ();
        g_autoptr (GError) error = NULL;
        g_autoptr (JsonNode) root = NULL;
        g_autofree char *text = NULL;

        postern_json_writer_begin_array (json);
        postern_json_writer_string (json, texts[i]);
        postern_json_writer_end_array (json);
        text = finish (json);
        root = postern_json_document_parse (text, strlen (text), NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (json_array_get_string_element (json_node_get_array (root), 0), ==, texts[i]);
    }
}

static void
test_invalid_utf8 (void)
{
    PosternJsonWriter *json = postern_json_writer_new ();
    g_autofree char *text = NULL;

    postern_json_writer_string (json, "a\xff\xfe"
                                      "b");
    text = finish (json);
    g_assert_cmpstr (text, ==,
                     "\"a\xef\xbf\xbd\xef\xbf\xbd"
                     "b\"");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service/json-writer/structure", test_structure);
    g_test_add_func ("/service/json-writer/escapes", test_escapes);
    g_test_add_func ("/service/json-writer/invalid-utf8", test_invalid_utf8);
    return g_test_run ();
}
