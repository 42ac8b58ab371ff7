/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-convergence.h"

#include "service/postern-service-log.h"

#define FIRST_PAUSE 5
#define LONGEST_PAUSE (5 * 60)

struct _PosternConvergence {
    PosternApplier *applier;
    guint pause; /* in seconds; 0 once there is nothing more to do */
    guint timer;
    gboolean trying;
    char *reason; /* why the last attempt failed */
};

static void try_again (PosternConvergence *self);

static gboolean
timer_cb (gpointer data)
{
    PosternConvergence *self = data;

    self->timer = 0;
    try_again (self);
    return G_SOURCE_REMOVE;
}

static void
plan_next (PosternConvergence *self)
{
    self->pause = self->pause == 0 ? FIRST_PAUSE : MIN (2 * self->pause, LONGEST_PAUSE);
    self->timer = g_timeout_add_seconds (self->pause, timer_cb, self);
}

/* Says the same thing only once. Takes @error. */
static void
note_failure (PosternConvergence *self, GError *error)
{
    if (g_strcmp0 (self->reason, error->message) != 0)
        postern_service_log_trouble ("The mail server is not in the state of the current revision; trying again: %s",
                                     error->message);
    g_free (self->reason);
    self->reason = g_strdup (error->message);
    g_error_free (error);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
    PosternConvergence *self = data;
    GError *error = NULL;

    self->trying = FALSE;
    if (g_task_propagate_boolean (G_TASK (result), &error)) {
        self->pause = 0;
        g_message ("the mail server is in the state of the current revision now");
        return;
    }
    note_failure (self, error);
    plan_next (self);
}

static void
try_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
    GError *error = NULL;

    if (postern_applier_converge (POSTERN_APPLIER (source), &error))
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, error);
}

static void
try_again (PosternConvergence *self)
{
    g_autoptr (GTask) task = g_task_new (self->applier, NULL, tried_cb, self);

    self->trying = TRUE;
    g_task_run_in_thread (task, try_in_thread);
}

PosternConvergence *
postern_convergence_new (PosternApplier *applier)
{
    PosternConvergence *self = g_new0 (PosternConvergence, 1);

    self->applier = g_object_ref (applier);
    return self;
}

void
postern_convergence_free (PosternConvergence *self)
{
    while (self->trying)
        g_main_context_iteration (NULL, TRUE);
    g_clear_handle_id (&self->timer, g_source_remove);
    g_object_unref (self->applier);
    g_free (self->reason);
    g_free (self);
}

gboolean
postern_convergence_begin (PosternConvergence *self)
{
    GError *error = NULL;

    if (postern_applier_converge (self->applier, &error))
        return TRUE;
    note_failure (self, error);
    plan_next (self);
    return FALSE;
}

void
postern_convergence_hurry (PosternConvergence *self)
{
    if (self->pause == 0 || self->trying)
        return;
    g_clear_handle_id (&self->timer, g_source_remove);
    try_again (self);
}
