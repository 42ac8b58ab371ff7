/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-push.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-push-patience.h"
#include "gateway/postern-push-report.h"

#define DEFAULT_PAUSE_MILLISECONDS 1000

/*
 * What a push knows and what it does not:
 *
 * `before` is what was read, `revision` which revision that was. Once writing has begun, only what is read afterwards
 * is believed; whether the write was said to have failed does not matter then. What is read is the plan (done), what
 * was there before (undone), or something else: someone else's configuration, or one that the gateway has made of the
 * plan and that is taken back.
 */
struct _PosternPush {
    GObject parent_instance;

    PosternGateway *gateway;
    PosternPlan *plan;
    PosternPlan *reviewed;
    char *expected_revision;
    char *restored_revision; /* NULL unless an old revision is to be live again */
    guint pause_milliseconds;

    PosternPlan *before;
    char *before_revision;
    char *revision;
    GPtrArray *changes;
    GPtrArray *their_changes;
    PosternPushOutcome outcome;
    PosternPushReport *report;
};

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

static void
tell (PosternPush *self, PosternPushState state, PosternPushResult result, const char *text, const char *answer)
{
    /* Over the Gateway API each state is one step: the gateway takes the whole configuration at once. */
    g_autoptr (PosternPushStep) step = postern_push_step_new (state, result, 1, 1, text, answer);

    g_signal_emit (self, signals[PROGRESS], 0, step);
}

static char *
get_place (PosternPush *self)
{
    return postern_gateway_address_to_display (postern_gateway_get_address (self->gateway));
}

/* Whether it knows no transactions, so that something may be left of a push that failed. */
static gboolean
is_record_by_record (PosternPush *self)
{
    return postern_gateway_address_get_kind (postern_gateway_get_address (self->gateway)) == POSTERN_GATEWAY_KIND_PMG;
}

/* Notes what was read. */
static void
set_revision (PosternPush *self, const char *revision)
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

/* The end. Takes @report. */
static void
end (PosternPush *self, PosternPushOutcome outcome, PosternPushReport *report)
{
    self->outcome = outcome;
    self->report = report;
    tell (self, last_states[outcome],
          outcome == POSTERN_PUSH_OUTCOME_DONE ? POSTERN_PUSH_RESULT_DONE : POSTERN_PUSH_RESULT_FAILED,
          report->what_is_live, report->what_happened);
}

/* The end in something that is not what was wanted. Takes @report. */
static gboolean
end_with (PosternPush *self, PosternPushOutcome outcome, PosternPushReport *report, PosternGatewayError code,
          GError **error)
{
    g_propagate_error (error, postern_push_report_to_error (report, code));
    end (self, outcome, report);
    return FALSE;
}

static gboolean
read_all (PosternPush *self, GCancellable *cancellable, GError **error)
{
    self->before = postern_gateway_read (self->gateway, &self->before_revision, cancellable, error);
    if (self->before == NULL)
        return FALSE;
    set_revision (self, self->before_revision);
    if (self->restored_revision == NULL)
        return TRUE;
    self->plan = postern_gateway_read_revision (self->gateway, self->restored_revision, cancellable, error);
    return self->plan != NULL;
}

/* Takes @reason. */
static gboolean
end_untouched (PosternPush *self, GError *reason, GError **error)
{
    end (self, POSTERN_PUSH_OUTCOME_UNTOUCHED, postern_push_report_untouched (reason));
    g_propagate_error (error, reason);
    return FALSE;
}

static gboolean
read_first (PosternPush *self, GCancellable *cancellable, GError **error)
{
    g_autofree char *place = get_place (self);
    g_autofree char *answer = NULL;
    /* Translators: %s is a host. */
    g_autofree char *text = g_strdup_printf (_ ("Reading what %s has"), place);
    GError *reason = NULL;

    tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    if (!read_all (self, cancellable, &reason)) {
        tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_FAILED, text, postern_push_report_explain (reason));
        return end_untouched (self, reason, error);
    }
    /* Translators: %s is a number. */
    answer = g_strdup_printf (_ ("Revision %s"), self->before_revision);
    tell (self, POSTERN_PUSH_STATE_READING, POSTERN_PUSH_RESULT_DONE, text, answer);
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

/* Someone else was there since @base, which may be unknown. */
static gboolean
end_in_conflict (PosternPush *self, PosternPlan *base, PosternPlan *now, GError **error)
{
    g_autofree char *place = get_place (self);
    guint n = 0;

    if (base != NULL) {
        self->their_changes = postern_plan_compare (base, now);
        n = self->their_changes->len;
    }
    return end_with (self, POSTERN_PUSH_OUTCOME_CONFLICT, postern_push_report_conflict (place, n),
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

    tell (self, POSTERN_PUSH_STATE_COMPARING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    /* Where there is nothing to write, nobody's work can be overwritten. */
    if (!postern_plan_equal (self->before, self->plan) && !is_as_reviewed (self, NULL)) {
        reviewed = get_reviewed (self, cancellable);
        if (!is_as_reviewed (self, reviewed)) {
            tell (self, POSTERN_PUSH_STATE_COMPARING, POSTERN_PUSH_RESULT_FAILED, text,
                  _ ("Someone else has changed it since."));
            return end_in_conflict (self, reviewed, self->before, error);
        }
    }
    self->changes = postern_plan_compare (self->before, self->plan);
    answer = self->changes->len == 0
                 ? g_strdup (_ ("No changes"))
                 : g_strdup_printf (ngettext ("%u change", "%u changes", self->changes->len), self->changes->len);
    tell (self, POSTERN_PUSH_STATE_COMPARING, POSTERN_PUSH_RESULT_DONE, text, answer);
    return TRUE;
}

/* A cancellation no longer counts here: the person is to be told what is live. */
static PosternPlan *
read_now (PosternPush *self, GError **error)
{
    g_autofree char *revision = NULL;
    PosternPlan *now = postern_push_read_patiently (self->gateway, &revision, self->pause_milliseconds, error);

    if (now != NULL)
        set_revision (self, revision);
    return now;
}

static PosternPlan *
read_back (PosternPush *self, GError **error)
{
    g_autofree char *place = get_place (self);
    /* Translators: %s is a host. */
    g_autofree char *text = g_strdup_printf (_ ("Reading back what %s has now"), place);
    g_autofree char *answer = NULL;
    GError *reason = NULL;
    PosternPlan *now;

    tell (self, POSTERN_PUSH_STATE_READING_BACK, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    now = read_now (self, &reason);
    if (now == NULL) {
        tell (self, POSTERN_PUSH_STATE_READING_BACK, POSTERN_PUSH_RESULT_FAILED, text,
              postern_push_report_explain (reason));
        g_propagate_error (error, reason);
        return NULL;
    }
    answer = g_strdup_printf (_ ("Revision %s"), self->revision);
    tell (self, POSTERN_PUSH_STATE_READING_BACK, POSTERN_PUSH_RESULT_DONE, text, answer);
    return now;
}

static gboolean
end_done (PosternPush *self, const GError *write_error)
{
    g_autofree char *place = get_place (self);

    end (self, POSTERN_PUSH_OUTCOME_DONE,
         postern_push_report_done (place, self->revision, self->changes->len, write_error));
    return TRUE;
}

static gboolean
end_undone (PosternPush *self, const GError *why, GError **error)
{
    end (self, POSTERN_PUSH_OUTCOME_UNDONE, postern_push_report_undone (why, self->revision));
    g_propagate_error (error, g_error_copy (why));
    return FALSE;
}

/* What is live could not be read. @write_error: (nullable): what the write itself ended with. */
static gboolean
end_unread (PosternPush *self, const GError *write_error, const GError *read_error, GError **error)
{
    if (write_error == NULL || postern_gateway_error_may_have_been_carried_out (write_error))
        return end_with (self, POSTERN_PUSH_OUTCOME_STUCK, postern_push_report_unread (write_error, read_error),
                         POSTERN_GATEWAY_ERROR_STUCK, error);
    end (self, POSTERN_PUSH_OUTCOME_UNDONE, postern_push_report_refused (write_error));
    g_propagate_error (error, g_error_copy (write_error));
    return FALSE;
}

/* Takes back what the gateway has made of the plan, which is something else than the plan. */
static gboolean
undo (PosternPush *self, GError **error)
{
    const char *text = _ ("Taking the change back");
    g_autoptr (GError) reason = NULL;
    g_autoptr (GError) why = NULL;
    g_autofree char *revision = NULL;
    g_autoptr (PosternPlan) now = NULL;

    tell (self, POSTERN_PUSH_STATE_UNDOING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    revision = postern_gateway_write (self->gateway, self->before, self->revision, NULL, &reason);
    tell (self, POSTERN_PUSH_STATE_UNDOING, revision != NULL ? POSTERN_PUSH_RESULT_DONE : POSTERN_PUSH_RESULT_FAILED,
          text, revision != NULL ? _ ("Accepted") : postern_push_report_explain (reason));
    now = read_back (self, NULL);
    if (now == NULL || !postern_plan_equal (now, self->before))
        return end_with (self, POSTERN_PUSH_OUTCOME_STUCK, postern_push_report_not_undone (now != NULL),
                         POSTERN_GATEWAY_ERROR_STUCK, error);
    why = g_error_new_literal (
        POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
        _ ("The gateway has accepted the plan, but what was read back is something else. The change was "
           "taken back. Check whether gateway and Postern are of the same version."));
    return end_undone (self, why, error);
}

/* What was read after writing is neither the plan nor what was there before. */
static gboolean
end_elsewhere (PosternPush *self, PosternPlan *now, const char *written, const GError *write_error, GError **error)
{
    if (write_error != NULL && !postern_gateway_error_may_have_been_carried_out (write_error))
        return end_in_conflict (self, self->before, now, error);
    if (written != NULL && g_str_equal (written, self->revision))
        return undo (self, error);
    self->their_changes = postern_plan_compare (self->plan, now);
    return end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                     postern_push_report_overtaken (written, write_error, self->revision), POSTERN_GATEWAY_ERROR_STUCK,
                     error);
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
    return !is_record_by_record (self) || now == NULL ||
           !(postern_plan_equal (now, self->before) || postern_plan_equal (now, self->plan));
}

/* Writing was tried; now only what is read counts. */
static gboolean
conclude (PosternPush *self, const char *written, const GError *write_error, GError **error)
{
    g_autoptr (GError) read_error = NULL;
    g_autoptr (GError) changed_mind = NULL;
    g_autoptr (PosternPlan) now = read_back (self, &read_error);
    gboolean settled = TRUE;

    if (now != NULL && needs_to_settle (self, now, write_error)) {
        settled = postern_push_wait_until_settled (self->gateway, self->before, self->before_revision,
                                                   self->pause_milliseconds);
        g_clear_object (&now);
        now = read_now (self, &read_error);
    }
    if (is_in_between (self, now, write_error))
        return end_with (self, POSTERN_PUSH_OUTCOME_STUCK,
                         is_record_by_record (self) ? postern_push_report_left (write_error, now != NULL)
                                                    : postern_push_report_in_between (write_error, self->revision),
                         POSTERN_GATEWAY_ERROR_STUCK, error);
    if (now == NULL)
        return end_unread (self, write_error, read_error, error);
    if (postern_plan_equal (now, self->plan))
        return end_done (self, write_error);
    if (!postern_plan_equal (now, self->before))
        return end_elsewhere (self, now, written, write_error, error);
    if (!settled)
        return end_with (self, POSTERN_PUSH_OUTCOME_STUCK, postern_push_report_unsettled (write_error, self->revision),
                         POSTERN_GATEWAY_ERROR_STUCK, error);
    if (write_error != NULL)
        return end_undone (self, write_error, error);
    changed_mind =
        g_error_new_literal (POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_PROTOCOL,
                             _ ("The gateway has accepted the plan, but it still has the old configuration. Look "
                                "into the log of the gateway's service."));
    return end_undone (self, changed_mind, error);
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

static gboolean
write_plan (PosternPush *self, GCancellable *cancellable, GError **error)
{
    g_autofree char *text = NULL;
    g_autofree char *written = NULL;
    g_autofree char *answer = NULL;
    g_autoptr (GError) reason = NULL;
    gulong handler;

    text =
        g_strdup_printf (ngettext ("Writing %u change", "Writing %u changes", self->changes->len), self->changes->len);
    tell (self, POSTERN_PUSH_STATE_WRITING, POSTERN_PUSH_RESULT_WORKING, text, NULL);
    handler = g_signal_connect (self->gateway, "progress", G_CALLBACK (on_progress_cb), self);
    if (self->restored_revision != NULL)
        written = postern_gateway_restore (self->gateway, self->restored_revision, self->before_revision, cancellable,
                                           &reason);
    else
        written = postern_gateway_write (self->gateway, self->plan, self->before_revision, cancellable, &reason);
    g_signal_handler_disconnect (self->gateway, handler);
    if (written != NULL)
        answer = g_strdup_printf (_ ("Accepted as revision %s"), written);
    tell (self, POSTERN_PUSH_STATE_WRITING, written != NULL ? POSTERN_PUSH_RESULT_DONE : POSTERN_PUSH_RESULT_FAILED,
          text, written != NULL ? answer : postern_push_report_explain (reason));
    return conclude (self, written, reason, error);
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

void
postern_push_set_reviewed (PosternPush *self, PosternPlan *reviewed)
{
    g_return_if_fail (POSTERN_IS_PUSH (self));
    g_return_if_fail (POSTERN_IS_PLAN (reviewed));
    g_return_if_fail (self->before == NULL);

    g_clear_object (&self->reviewed);
    self->reviewed = postern_plan_copy (reviewed);
}

gboolean
postern_push_run (PosternPush *self, GCancellable *cancellable, GError **error)
{
    GError *stopped = NULL;

    g_return_val_if_fail (POSTERN_IS_PUSH (self), FALSE);
    g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);
    g_return_val_if_fail (self->outcome == POSTERN_PUSH_OUTCOME_NONE, FALSE);

    if (!read_first (self, cancellable, error) || !compare (self, cancellable, error))
        return FALSE;
    if (postern_plan_equal (self->before, self->plan))
        return end_done (self, NULL);
    if (g_cancellable_set_error_if_cancelled (cancellable, &stopped))
        return end_untouched (self, stopped, error);
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
