/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

/*
 * json FILE
 *
 * Prints how many seconds JsonParser takes for a document, by the clock on the wall: to be added to what other programs
 * take.
 */
int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    JsonParser *parser = json_parser_new ();
    gsize length;
    gint64 start;

    if (argc != 2 || !g_file_get_contents (argv[1], &text, &length, &error))
        g_error ("json FILE: %s", error ? error->message : "one file");
    start = g_get_monotonic_time ();
    if (!json_parser_load_from_data (parser, text, (gssize)length, &error))
        g_error ("%s", error->message);
    g_object_unref (parser);
    g_print ("%f\n", (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
    return 0;
}
