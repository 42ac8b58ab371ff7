/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-import.h"

#include <string.h>

#include "plan/postern-plan-json.h"

#define MOST_LINES 200 /* that are looked at one by one, from the end */

static PosternImport *
import_bytes (GBytes *bytes, PosternImportWanted wanted, PosternPlan *plan)
{
    g_autoptr (GError) error = NULL;
    PosternImport *import = postern_import_new (bytes, wanted, plan, NULL, &error);

    g_assert_no_error (error);
    return import;
}

static void
check_line (PosternImport *import, guint position)
{
    g_autoptr (PosternImportLine) line = g_list_model_get_item (G_LIST_MODEL (import), position);
    PosternImportStatus status = postern_import_line_get_status (line);
    const char *reason = postern_import_line_get_reason (line);

    g_assert_cmpint (status, ==, postern_import_get_status (import, position));
    g_assert_cmpuint (postern_import_line_get_number (line), >, 0);
    g_assert_true (g_utf8_validate (postern_import_line_get_text (line), -1, NULL));
    if (status == POSTERN_IMPORT_TAKEN) {
        g_assert_null (reason);
        g_assert_true (postern_import_line_get_name (line) || postern_import_line_get_route (line));
    } else {
        g_assert_nonnull (reason);
        g_assert_cmpstr (reason, !=, "");
        g_assert_true (g_utf8_validate (reason, -1, NULL));
    }
}

static void
check_preview (PosternImport *import)
{
    guint n = g_list_model_get_n_items (G_LIST_MODEL (import));

    g_assert_cmpuint (n, ==,
                      postern_import_count (import, POSTERN_IMPORT_TAKEN) +
                          postern_import_count (import, POSTERN_IMPORT_PRESENT) +
                          postern_import_count (import, POSTERN_IMPORT_REFUSED));
    for (guint i = n - MIN (n, MOST_LINES); i < n; i++)
        check_line (import, i);
}

/* What was imported is a plan that can be saved, and there is nothing left to import. */
static void
check_plan (PosternPlan *plan, GBytes *bytes, PosternImportWanted wanted)
{
    g_autoptr (PosternImport) again = import_bytes (bytes, wanted, plan);
    gsize length;
    g_autofree char *json = postern_plan_to_json (plan, POSTERN_PLAN_FORM_FILE, &length);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternPlan) loaded = postern_plan_from_json (json, length, POSTERN_PLAN_FORM_FILE, NULL, &error);

    g_assert_cmpuint (postern_import_count (again, POSTERN_IMPORT_TAKEN), ==, 0);
    g_assert_no_error (error);
    g_assert_true (postern_plan_equal (plan, loaded));
}

void
fuzz_import (const char *before, const uint8_t *data, size_t size, PosternImportWanted wanted)
{
    GByteArray *array = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (PosternImport) import = NULL;

    g_byte_array_append (array, (const guint8 *)before, (guint)strlen (before));
    g_byte_array_append (array, data, (guint)size);
    bytes = g_byte_array_free_to_bytes (array);

    import = import_bytes (bytes, wanted, plan);
    check_preview (import);
    g_assert_true (postern_plan_is_empty (plan));
    g_assert_cmpuint (postern_import_apply (import, plan), ==, postern_import_count (import, POSTERN_IMPORT_TAKEN));
    check_plan (plan, bytes, wanted);
}

char *
fuzz_import_repeat (const char *line, guint n)
{
    GString *lines = g_string_new (NULL);

    for (guint i = 0; i < n; i++)
        g_string_append (lines, line);
    return g_string_free (lines, FALSE);
}
