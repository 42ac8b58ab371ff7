/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternWait:
 *
 * Waits for one asynchronous GIO call, but not beyond a deadline. GIO's own timeouts count in seconds and start again
 * with every byte; this one counts in microseconds of the monotonic clock and covers name look-up, connecting, TLS and
 * input alike.
 *
 *     g_autoptr (PosternWait) wait = postern_wait_new (deadline, cancellable);
 *
 *     g_input_stream_read_async (stream, buffer, size, G_PRIORITY_DEFAULT, postern_wait_get_cancellable (wait),
 *                                postern_wait_finished, wait);
 *     n = g_input_stream_read_finish (stream, postern_wait_for_result (wait), &error);
 *
 * The call runs in a main context of its own, which is the thread's default one between postern_wait_new() and
 * postern_wait_free(); so both belong into one function, and nothing of the caller's is dispatched meanwhile. When the
 * deadline passes or the caller cancels, the call is cancelled and still waited for: GIO's calls answer a cancellation
 * at once.
 */
typedef struct _PosternWait PosternWait;

/**
 * postern_wait_new:
 * @deadline: a moment of g_get_monotonic_time()
 * @cancellable: (nullable): the caller's cancellable
 *
 * Returns: (transfer full): a wait for one call
 */
PosternWait *postern_wait_new (gint64 deadline, GCancellable *cancellable);

void postern_wait_free (PosternWait *self);

/** postern_wait_get_cancellable: Returns: (transfer none): the cancellable to give to the call */
GCancellable *postern_wait_get_cancellable (PosternWait *self);

/** postern_wait_finished: the #GAsyncReadyCallback to give to the call, with the wait as @data */
void postern_wait_finished (GObject *source, GAsyncResult *result, gpointer data);

/** postern_wait_for_result: Returns: (transfer none): the result, for the call's finish function */
GAsyncResult *postern_wait_for_result (PosternWait *self);

/**
 * postern_wait_has_timed_out:
 * @self: a wait
 * @error: the error that the finish function gave
 *
 * Returns: whether @error is there because the deadline passed, not because the caller cancelled
 */
gboolean postern_wait_has_timed_out (PosternWait *self, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternWait, postern_wait_free)

G_END_DECLS
