/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-wait.h"

struct _PosternWait {
    GMainContext *context;
    GSource *deadline_source;
    GSource *cancelled_source;
    GCancellable *outer;
    GCancellable *inner;
    GAsyncResult *result;
    gboolean timed_out;
};

static gboolean
deadline_passed_cb (gpointer data)
{
    PosternWait *self = data;

    self->timed_out = TRUE;
    g_cancellable_cancel (self->inner);
    return G_SOURCE_REMOVE;
}

static gboolean
outer_cancelled_cb (GCancellable *cancellable, gpointer data)
{
    PosternWait *self = data;

    g_cancellable_cancel (self->inner);
    return G_SOURCE_REMOVE;
}

PosternWait *
postern_wait_new (gint64 deadline, GCancellable *cancellable)
{
    PosternWait *self = g_new0 (PosternWait, 1);

    self->context = g_main_context_new ();
    g_main_context_push_thread_default (self->context);
    self->inner = g_cancellable_new ();

    self->deadline_source = g_timeout_source_new (0);
    g_source_set_ready_time (self->deadline_source, deadline);
    g_source_set_callback (self->deadline_source, deadline_passed_cb, self, NULL);
    g_source_attach (self->deadline_source, self->context);

    if (cancellable != NULL) {
        self->outer = g_object_ref (cancellable);
        self->cancelled_source = g_cancellable_source_new (cancellable);
        g_source_set_callback (self->cancelled_source, G_SOURCE_FUNC (outer_cancelled_cb), self, NULL);
        g_source_attach (self->cancelled_source, self->context);
        /* A call that is begun after the cancellation must not get as far as doing anything. */
        if (g_cancellable_is_cancelled (cancellable))
            g_cancellable_cancel (self->inner);
    }
    return self;
}

static void
clear_source (GSource **source)
{
    if (*source != NULL)
        g_source_destroy (*source);
    g_clear_pointer (source, g_source_unref);
}

void
postern_wait_free (PosternWait *self)
{
    g_return_if_fail (self != NULL);

    clear_source (&self->deadline_source);
    clear_source (&self->cancelled_source);
    /* What GIO has left to put away, such as the attempt at the address that lost the race, is put away in this
     * context. */
    while (g_main_context_iteration (self->context, FALSE))
        continue;
    g_clear_object (&self->result);
    g_clear_object (&self->outer);
    g_clear_object (&self->inner);
    g_main_context_pop_thread_default (self->context);
    g_main_context_unref (self->context);
    g_free (self);
}

GCancellable *
postern_wait_get_cancellable (PosternWait *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->inner;
}

void
postern_wait_finished (GObject *source, GAsyncResult *result, gpointer data)
{
    PosternWait *self = data;

    g_assert (self->result == NULL);
    self->result = g_object_ref (result);
}

GAsyncResult *
postern_wait_for_result (PosternWait *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    while (self->result == NULL)
        g_main_context_iteration (self->context, TRUE);
    return self->result;
}

gboolean
postern_wait_has_timed_out (PosternWait *self, const GError *error)
{
    g_return_val_if_fail (self != NULL, FALSE);

    return self->timed_out && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           !g_cancellable_is_cancelled (self->outer);
}
