/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/postern-file.h"
#include "plan/postern-plan-error.h"
#include "plan/postern-plan-json.h"

PosternPlan *
postern_plan_load (GFile *file, GCancellable *cancellable, GError **error)
{
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (PosternPlan) plan = NULL;
    g_autoptr (GError) problem = NULL;

    g_return_val_if_fail (G_IS_FILE (file), NULL);

    bytes = postern_file_read (file, POSTERN_PLAN_JSON_MAX_SIZE >> 20, cancellable, &problem);
    if (bytes) {
        gsize length;
        const char *data = g_bytes_get_data (bytes, &length);

        plan = postern_plan_from_json (data, length, POSTERN_PLAN_FORM_FILE, NULL, &problem);
    }
    if (plan == NULL) {
        g_autofree char *name = g_file_get_parse_name (file);

        /* Translators: %1$s is a file, %2$s a sentence that says what is wrong with it. */
        g_set_error (error, problem->domain, problem->code, _ ("%1$s: %2$s"), name, problem->message);
    }
    return g_steal_pointer (&plan);
}

gboolean
postern_plan_save (PosternPlan *self, GFile *file, GCancellable *cancellable, GError **error)
{
    g_autofree char *json = NULL;
    gsize length;

    g_return_val_if_fail (POSTERN_IS_PLAN (self), FALSE);
    g_return_val_if_fail (G_IS_FILE (file), FALSE);

    json = postern_plan_to_json (self, POSTERN_PLAN_FORM_FILE, &length);
    return postern_file_write (file, json, length, cancellable, error);
}
