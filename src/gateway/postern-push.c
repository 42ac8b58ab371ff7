/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-push.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-push-private.h"

#define DEFAULT_PAUSE_MILLISECONDS 1000

G_DEFINE_ENUM_TYPE (PosternPushOutcome, postern_push_outcome, G_DEFINE_ENUM_VALUE (POSTERN_PUSH_OUTCOME_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_OUTCOME_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_OUTCOME_UNTOUCHED, "untouched"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_OUTCOME_CONFLICT, "conflict"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_OUTCOME_UNDONE, "undone"),
                    G_DEFINE_ENUM_VALUE (POSTERN_PUSH_OUTCOME_STUCK, "stuck"))

typedef enum {
    PROP_PAUSE_MILLISECONDS = 1,
} PosternPushProperty;

static GParamSpec *properties[PROP_PAUSE_MILLISECONDS + 1];

enum {
    PROGRESS,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PosternPush, postern_push, G_TYPE_OBJECT)

static void
postern_push_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternPush *self = POSTERN_PUSH (object);

    switch ((PosternPushProperty)id) {
    case PROP_PAUSE_MILLISECONDS:
        self->pause_milliseconds = g_value_get_uint (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_push_finalize (GObject *object)
{
    PosternPush *self = POSTERN_PUSH (object);

    g_clear_object (&self->gateway);
    g_clear_object (&self->plan);
    g_clear_object (&self->reviewed);
    g_clear_object (&self->before);
    g_clear_object (&self->journal);
    g_free (self->pin);
    g_free (self->user);
    g_free (self->expected_revision);
    g_free (self->restored_revision);
    g_free (self->before_revision);
    g_free (self->revision);
    g_clear_pointer (&self->changes, g_ptr_array_unref);
    g_clear_pointer (&self->their_changes, g_ptr_array_unref);
    g_clear_pointer (&self->report, postern_push_report_free);
    G_OBJECT_CLASS (postern_push_parent_class)->finalize (object);
}

static void
postern_push_class_init (PosternPushClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->set_property = postern_push_set_property;
    object_class->finalize = postern_push_finalize;

    properties[PROP_PAUSE_MILLISECONDS] =
        g_param_spec_uint ("pause-milliseconds", NULL, NULL, 0, 60000, DEFAULT_PAUSE_MILLISECONDS,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, POSTERN_TYPE_PUSH_STEP);
}

static void
postern_push_init (PosternPush *self)
{
}

void
postern_push_tell (PosternPush *self, PosternPushState state, PosternPushResult result, const char *text,
                   const char *answer)
{
    /* Over the Gateway API each state is one step: the gateway takes the whole configuration at once. */
    g_autoptr (PosternPushStep) step = postern_push_step_new (state, result, 1, 1, text, answer);

    g_signal_emit (self, signals[PROGRESS], 0, step);
}

char *
postern_push_get_place (PosternPush *self)
{
    return postern_gateway_address_to_display (postern_gateway_get_address (self->gateway));
}

gboolean
postern_push_is_record_by_record (PosternPush *self)
{
    return postern_gateway_address_get_kind (postern_gateway_get_address (self->gateway)) == POSTERN_GATEWAY_KIND_PMG;
}

void
postern_push_set_revision (PosternPush *self, const char *revision)
{
    g_free (self->revision);
    self->revision = g_strdup (revision);
}

static const PosternPushState last_states[] = {
    [POSTERN_PUSH_OUTCOME_DONE] = POSTERN_PUSH_STATE_DONE,
    [POSTERN_PUSH_OUTCOME_UNTOUCHED] = POSTERN_PUSH_STATE_UNDONE,
    [POSTERN_PUSH_OUTCOME_CONFLICT] = POSTERN_PUSH_STATE_UNDONE,
    [POSTERN_PUSH_OUTCOME_UNDONE] = POSTERN_PUSH_STATE_UNDONE,
    [POSTERN_PUSH_OUTCOME_STUCK] = POSTERN_PUSH_STATE_STUCK,
};

/* Whether something may be left to finish or to undo. */
static gboolean
is_left (PosternPush *self, PosternPushOutcome outcome)
{
    return outcome == POSTERN_PUSH_OUTCOME_STUCK || (self->is_resumed && (outcome == POSTERN_PUSH_OUTCOME_UNTOUCHED ||
                                                                          outcome == POSTERN_PUSH_OUTCOME_CONFLICT));
}

void
postern_push_end (PosternPush *self, PosternPushOutcome outcome, PosternPushReport *report)
{
    if (self->journal != NULL && !is_left (self, outcome)) {
        postern_journal_end (self->journal);
        g_clear_object (&self->journal);
    }
    if (self->journal != NULL)
        postern_push_report_add_journal (report);
    self->outcome = outcome;
    self->report = report;
    postern_push_tell (self, last_states[outcome],
                       outcome == POSTERN_PUSH_OUTCOME_DONE ? POSTERN_PUSH_RESULT_DONE : POSTERN_PUSH_RESULT_FAILED,
                       report->what_is_live, report->what_happened);
}

gboolean
postern_push_end_with (PosternPush *self, PosternPushOutcome outcome, PosternPushReport *report,
                       PosternGatewayError code, GError **error)
{
    g_propagate_error (error, postern_push_report_to_error (report, code));
    postern_push_end (self, outcome, report);
    return FALSE;
}

static gboolean
read_all (PosternPush *self, GCancellable *cancellable, GError **error)
{
    self->before = postern_gateway_read (self->gateway, &self->before_revision, cancellable, error);
    if (self->before == NULL)
        return FALSE;
    postern_push_set_revision (self, self->before_revision);
    if (self->restored_revision == NULL)
        return TRUE;
    self->plan = postern_gateway_read_revision (self->gateway, self->restored_revision, cancellable, error);
    return self->plan != NULL;
}

/* Takes @reason. */
static gboolean
end_untouched (PosternPush *self, GError *reason, GError **error)
{
    postern_push_end (self, POSTERN_PUSH_OUTCOME_UNTOUCHED, postern_push_report_untouched (reason));
    g_propagate_error (error, reason);
    return FALSE;
}

static gboolean
read_first (PosternPush *self, GCancellable *cancellable, GError **error)
{
    g_autofree char *place = postern_push_get_place (self);
    g_autofree char *answer = NULL;
    /* Translators: %s is a host. */
    g_autofree char *text = g_strdup_printf (_ ("Reading what %s has"), place);
    GError *reason = NULL;

    postern_push_tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    if (!read_all (self, cancellable, &reason)) {
        postern_push_tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_FAILED, text,
                           postern_push_report_explain (reason));
        return end_untouched (self, reason, error);
    }
    /* Translators: %s is a number. */
    answer = g_strdup_printf (_ ("Revision %s"), self->before_revision);
    postern_push_tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_DONE, text, answer);
    return TRUE;
}

/* What the gateway had at the person's review, if that can be known. */
static PosternPlan *
get_reviewed (PosternPush *self, GCancellable *cancellable)
{
    if (self->reviewed != NULL)
        return g_object_ref (self->reviewed);
    return postern_gateway_read_revision (self->gateway, self->expected_revision, cancellable, NULL);
}

gboolean
postern_push_end_in_conflict (PosternPush *self, PosternPlan *base, PosternPlan *now, GError **error)
{
    g_autofree char *place = postern_push_get_place (self);
    guint n = 0;

    if (base != NULL) {
        self->their_changes = postern_plan_compare (base, now);
        n = self->their_changes->len;
    }
    return postern_push_end_with (self, POSTERN_PUSH_OUTCOME_CONFLICT, postern_push_report_conflict (place, n),
                                  POSTERN_GATEWAY_ERROR_CONFLICT, error);
}

/* Whether the gateway still has what the person reviewed. */
static gboolean
is_as_reviewed (PosternPush *self, PosternPlan *reviewed)
{
    if (self->expected_revision == NULL || g_str_equal (self->expected_revision, self->before_revision))
        return TRUE;
    /* Another revision with the same contents is no conflict: the changes that the person saw are the same. */
    return reviewed != NULL && postern_plan_equal (reviewed, self->before);
}

static gboolean
compare (PosternPush *self, GCancellable *cancellable, GError **error)
{
    const char *text = _ ("Comparing it with the plan");
    g_autoptr (PosternPlan) reviewed = NULL;
    g_autofree char *answer = NULL;

    postern_push_tell (self, POSTERN_PUSH_STATE_COMPARING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    /* Where there is nothing to write, nobody's work can be overwritten. */
    if (!postern_plan_equal (self->before, self->plan) && !is_as_reviewed (self, NULL)) {
        reviewed = get_reviewed (self, cancellable);
        if (!is_as_reviewed (self, reviewed)) {
            postern_push_tell (self, POSTERN_PUSH_STATE_COMPARING, POSTERN_PUSH_RESULT_FAILED, text,
                               _ ("Someone else has changed it since."));
            return postern_push_end_in_conflict (self, reviewed, self->before, error);
        }
    }
    self->changes = postern_plan_compare (self->before, self->plan);
    answer = self->changes->len == 0
                 ? g_strdup (_ ("No changes"))
                 : g_strdup_printf (ngettext ("%'u change", "%'u changes", self->changes->len), self->changes->len);
    postern_push_tell (self, POSTERN_PUSH_STATE_COMPARING, POSTERN_PUSH_RESULT_DONE, text, answer);
    return TRUE;
}

/* A gateway that is told record by record says which one it is at. */
static void
on_progress_cb (PosternGateway *gateway, guint k, guint n, gboolean undoing, const char *text, gpointer data)
{
    g_autoptr (PosternPushStep) step =
        postern_push_step_new (undoing ? POSTERN_PUSH_STATE_UNDOING : POSTERN_PUSH_STATE_WRITING,
                               POSTERN_PUSH_RESULT_WORKING, k, n, text, NULL);

    g_signal_emit (data, signals[PROGRESS], 0, step);
}

gulong
postern_push_tell_while_writing (PosternPush *self)
{
    return g_signal_connect (self->gateway, "progress", G_CALLBACK (on_progress_cb), self);
}

void
postern_push_take_back_if_stopped (PosternPush *self, GError **reason)
{
    GError *failed = NULL;
    g_autofree char *revision = NULL;

    if (!g_error_matches (*reason, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->journal == NULL ||
        postern_journal_get_n_steps (self->journal) == 0 ||
        g_atomic_int_get (&self->when_stopped) == POSTERN_PUSH_STOP_KEEP)
        return;
    revision = postern_gateway_resume (self->gateway, self->journal, TRUE, NULL, &failed);
    if (failed == NULL)
        return;
    g_clear_error (reason);
    *reason = failed;
}

static char *
tell_gateway (PosternPush *self, GCancellable *cancellable, GError **reason)
{
    gulong handler = postern_push_tell_while_writing (self);
    char *written;

    if (self->restored_revision != NULL)
        written = postern_gateway_restore (self->gateway, self->restored_revision, self->before_revision, cancellable,
                                           reason);
    else
        written = postern_gateway_write (self->gateway, self->plan, self->before_revision, self->journal, cancellable,
                                         reason);
    if (written == NULL)
        postern_push_take_back_if_stopped (self, reason);
    g_signal_handler_disconnect (self->gateway, handler);
    return written;
}

static gboolean
write_plan (PosternPush *self, GCancellable *cancellable, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *written = NULL;
    g_autofree char *answer = NULL;
    g_autoptr (GError) reason = NULL;

    text = g_strdup_printf (ngettext ("Writing %'u change", "Writing %'u changes", self->changes->len),
                            self->changes->len);
    postern_push_tell (self, POSTERN_PUSH_STATE_WRITING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    written = tell_gateway (self, cancellable, &reason);
    if (written != NULL)
        answer = g_strdup_printf (_ ("Accepted as revision %s"), written);
    postern_push_tell (self, POSTERN_PUSH_STATE_WRITING,
                       written != NULL ? POSTERN_PUSH_RESULT_DONE : POSTERN_PUSH_RESULT_FAILED, text,
                       written != NULL ? answer : postern_push_report_explain (reason));
    return postern_push_conclude (self, written, reason, error);
}

/* What is about to change, and what was there, is on the disk before the gateway is told. */
static gboolean
begin_journal (PosternPush *self, GError **error)
{
    GError *reason = NULL;

    if (!self->keeps_journal)
        return TRUE;
    self->journal = postern_journal_begin (postern_gateway_get_address (self->gateway), self->pin, self->user,
                                           self->before, self->before_revision, self->plan, &reason);
    return self->journal != NULL ? TRUE : end_untouched (self, reason, error);
}

/* Before anything else: what an interrupted push has left is to be answered first. */
static gboolean
check_journal (PosternPush *self, GError **error)
{
    PosternGatewayAddress *address = postern_gateway_get_address (self->gateway);

    if (!self->keeps_journal || !postern_journal_exists (address))
        return TRUE;
    return end_untouched (self, postern_journal_error_exists (address), error);
}

PosternPush *
postern_push_new (PosternGateway *gateway, PosternPlan *plan, const char *expected_revision)
{
    PosternPush *self;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (gateway), NULL);
    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    self = g_object_new (POSTERN_TYPE_PUSH, NULL);
    self->gateway = g_object_ref (gateway);
    /* What it cannot have was told as a gap; it would never be read back. */
    self->plan = postern_gateway_express (gateway, plan);
    self->expected_revision = g_strdup (expected_revision);
    return self;
}

PosternPush *
postern_push_new_restore (PosternGateway *gateway, const char *revision, const char *expected_revision)
{
    PosternPush *self;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (gateway), NULL);
    g_return_val_if_fail (revision != NULL, NULL);

    self = g_object_new (POSTERN_TYPE_PUSH, NULL);
    self->gateway = g_object_ref (gateway);
    self->restored_revision = g_strdup (revision);
    self->expected_revision = g_strdup (expected_revision);
    return self;
}

PosternPush *
postern_push_new_resume (PosternGateway *gateway, PosternJournal *journal, gboolean undo)
{
    PosternPush *self;

    g_return_val_if_fail (POSTERN_IS_GATEWAY (gateway), NULL);
    g_return_val_if_fail (POSTERN_IS_JOURNAL (journal), NULL);

    self = g_object_new (POSTERN_TYPE_PUSH, NULL);
    self->gateway = g_object_ref (gateway);
    self->journal = g_object_ref (journal);
    self->is_resumed = TRUE;
    self->undoes = undo;
    return self;
}

void
postern_push_keep_journal (PosternPush *self, const char *pin, const char *user)
{
    g_return_if_fail (POSTERN_IS_PUSH (self));
    g_return_if_fail (self->before == NULL && !self->is_resumed);

    self->keeps_journal = TRUE;
    g_set_str (&self->pin, pin);
    g_set_str (&self->user, user);
}

void
postern_push_set_when_stopped (PosternPush *self, PosternPushStop what)
{
    g_return_if_fail (POSTERN_IS_PUSH (self));
    g_atomic_int_set (&self->when_stopped, what);
}

void
postern_push_set_reviewed (PosternPush *self, PosternPlan *reviewed)
{
    g_return_if_fail (POSTERN_IS_PUSH (self));
    g_return_if_fail (POSTERN_IS_PLAN (reviewed));
    g_return_if_fail (self->before == NULL);

    g_clear_object (&self->reviewed);
    self->reviewed = postern_plan_copy (reviewed);
}

/* There was nothing to write. */
static gboolean
end_done (PosternPush *self)
{
    g_autofree char *place = postern_push_get_place (self);

    postern_push_end (self, POSTERN_PUSH_OUTCOME_DONE, postern_push_report_done (place, self->revision, 0, NULL));
    return TRUE;
}

gboolean
postern_push_run (PosternPush *self, GCancellable *cancellable, GError **error)
{
    GError *stopped = NULL;

    g_return_val_if_fail (POSTERN_IS_PUSH (self), FALSE);
    g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);
    g_return_val_if_fail (self->outcome == POSTERN_PUSH_OUTCOME_NONE, FALSE);

    if (self->is_resumed)
        return postern_push_run_resumed (self, cancellable, error);
    if (!check_journal (self, error) || !read_first (self, cancellable, error) || !compare (self, cancellable, error))
        return FALSE;
    if (postern_plan_equal (self->before, self->plan))
        return end_done (self);
    if (g_cancellable_set_error_if_cancelled (cancellable, &stopped))
        return end_untouched (self, stopped, error);
    if (!begin_journal (self, error))
        return FALSE;
    return write_plan (self, cancellable, error);
}

PosternPushOutcome
postern_push_get_outcome (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), POSTERN_PUSH_OUTCOME_NONE);
    return self->outcome;
}

const char *
postern_push_get_revision (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), NULL);
    return self->revision;
}

GPtrArray *
postern_push_get_changes (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), NULL);
    return self->changes;
}

GPtrArray *
postern_push_get_their_changes (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), NULL);
    return self->their_changes;
}

const char *
postern_push_get_what_happened (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), NULL);
    return self->report != NULL ? self->report->what_happened : NULL;
}

const char *
postern_push_get_what_is_live (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), NULL);
    return self->report != NULL ? self->report->what_is_live : NULL;
}

const char *
postern_push_get_what_to_do (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), NULL);
    return self->report != NULL ? self->report->what_to_do : NULL;
}

PosternJournal *
postern_push_get_journal (PosternPush *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH (self), NULL);
    return self->journal;
}
