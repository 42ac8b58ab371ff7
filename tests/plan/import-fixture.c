/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

PosternImport *
import_text (const char *text, PosternImportWanted wanted, PosternPlan *plan)
{
    g_autoptr (GBytes) data = g_bytes_new (text, strlen (text));
    g_autoptr (GError) error = NULL;
    PosternImport *import = postern_import_new (data, wanted, plan, NULL, &error);

    g_assert_no_error (error);
    return import;
}

static const char *
status_nick (PosternImportStatus status)
{
    return postern_enum_to_nick (POSTERN_TYPE_IMPORT_STATUS, status);
}

char *
import_render (PosternImport *import)
{
    guint n = g_list_model_get_n_items (G_LIST_MODEL (import));
    GString *rendered = g_string_new (NULL);

    for (guint i = 0; i < n; i++) {
        g_autoptr (PosternImportLine) line = g_list_model_get_item (G_LIST_MODEL (import), i);
        const char *name = postern_import_line_get_name (line);
        const char *route = postern_import_line_get_route (line);
        PosternImportStatus status = postern_import_line_get_status (line);

        g_assert_cmpint (status, ==, postern_import_get_status (import, i));
        g_assert_cmpint (status == POSTERN_IMPORT_TAKEN, ==, postern_import_line_get_reason (line) == NULL);
        g_string_append_printf (rendered, "%s%u %s", i > 0 ? "; " : "", postern_import_line_get_number (line),
                                status_nick (status));
        if (status != POSTERN_IMPORT_REFUSED)
            g_string_append_printf (rendered, " %s", name ? name : "-");
        else
            g_string_append_printf (rendered, " <%s>", postern_import_line_get_text (line));
        if (status != POSTERN_IMPORT_REFUSED && route)
            g_string_append_printf (rendered, " > %s", route);
    }
    return g_string_free (rendered, FALSE);
}

char *
import_reason (PosternImport *import, guint position)
{
    g_autoptr (PosternImportLine) line = g_list_model_get_item (G_LIST_MODEL (import), position);

    g_assert_nonnull (line);
    return g_strdup (postern_import_line_get_reason (line));
}

void
import_check_cases (const ImportCase *cases, guint n_cases)
{
    for (guint i = 0; i < n_cases; i++) {
        g_autoptr (PosternPlan) plan = postern_plan_new ();
        g_autoptr (PosternImport) import = import_text (cases[i].text, cases[i].wanted, plan);
        g_autofree char *preview = import_render (import);

        g_test_message ("%s", cases[i].text);
        g_assert_cmpstr (preview, ==, cases[i].preview);
        g_assert_cmpint (postern_import_get_format (import), ==, cases[i].format);
    }
}
