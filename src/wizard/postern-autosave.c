/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-autosave.h"

#include "wizard/postern-draft.h"
#include "wizard/postern-worker.h"

/* Long enough that typing does not save each letter, short enough that nobody kills the program in between. */
#define DELAY_MS 500

struct _PosternAutosave {
    GObject parent_instance;

    PosternSession *session;
    char *id;
    PosternStep step;
    gboolean is_open;
    gboolean dirty;
    gboolean saving;
    guint timeout_id;
};

G_DEFINE_FINAL_TYPE (PosternAutosave, postern_autosave, G_TYPE_OBJECT)

static void schedule (PosternAutosave *self);

/* Somebody who only looked in leaves nothing behind. */
static gboolean
is_worth_keeping (PosternAutosave *self)
{
    return self->step > POSTERN_STEP_SCENARIO || !postern_plan_is_empty (postern_session_get_plan (self->session));
}

static gpointer
save (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    return GINT_TO_POINTER (postern_draft_save (data, error));
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternAutosave *self = POSTERN_AUTOSAVE (source);
    g_autoptr (GError) error = NULL;

    self->saving = FALSE;
    postern_worker_run_finish (self, result, &error);
    if (error != NULL)
        g_message ("The plan could not be kept: %s", error->message);
    if (self->dirty)
        schedule (self);
}

static PosternDraft *
take (PosternAutosave *self)
{
    self->dirty = FALSE;
    return postern_draft_new (self->id, self->session, self->step, self->is_open);
}

static gboolean
on_timeout_cb (gpointer user_data)
{
    PosternAutosave *self = user_data;

    self->timeout_id = 0;
    if (!self->saving && is_worth_keeping (self)) {
        self->saving = TRUE;
        postern_worker_run_async (self, save, take (self), g_object_unref, NULL, NULL, NULL, on_saved_cb, NULL);
    }
    return G_SOURCE_REMOVE;
}

static void
schedule (PosternAutosave *self)
{
    self->dirty = TRUE;
    if (self->timeout_id == 0 && !self->saving)
        self->timeout_id = g_timeout_add (DELAY_MS, on_timeout_cb, self);
}

static void
postern_autosave_dispose (GObject *object)
{
    PosternAutosave *self = POSTERN_AUTOSAVE (object);

    g_clear_handle_id (&self->timeout_id, g_source_remove);
    g_clear_object (&self->session);
    G_OBJECT_CLASS (postern_autosave_parent_class)->dispose (object);
}

static void
postern_autosave_finalize (GObject *object)
{
    g_free (POSTERN_AUTOSAVE (object)->id);
    G_OBJECT_CLASS (postern_autosave_parent_class)->finalize (object);
}

static void
postern_autosave_class_init (PosternAutosaveClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->dispose = postern_autosave_dispose;
    object_class->finalize = postern_autosave_finalize;
}

static void
postern_autosave_init (PosternAutosave *self)
{
    self->is_open = TRUE;
}

PosternAutosave *
postern_autosave_new (PosternSession *session, const char *id)
{
    PosternAutosave *self = g_object_new (POSTERN_TYPE_AUTOSAVE, NULL);
    static const char *const kept[] = { "notify::mode", "notify::file", "notify::address", "notify::pin" };

    self->session = g_object_ref (session);
    self->id = id != NULL ? g_strdup (id) : postern_draft_new_id ();
    postern_session_set_draft (session, self->id);
    g_signal_connect_object (postern_session_get_plan (session), "changed", G_CALLBACK (schedule), self,
                             G_CONNECT_SWAPPED);
    for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
        g_signal_connect_object (session, kept[i], G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
    return self;
}

const char *
postern_autosave_get_id (PosternAutosave *self)
{
    g_return_val_if_fail (POSTERN_IS_AUTOSAVE (self), NULL);
    return self->id;
}

void
postern_autosave_set_id (PosternAutosave *self, const char *id)
{
    g_return_if_fail (POSTERN_IS_AUTOSAVE (self));
    g_free (self->id);
    self->id = id != NULL ? g_strdup (id) : postern_draft_new_id ();
    /* What was kept last may have been put away; this one is in a window. */
    self->is_open = TRUE;
    postern_session_set_draft (self->session, self->id);
}

void
postern_autosave_set_step (PosternAutosave *self, PosternStep step)
{
    g_return_if_fail (POSTERN_IS_AUTOSAVE (self));
    /* The welcome page is not a place in a plan: who looks at it has not left his own. */
    if (self->step == step || step == POSTERN_STEP_WELCOME)
        return;
    self->step = step;
    schedule (self);
}

void
postern_autosave_flush (PosternAutosave *self, gboolean is_open)
{
    g_autoptr (PosternDraft) draft = NULL;
    g_autoptr (GError) error = NULL;

    g_return_if_fail (POSTERN_IS_AUTOSAVE (self));
    if (!self->dirty && self->is_open == is_open)
        return;
    /* An older save that is still on its way must not overtake this one. */
    while (self->saving)
        g_main_context_iteration (NULL, TRUE);
    g_clear_handle_id (&self->timeout_id, g_source_remove);
    self->is_open = is_open;
    if (!is_worth_keeping (self))
        return;
    draft = take (self);
    if (!postern_draft_save (draft, &error))
        g_message ("The plan could not be kept: %s", error->message);
}
