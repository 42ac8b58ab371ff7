/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-postfix-originals.h"

#include <glib/gstdio.h>

#include "service/postern-files.h"
#include "service/postern-service-error.h"

const char *const postern_postfix_file_names[POSTERN_N_POSTFIX_FILES] = {
    [POSTERN_MAIN_CF] = "main.cf",
    [POSTERN_MASTER_CF] = "master.cf",
};

void
postern_postfix_originals_clear (PosternPostfixOriginals *self)
{
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++)
        g_clear_pointer (&self->texts[i], g_free);
}

static char *
kept_path (const char *path, guint file)
{
    return g_strconcat (path, ".", postern_postfix_file_names[file], NULL);
}

/* Only root needs to read them again: others see what Postfix lets them see. */
static gboolean
keep (const char *from, const char *to, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr (GError) local = NULL;
    gsize length;

    if (g_file_get_contents (from, &text, &length, &local))
        return postern_files_replace (to, text, (gssize)length, NULL, 0600, error);
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, local->message);
    return FALSE;
}

gboolean
postern_postfix_originals_keep (const char *directory, const char *path, GError **error)
{
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        g_autofree char *from = g_build_filename (directory, postern_postfix_file_names[i], NULL);
        g_autofree char *to = kept_path (path, i);

        if (!keep (from, to, error))
            return FALSE;
    }
    return TRUE;
}

void
postern_postfix_originals_load (PosternPostfixOriginals *self, const char *path)
{
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        g_autofree char *kept = kept_path (path, i);

        g_clear_pointer (&self->texts[i], g_free);
        g_file_get_contents (kept, &self->texts[i], NULL, NULL);
    }
}

void
postern_postfix_originals_forget (const char *path)
{
    for (guint i = 0; i < POSTERN_N_POSTFIX_FILES; i++) {
        g_autofree char *kept = kept_path (path, i);

        g_unlink (kept);
    }
}
