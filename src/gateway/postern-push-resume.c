/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-push-patience.h"
#include "gateway/postern-push-private.h"

/* No gateway carries a push out for longer. */
#define SETTLE_SECONDS 180

/*
 * A push that was interrupted. What it has done is not remembered but read: what the gateway has is the plan, what was
 * there before, something of both where it is told record by record, or something that someone else has made of it. The
 * journal says what each of them is.
 */

/* Takes @reason. */
static gboolean
end_not_resumed (PosternPush *self, GError *reason, GError **error)
{
    postern_push_end (self, POSTERN_PUSH_OUTCOME_UNTOUCHED, postern_push_report_not_resumed (reason));
    g_propagate_error (error, reason);
    return FALSE;
}

static gboolean
end_finished (PosternPush *self, const GError *write_error)
{
    g_autofree char *place = postern_push_get_place (self);

    postern_push_end (self, POSTERN_PUSH_OUTCOME_DONE,
                      postern_push_report_finished (place, self->revision, write_error));
    return TRUE;
}

static gboolean
end_taken_back (PosternPush *self)
{
    postern_push_end (self, POSTERN_PUSH_OUTCOME_UNDONE, postern_push_report_taken_back (self->revision));
    return TRUE;
}

static gboolean
has_member (GPtrArray *changes, PosternChange *change)
{
    for (guint i = 0; i < changes->len; i++) {
        if (g_str_equal (postern_change_get_member (changes->pdata[i]), postern_change_get_member (change)) &&
            g_strcmp0 (postern_change_get_key (changes->pdata[i]), postern_change_get_key (change)) == 0)
            return TRUE;
    }
    return FALSE;
}

/* What is not as it was and was never to be changed by the push. */
static void
find_their_changes (PosternPush *self, PosternPlan *now)
{
    g_autoptr (GPtrArray) changes = postern_plan_compare (self->before, now);

    g_clear_pointer (&self->their_changes, g_ptr_array_unref);
    self->their_changes = g_ptr_array_new_with_free_func (g_object_unref);
    for (guint i = 0; i < changes->len; i++) {
        if (!has_member (self->changes, changes->pdata[i]))
            g_ptr_array_add (self->their_changes, g_object_ref (changes->pdata[i]));
    }
}

/* @why: (nullable): which of the push's own records it is about */
static gboolean
end_in_conflict (PosternPush *self, PosternPlan *now, const GError *why, GError **error)
{
    find_their_changes (self, now);
    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_CONFLICT,
                                  postern_push_report_resumed_in_conflict (why, self->revision),
                                  POSTERN_GATEWAY_ERROR_CONFLICT, error);
}

/* Nothing of the push is left to do; what differs is someone else's. */
static gboolean
end_beside_others (PosternPush *self, PosternPlan *now, GError **error)
{
    find_their_changes (self, now);
    postern_journal_end (self->journal);
    g_clear_object (&self->journal);
    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                  postern_push_report_resumed_beside_others (self->undoes, self->revision),
                                  POSTERN_GATEWAY_ERROR_STUCK, error);
}

/* The gateway could not be read once it had been told something. */
static gboolean
end_unread (PosternPush *self, const GError *write_error, const GError *read_error, GError **error)
{
    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                  postern_push_report_unread (write_error, read_error), POSTERN_GATEWAY_ERROR_STUCK,
                                  error);
}

static gboolean
end_unsettled (PosternPush *self, const GError *read_error, GError **error)
{
    g_autoptr (GError) lost = g_error_new_literal (
        POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY,
        _ ("The gateway may still be carrying out what it was told before the push was interrupted."));

    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                  read_error != NULL ? postern_push_report_unread (lost, read_error)
                                                     : postern_push_report_unsettled (lost, self->revision),
                                  POSTERN_GATEWAY_ERROR_STUCK, error);
}

static gboolean
conclude_undo (PosternPush *self, const GError *write_error, GError **error)
{
    g_autoptr (GError) read_error = NULL;
    g_autoptr (PosternPlan) now = postern_push_read_back (self, &read_error);

    if (now == NULL)
        return end_unread (self, write_error, read_error, error);
    if (postern_plan_equal (now, self->before))
        return end_taken_back (self);
    if (write_error == NULL)
        return end_beside_others (self, now, error);
    if (postern_plan_equal (now, self->plan))
        return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                      postern_push_report_still_planned (write_error, self->revision),
                                      POSTERN_GATEWAY_ERROR_STUCK, error);
    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK, postern_push_report_left (write_error, TRUE),
                                  POSTERN_GATEWAY_ERROR_STUCK, error);
}

/* Finishing has said that someone else was there, and has written nothing. */
static gboolean
is_conflict (const GError *write_error)
{
    return g_error_matches (write_error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_REVISION_CHANGED) &&
           !postern_gateway_error_may_have_been_carried_out (write_error);
}

/* The gateway has said to the end that another push is running, which may well be the interrupted one. */
static gboolean
is_running (const GError *write_error)
{
    return g_error_matches (write_error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY) &&
           postern_gateway_error_get_status (write_error) == 409;
}

static gboolean
conclude_finish (PosternPush *self, const char *written, const GError *write_error, GError **error)
{
    g_autoptr (GError) read_error = NULL;
    g_autoptr (PosternPlan) now = NULL;

    if (is_running (write_error))
        return end_unsettled (self, NULL, error);
    if (!is_conflict (write_error) && (write_error != NULL || !postern_push_is_record_by_record (self)))
        return postern_push_conclude (self, written, write_error, error);
    now = postern_push_read_back (self, &read_error);
    if (now == NULL)
        return end_unread (self, write_error, read_error, error);
    if (postern_plan_equal (now, self->plan))
        return end_finished (self, write_error);
    return write_error != NULL ? end_in_conflict (self, now, write_error, error) : end_beside_others (self, now, error);
}

/* Tells the gateway what is missing, or to take back what is there. Returns: the revision, or NULL with an error */
static char *
tell_gateway (PosternPush *self, GCancellable *cancellable, GError **reason)
{
    gulong handler = postern_push_tell_while_writing (self);
    char *written;

    if (postern_journal_get_n_steps (self->journal) > 0)
        written = postern_gateway_resume (self->gateway, self->journal, self->undoes, cancellable, reason);
    else if (self->undoes)
        written = postern_push_write_before_patiently (self->gateway, self->before,
                                                       postern_journal_get_revision (self->journal), self->revision,
                                                       self->pause_milliseconds, reason);
    else
        written = postern_push_write_patiently (self->gateway, self->plan, self->revision, self->journal,
                                                self->pause_milliseconds, cancellable, reason);
    if (written == NULL && !self->undoes)
        postern_push_take_back_if_stopped (self, reason);
    g_signal_handler_disconnect (self->gateway, handler);
    return written;
}

static gboolean
carry_on (PosternPush *self, GCancellable *cancellable, GError **error)
{
    PosternPushState state = self->undoes ? POSTERN_PUSH_STATE_UNDOING : POSTERN_PUSH_STATE_WRITING;
    const char *text = self->undoes ? _ ("Undoing the interrupted push") : _ ("Finishing the interrupted push");
    g_autoptr (GError) reason = NULL;
    g_autofree char *written = NULL;

    postern_push_tell (self, state, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    written = tell_gateway (self, cancellable, &reason);
    postern_push_tell (self, state, written != NULL ? POSTERN_PUSH_RESULT_DONE : POSTERN_PUSH_RESULT_FAILED, text,
                       written != NULL ? _ ("Accepted") : postern_push_report_explain (reason));
    return self->undoes ? conclude_undo (self, reason, error) : conclude_finish (self, written, reason, error);
}

/* A gateway that is told as a whole has one of the two, or someone else was there; so has one that is told record by
 * record, if not even the steps were written down: then nothing was done. */
static gboolean
resume_whole (PosternPush *self, PosternPlan *now, GCancellable *cancellable, GError **error)
{
    PosternPlan *wanted = self->undoes ? self->before : self->plan;
    PosternPlan *other = self->undoes ? self->plan : self->before;
    gboolean is_untouched = postern_push_is_record_by_record (self) && self->undoes;

    if (postern_plan_equal (now, wanted))
        return self->undoes ? end_taken_back (self) : end_finished (self, NULL);
    if (is_untouched || !postern_plan_equal (now, other))
        return end_in_conflict (self, now, NULL, error);
    return carry_on (self, cancellable, error);
}

/* Whether what was read may change in the next moment, because the gateway is yet to do what it was told before the
 * interruption. Who finishes the push does not mind: it is what is wanted, or the gateway says that it is busy. */
static gboolean
may_change (PosternPush *self)
{
    return self->undoes && !postern_push_is_record_by_record (self) &&
           postern_journal_get_age (self->journal) < SETTLE_SECONDS * G_TIME_SPAN_SECOND;
}

static gboolean
settle_and_resume (PosternPush *self, PosternPlan *now, GCancellable *cancellable, GError **error)
{
    g_autoptr (GError) lost = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted");
    g_autoptr (GError) read_error = NULL;
    g_autoptr (PosternPlan) then = g_object_ref (now);

    if (may_change (self) && (!postern_push_settle (self, &then, lost, &read_error) || then == NULL))
        return end_unsettled (self, read_error, error);
    return resume_whole (self, then, cancellable, error);
}

static PosternPlan *
read_interrupted (PosternPush *self, GCancellable *cancellable, GError **error)
{
    g_autofree char *place = postern_push_get_place (self);
    /* Translators: %s is a host. */
    g_autofree char *text = g_strdup_printf (_ ("Reading what %s has"), place);
    g_autofree char *revision = NULL;
    g_autofree char *answer = NULL;
    PosternPlan *now;

    postern_push_tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    now = postern_gateway_read (self->gateway, &revision, cancellable, error);
    if (now == NULL) {
        postern_push_tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_FAILED, text,
                           postern_push_report_explain (*error));
        return NULL;
    }
    postern_push_set_revision (self, revision);
    answer = g_strdup_printf (_ ("Revision %s"), revision);
    postern_push_tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_DONE, text, answer);
    return now;
}

gboolean
postern_push_run_resumed (PosternPush *self, GCancellable *cancellable, GError **error)
{
    g_autoptr (PosternPlan) now = NULL;
    GError *reason = NULL;

    if (!postern_journal_claim (self->journal, &reason))
        return end_not_resumed (self, reason, error);
    self->before = postern_plan_copy (postern_journal_get_before (self->journal));
    self->plan = postern_plan_copy (postern_journal_get_plan (self->journal));
    self->changes = postern_plan_compare (self->before, self->plan);
    now = read_interrupted (self, cancellable, &reason);
    if (now == NULL)
        return end_not_resumed (self, reason, error);
    if (postern_journal_get_n_steps (self->journal) > 0)
        return carry_on (self, cancellable, error);
    return settle_and_resume (self, now, cancellable, error);
}
