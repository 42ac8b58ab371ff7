/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-step-private.h"

/* As many hexadecimal digits as tell two values of one step apart. */
#define MARK_LENGTH 12

struct _PosternRunbookStep {
    GObject parent_instance;

    char *id;
    char *path;
    char *action;
    char *why;
    char *warning;
    GPtrArray *entries;
    GPtrArray *keys; /* NULL-terminated, made when first asked for unless they were said */
};

G_DEFINE_FINAL_TYPE (PosternRunbookStep, postern_runbook_step, G_TYPE_OBJECT)

static void
postern_runbook_step_finalize (GObject *object)
{
    PosternRunbookStep *self = POSTERN_RUNBOOK_STEP (object);

    g_free (self->id);
    g_free (self->path);
    g_free (self->action);
    g_free (self->why);
    g_free (self->warning);
    g_ptr_array_unref (self->entries);
    g_ptr_array_unref (self->keys);
    G_OBJECT_CLASS (postern_runbook_step_parent_class)->finalize (object);
}

static void
postern_runbook_step_class_init (PosternRunbookStepClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_runbook_step_finalize;
}

static void
postern_runbook_step_init (PosternRunbookStep *self)
{
    self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)postern_runbook_entry_free);
    self->keys = g_ptr_array_new_null_terminated (1, g_free, TRUE);
}

PosternRunbookStep *
postern_runbook_step_new (const char *id, const char *path, char *taken_action)
{
    PosternRunbookStep *self = g_object_new (POSTERN_TYPE_RUNBOOK_STEP, NULL);

    self->id = g_strdup (id);
    self->path = g_strdup (path);
    self->action = taken_action;
    return self;
}

void
postern_runbook_step_take_why (PosternRunbookStep *self, char *why)
{
    g_free (self->why);
    self->why = why;
}

void
postern_runbook_step_take_warning (PosternRunbookStep *self, char *warning)
{
    g_free (self->warning);
    self->warning = warning;
}

void
postern_runbook_step_add_entry (PosternRunbookStep *self, PosternRunbookEntryKind kind, const char *field,
                                const char *value, const char *hint)
{
    g_ptr_array_add (self->entries, postern_runbook_entry_new (kind, field, value, hint));
}

void
postern_runbook_step_add_key (PosternRunbookStep *self, char *taken_key)
{
    g_ptr_array_add (self->keys, taken_key);
}

char *
postern_runbook_step_make_key (const char *id, const char *values)
{
    g_autofree char *mark = g_compute_checksum_for_string (G_CHECKSUM_SHA256, values, -1);

    return g_strdup_printf ("%s#%.*s", id, MARK_LENGTH, mark);
}

static char *
own_key (PosternRunbookStep *self)
{
    g_autoptr (GString) values = g_string_new (NULL);

    for (guint i = 0; i < self->entries->len; i++) {
        const PosternRunbookEntry *entry = self->entries->pdata[i];

        if (postern_runbook_entry_is_copyable (entry))
            g_string_append_printf (values, "%s\n", entry->value);
    }
    return values->len > 0 ? postern_runbook_step_make_key (self->id, values->str) : g_strdup (self->id);
}

const char *
postern_runbook_step_get_id (PosternRunbookStep *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (self), NULL);
    return self->id;
}

const char *const *
postern_runbook_step_get_keys (PosternRunbookStep *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (self), NULL);

    if (self->keys->len == 0)
        g_ptr_array_add (self->keys, own_key (self));
    return (const char *const *)self->keys->pdata;
}

const char *
postern_runbook_step_get_path (PosternRunbookStep *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (self), NULL);
    return self->path;
}

const char *
postern_runbook_step_get_action (PosternRunbookStep *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (self), NULL);
    return self->action;
}

GPtrArray *
postern_runbook_step_get_entries (PosternRunbookStep *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (self), NULL);
    return self->entries;
}

const char *
postern_runbook_step_get_why (PosternRunbookStep *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (self), NULL);
    return self->why;
}

const char *
postern_runbook_step_get_warning (PosternRunbookStep *self)
{
    g_return_val_if_fail (POSTERN_IS_RUNBOOK_STEP (self), NULL);
    return self->warning;
}
