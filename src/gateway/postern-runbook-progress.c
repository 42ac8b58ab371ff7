/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-progress.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* The file's first line; the keys of what is done follow, one a line. */
#define FIRST_LINE "postern-runbook 1"

struct _PosternRunbookProgress {
    GObject parent_instance;

    char *file_name;
    GHashTable *done; /* a key without its mark → the key: what was done with other values counts no more */
};

G_DEFINE_FINAL_TYPE (PosternRunbookProgress, postern_runbook_progress, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
postern_runbook_progress_finalize (GObject *object)
{
    PosternRunbookProgress *self = POSTERN_RUNBOOK_PROGRESS (object);

    g_free (self->file_name);
    g_hash_table_unref (self->done);
    G_OBJECT_CLASS (postern_runbook_progress_parent_class)->finalize (object);
}

static void
postern_runbook_progress_class_init (PosternRunbookProgressClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_runbook_progress_finalize;
    signals[CHANGED] =
        g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
postern_runbook_progress_init (PosternRunbookProgress *self)
{
    self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* A plan's name may be as long as it likes and hold anything. */
static char *
make_file_name (const char *plan_name)
{
    g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, plan_name, -1);
    g_autofree char *base = g_strdup_printf ("%.32s.steps", sum);

    return g_build_filename (g_get_user_state_dir (), "postern", "runbook", base, NULL);
}

/* The part of a key in front of the mark of its values. */
static char *
unmarked (const char *key)
{
    const char *mark = strrchr (key, '#');

    return mark != NULL ? g_strndup (key, mark - key) : g_strdup (key);
}

static void
note (PosternRunbookProgress *self, const char *key)
{
    g_hash_table_replace (self->done, unmarked (key), g_strdup (key));
}

static gboolean
is_noted (PosternRunbookProgress *self, const char *key)
{
    g_autofree char *id = unmarked (key);

    return g_strcmp0 (g_hash_table_lookup (self->done, id), key) == 0;
}

static void
load (PosternRunbookProgress *self)
{
    g_autofree char *contents = NULL;
    g_auto (GStrv) lines = NULL;

    if (!g_file_get_contents (self->file_name, &contents, NULL, NULL) || !g_utf8_validate (contents, -1, NULL))
        return;
    lines = g_strsplit (contents, "\n", -1);
    if (g_strcmp0 (lines[0], FIRST_LINE) != 0)
        return;
    g_hash_table_remove_all (self->done);
    for (guint i = 1; lines[i] != NULL; i++) {
        if (*lines[i] != '\0')
            note (self, lines[i]);
    }
}

static gboolean
save (PosternRunbookProgress *self, GError **error)
{
    g_autofree char *directory = g_path_get_dirname (self->file_name);
    g_autoptr (GString) contents = g_string_new (FIRST_LINE "\n");
    g_autoptr (GList) keys = g_list_sort (g_hash_table_get_values (self->done), (GCompareFunc)strcmp);

    if (g_mkdir_with_parents (directory, 0700) != 0) {
        int code = errno;

        g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
        return FALSE;
    }
    for (GList *key = keys; key != NULL; key = key->next)
        g_string_append_printf (contents, "%s\n", (const char *)key->data);
    return g_file_set_contents_full (self->file_name, contents->str, contents->len, G_FILE_SET_CONTENTS_CONSISTENT,
                                     0600, error);
}

PosternRunbookProgress *
postern_runbook_progress_new (const char *plan_name)
{
    PosternRunbookProgress *self;

    g_return_val_if_fail (plan_name != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_RUNBOOK_PROGRESS, NULL);
    self->file_name = make_file_name (plan_name);
    load (self);
    return self;
}

gboolean
postern_runbook_progress_is_done (PosternRunbookProgress *self, PosternRunbookStep *step)
{
    const char *const *keys;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK_PROGRESS (self), FALSE);

    keys = postern_runbook_step_get_keys (step);
    for (guint i = 0; keys[i] != NULL; i++) {
        if (!is_noted (self, keys[i]))
            return FALSE;
    }
    return TRUE;
}

gboolean
postern_runbook_progress_set_done (PosternRunbookProgress *self, PosternRunbookStep *step, gboolean done,
                                   GError **error)
{
    const char *const *keys;
    gboolean saved;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK_PROGRESS (self), FALSE);
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (step), FALSE);

    load (self);
    keys = postern_runbook_step_get_keys (step);
    for (guint i = 0; keys[i] != NULL; i++) {
        g_autofree char *id = unmarked (keys[i]);

        if (done)
            note (self, keys[i]);
        else
            g_hash_table_remove (self->done, id);
    }
    saved = save (self, error);
    g_signal_emit (self, signals[CHANGED], 0);
    return saved;
}

gboolean
postern_runbook_progress_clear (PosternRunbookProgress *self, GError **error)
{
    int code;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK_PROGRESS (self), FALSE);

    g_hash_table_remove_all (self->done);
    code = g_unlink (self->file_name) == 0 ? 0 : errno;
    g_signal_emit (self, signals[CHANGED], 0);
    if (code == 0 || code == ENOENT)
        return TRUE;
    g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
    return FALSE;
}

gboolean
postern_runbook_progress_rename (PosternRunbookProgress *self, const char *plan_name, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_PROGRESS (self), FALSE);
    g_return_val_if_fail (plan_name != NULL, FALSE);

    g_free (self->file_name);
    self->file_name = make_file_name (plan_name);
    return save (self, error);
}

guint
postern_runbook_progress_count (PosternRunbookProgress *self, PosternRunbook *runbook)
{
    GPtrArray *sections;
    guint n = 0;

    g_return_val_if_fail (POSTERN_IS_RUNBOOK_PROGRESS (self), 0);

    sections = postern_runbook_get_sections (runbook);
    for (guint i = 0; i < sections->len; i++) {
        GPtrArray *steps = postern_runbook_section_get_steps (sections->pdata[i]);

        for (guint k = 0; k < steps->len; k++)
            n += postern_runbook_progress_is_done (self, steps->pdata[k]);
    }
    return n;
}

char *
postern_runbook_progress_to_text (PosternRunbookProgress *self, PosternRunbook *runbook)
{
    guint all = postern_runbook_get_n_steps (runbook);

    /* Translators: how far one has come: “12 of 31 steps”. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u step", "%u of %u steps", all),
                            postern_runbook_progress_count (self, runbook), all);
}
