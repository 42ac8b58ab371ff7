/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-push-patience.h"
#include "gateway/postern-push-private.h"

/* A cancellation no longer counts here: the person is to be told what is live. */
static PosternPlan *
read_now (PosternPush *self, GError **error)
{
    g_autofree char *revision = NULL;
    PosternPlan *now = postern_push_read_patiently (self->gateway, &revision, self->pause_milliseconds, error);

    if (now != NULL)
        postern_push_set_revision (self, revision);
    return now;
}

PosternPlan *
postern_push_read_back (PosternPush *self, GError **error)
{
    g_autofree char *place = postern_push_get_place (self);
    /* Translators: %s is a host. */
    g_autofree char *text = g_strdup_printf (_ ("Reading back what %s has now"), place);
    g_autofree char *answer = NULL;
    GError *reason = NULL;
    PosternPlan *now;

    postern_push_tell (self, POSTERN_PUSH_STATE_READING_BACK, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    now = read_now (self, &reason);
    if (now == NULL) {
        postern_push_tell (self, POSTERN_PUSH_STATE_READING_BACK, POSTERN_PUSH_RESULT_FAILED, text,
                           postern_push_report_explain (reason));
        g_propagate_error (error, reason);
        return NULL;
    }
    answer = g_strdup_printf (_ ("Revision %s"), self->revision);
    postern_push_tell (self, POSTERN_PUSH_STATE_READING_BACK, POSTERN_PUSH_RESULT_DONE, text, answer);
    return now;
}

static gboolean
end_done (PosternPush *self, const GError *write_error)
{
    g_autofree char *place = postern_push_get_place (self);

    postern_push_end (self, POSTERN_PUSH_OUTCOME_DONE,
                      postern_push_report_done (place, self->revision, self->changes->len, write_error));
    return TRUE;
}

static gboolean
end_undone (PosternPush *self, const GError *why, GError **error)
{
    postern_push_end (self, POSTERN_PUSH_OUTCOME_UNDONE, postern_push_report_undone (why, self->revision));
    g_propagate_error (error, g_error_copy (why));
    return FALSE;
}

/* What is live could not be read. @write_error: (nullable): what the write itself ended with. */
static gboolean
end_unread (PosternPush *self, const GError *write_error, const GError *read_error, GError **error)
{
    if (write_error == NULL || postern_gateway_error_may_have_been_carried_out (write_error))
        return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                      postern_push_report_unread (write_error, read_error), POSTERN_GATEWAY_ERROR_STUCK,
                                      error);
    postern_push_end (self, POSTERN_PUSH_OUTCOME_UNDONE, postern_push_report_refused (write_error));
    g_propagate_error (error, g_error_copy (write_error));
    return FALSE;
}

/* Has the gateway make what it had before live again. */
static char *
write_before (PosternPush *self, GError **error)
{
    if (self->journal != NULL && postern_journal_get_n_steps (self->journal) > 0)
        return postern_gateway_resume (self->gateway, self->journal, TRUE, NULL, error);
    return postern_push_write_before_patiently (self->gateway, self->before, self->before_revision, self->revision,
                                                self->pause_milliseconds, error);
}

/* Takes back what is live. @why: (transfer full): what is told if that succeeds; @tell_failure: what if not */
static gboolean
undo (PosternPush *self, GError *why, PosternPushReport *(*tell_failure) (gboolean is_read), GError **error)
{
    const char *text = _ ("Taking the change back");
    g_autoptr (GError) taken = why;
    g_autoptr (GError) reason = NULL;
    g_autofree char *revision = NULL;
    g_autoptr (PosternPlan) now = NULL;
    gulong handler;

    postern_push_tell (self, POSTERN_PUSH_STATE_UNDOING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    handler = postern_push_tell_while_writing (self);
    revision = write_before (self, &reason);
    g_signal_handler_disconnect (self->gateway, handler);
    postern_push_tell (self, POSTERN_PUSH_STATE_UNDOING,
                       revision != NULL ? POSTERN_PUSH_RESULT_DONE : POSTERN_PUSH_RESULT_FAILED, text,
                       revision != NULL ? _ ("Accepted") : postern_push_report_explain (reason));
    now = postern_push_read_back (self, NULL);
    if (now == NULL || !postern_plan_equal (now, self->before))
        return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK, tell_failure (now != NULL),
                                      POSTERN_GATEWAY_ERROR_STUCK, error);
    return end_undone (self, taken, error);
}

/* What the gateway has made of the plan is something else than the plan. */
static gboolean
undo_misunderstood (PosternPush *self, GError **error)
{
    return undo (self,
                 g_error_new_literal (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                                      _ ("The gateway has accepted the plan, but what was read back is something "
                                         "else. The change was taken back. Check whether gateway and Postern are of "
                                         "the same version.")),
                 postern_push_report_not_undone, error);
}

/* The person wanted it stopped and undone when the gateway had carried it out already. */
static gboolean
undo_stopped (PosternPush *self, GError **error)
{
    return undo (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The push was stopped.")),
                 postern_push_report_not_taken_back, error);
}

/* What was read after writing is neither the plan nor what was there before. */
static gboolean
end_elsewhere (PosternPush *self, PosternPlan *now, const char *written, const GError *write_error, GError **error)
{
    if (write_error != NULL && !postern_gateway_error_may_have_been_carried_out (write_error))
        return postern_push_end_in_conflict (self, self->before, now, error);
    if (written != NULL && g_str_equal (written, self->revision))
        return undo_misunderstood (self, error);
    self->their_changes = postern_plan_compare (self->plan, now);
    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                  postern_push_report_overtaken (written, write_error, self->revision),
                                  POSTERN_GATEWAY_ERROR_STUCK, error);
}

/* Whether it is known what the gateway did with the write, now that it was read to have what it had before. */
static gboolean
needs_to_settle (PosternPush *self, PosternPlan *now, const GError *write_error)
{
    return write_error != NULL && postern_gateway_error_may_have_been_carried_out (write_error) &&
           postern_plan_equal (now, self->before);
}

/* Whether what a gateway says of itself, that it is in between, is told. One that is told record by record lists what
 * is left; what is read counts more. */
static gboolean
is_in_between (PosternPush *self, PosternPlan *now, const GError *write_error)
{
    if (!g_error_matches (write_error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_STUCK))
        return FALSE;
    return !postern_push_is_record_by_record (self) || now == NULL ||
           !(postern_plan_equal (now, self->before) || postern_plan_equal (now, self->plan));
}

gboolean
postern_push_settle (PosternPush *self, PosternPlan **now, const GError *write_error, GError **read_error)
{
    gboolean settled;

    if (*now == NULL || !needs_to_settle (self, *now, write_error))
        return TRUE;
    settled = postern_push_wait_until_settled (self->gateway, self->before, self->revision, self->pause_milliseconds);
    g_clear_object (now);
    *now = read_now (self, read_error);
    return settled;
}

/* What was done by the time the push was stopped is kept: that is what the person wanted. */
static gboolean
end_kept (PosternPush *self, PosternPlan *now, GError **error)
{
    g_autoptr (GPtrArray) missing = postern_plan_compare (now, self->plan);

    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                  postern_push_report_kept (missing->len, self->changes->len),
                                  POSTERN_GATEWAY_ERROR_STUCK, error);
}

/* What the person who stopped the push wants. */
static gboolean
is_stopped_to (PosternPush *self, const GError *write_error, PosternPushStop what)
{
    return g_error_matches (write_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           g_atomic_int_get (&self->when_stopped) == (gint)what;
}

/* It was read to be as before. */
static gboolean
end_as_before (PosternPush *self, gboolean settled, const GError *write_error, GError **error)
{
    g_autoptr (GError) changed_mind = NULL;

    if (!settled)
        return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                      postern_push_report_unsettled (write_error, self->revision),
                                      POSTERN_GATEWAY_ERROR_STUCK, error);
    if (write_error != NULL)
        return end_undone (self, write_error, error);
    changed_mind =
        g_error_new_literal (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                             _ ("The gateway has accepted the plan, but it still has the old configuration. Look "
                                "into the log of the gateway's service."));
    return end_undone (self, changed_mind, error);
}

gboolean
postern_push_conclude (PosternPush *self, const char *written, const GError *write_error, GError **error)
{
    g_autoptr (GError) read_error = NULL;
    g_autoptr (PosternPlan) now = postern_push_read_back (self, &read_error);
    gboolean settled = postern_push_settle (self, &now, write_error, &read_error);

    if (is_in_between (self, now, write_error))
        return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                                      postern_push_is_record_by_record (self)
                                          ? postern_push_report_left (write_error, now != NULL)
                                          : postern_push_report_in_between (write_error, self->revision),
                                      POSTERN_GATEWAY_ERROR_STUCK, error);
    if (now == NULL)
        return end_unread (self, write_error, read_error, error);
    if (postern_plan_equal (now, self->plan))
        return is_stopped_to (self, write_error, POSTERN_PUSH_STOP_UNDO) ? undo_stopped (self, error)
                                                                         : end_done (self, write_error);
    if (postern_plan_equal (now, self->before))
        return end_as_before (self, settled, write_error, error);
    if (postern_push_is_record_by_record (self) && is_stopped_to (self, write_error, POSTERN_PUSH_STOP_KEEP))
        return end_kept (self, now, error);
    return end_elsewhere (self, now, written, write_error, error);
}
