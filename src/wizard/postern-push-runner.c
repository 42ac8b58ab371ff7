/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-push-runner.h"

#include <glib/gi18n-lib.h>
#include "wizard/postern-worker.h"

/*
 * What the worker thread has to itself while it runs.
 */
typedef struct {
    gatomicrefcount references;
    PosternGateway *gateway;
    PosternPush *push;
    PosternGatewayInfo *info;   /* who it is, if the session did not know yet */
    PosternPlan *configuration; /* what was read at the end, if it could be */
    char *revision;
} Job;

struct _PosternPushRunner {
    PosternWorkModel parent_instance;

    PosternSession *session;
    GString *log;
    Job *job;                /* of the push that runs, or ran last */
    PosternJournal *journal; /* of the push that is to be answered for */
    gboolean interrupted;
    PosternPushOutcome outcome;
    char *what_happened;
    char *what_is_live;
    char *what_to_do;
};

G_DEFINE_FINAL_TYPE (PosternPushRunner, postern_push_runner, POSTERN_TYPE_WORK_MODEL)

typedef enum {
    PROP_OUTCOME = 1,
    PROP_WHAT_HAPPENED,
    PROP_WHAT_IS_LIVE,
    PROP_WHAT_TO_DO,
    PROP_INTERRUPTED,
} PosternPushRunnerProperty;

static GParamSpec *properties[PROP_INTERRUPTED + 1];

enum { LOOKED, N_SIGNALS };

static guint signals[N_SIGNALS];

static Job *
job_ref (Job *job)
{
    g_atomic_ref_count_inc (&job->references);
    return job;
}

static void
job_unref (gpointer data)
{
    Job *job = data;

    if (!g_atomic_ref_count_dec (&job->references))
        return;
    g_clear_object (&job->gateway);
    g_clear_object (&job->push);
    g_clear_object (&job->info);
    g_clear_object (&job->configuration);
    g_free (job->revision);
    g_free (job);
}

/* Takes @push. */
static Job *
job_new (PosternGateway *gateway, PosternPush *push)
{
    Job *job = g_new0 (Job, 1);

    g_atomic_ref_count_init (&job->references);
    job->gateway = g_object_ref (gateway);
    job->push = push;
    return job;
}

static PosternPush *
make_push (PosternSession *session)
{
    PosternPlan *reviewed = postern_session_get_configuration (session);
    PosternPush *push = postern_push_new (postern_session_get_gateway (session), postern_session_get_plan (session),
                                          postern_session_get_revision (session));

    if (reviewed != NULL)
        postern_push_set_reviewed (push, reviewed);
    postern_push_keep_journal (push, postern_session_get_pin (session), postern_session_get_user (session));
    return push;
}

static void
on_progress_cb (PosternPush *push, PosternPushStep *step, PosternWorker *worker)
{
    postern_worker_report (worker, G_OBJECT (step));
}

static gpointer
run (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Job *job = data;
    gulong handler = g_signal_connect (job->push, "progress", G_CALLBACK (on_progress_cb), worker);

    /* How it ended is in the push itself, error or not. */
    postern_push_run (job->push, cancellable, NULL);
    g_signal_handler_disconnect (job->push, handler);
    job->configuration = postern_gateway_read (job->gateway, &job->revision, NULL, NULL);
    if (job->configuration != NULL)
        job->info = postern_gateway_connect (job->gateway, NULL, NULL);
    return GINT_TO_POINTER (TRUE);
}

static void
reset_items (PosternPushRunner *self)
{
    static const PosternPushState states[] = {
        POSTERN_PUSH_STATE_READING,
        POSTERN_PUSH_STATE_COMPARING,
        POSTERN_PUSH_STATE_WRITING,
        POSTERN_PUSH_STATE_READING_BACK,
    };
    GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = 0; i < G_N_ELEMENTS (states); i++)
        g_ptr_array_add (items, postern_push_item_new (states[i]));
    postern_work_model_take_items (POSTERN_WORK_MODEL (self), items);
}

static PosternPushItem *
find_item (PosternPushRunner *self, PosternPushState state)
{
    GPtrArray *items = postern_work_model_get_items (POSTERN_WORK_MODEL (self));
    PosternPushItem *item;

    for (guint i = 0; i < items->len; i++) {
        item = g_ptr_array_index (items, i);
        if (postern_push_item_get_state (item) == state)
            return item;
    }
    item = postern_push_item_new (state);
    g_ptr_array_add (items, item);
    postern_work_model_items_changed (POSTERN_WORK_MODEL (self), items->len - 1, 0, 1);
    return item;
}

static gboolean
is_end (PosternPushState state)
{
    return state == POSTERN_PUSH_STATE_DONE || state == POSTERN_PUSH_STATE_UNDONE || state == POSTERN_PUSH_STATE_STUCK;
}

static void
on_step_cb (gpointer source, GObject *event)
{
    PosternPushRunner *self = POSTERN_PUSH_RUNNER (source);
    PosternPushStep *step = POSTERN_PUSH_STEP (event);
    const char *answer = postern_push_step_get_answer (step);

    g_string_append_printf (self->log, "%s\n", postern_push_step_get_text (step));
    if (answer != NULL)
        g_string_append_printf (self->log, "    %s\n", answer);
    if (!is_end (postern_push_step_get_state (step)))
        postern_push_item_take (find_item (self, postern_push_step_get_state (step)), step);
}

static void
notify (PosternPushRunner *self, PosternPushRunnerProperty property)
{
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_texts (PosternPushRunner *self, const char *what_happened, const char *what_is_live, const char *what_to_do)
{
    if (g_set_str (&self->what_happened, what_happened))
        notify (self, PROP_WHAT_HAPPENED);
    if (g_set_str (&self->what_is_live, what_is_live))
        notify (self, PROP_WHAT_IS_LIVE);
    if (g_set_str (&self->what_to_do, what_to_do))
        notify (self, PROP_WHAT_TO_DO);
}

static void
set_outcome (PosternPushRunner *self, PosternPushOutcome outcome)
{
    if (self->outcome == outcome)
        return;
    self->outcome = outcome;
    notify (self, PROP_OUTCOME);
}

/* Takes @journal. */
static void
set_interrupted (PosternPushRunner *self, gboolean interrupted, PosternJournal *journal)
{
    g_clear_object (&self->journal);
    self->journal = journal;
    if (self->interrupted == interrupted)
        return;
    self->interrupted = interrupted;
    notify (self, PROP_INTERRUPTED);
}

/* What was read at the end is what the next review compares with. */
static void
take_connection (PosternPushRunner *self, Job *job)
{
    PosternGateway *gateway = postern_session_get_gateway (self->session);
    PosternGatewayInfo *info = job->info != NULL ? job->info : postern_session_get_info (self->session);

    if (job->configuration == NULL || info == NULL || (gateway != NULL && gateway != job->gateway))
        return;
    postern_session_set_connection (self->session, job->gateway, info, job->configuration, job->revision);
}

/* However it has ended: that is in the push itself, stopped or not. */
static void
done (gpointer model, gpointer result, const GError *error)
{
    PosternPushRunner *self = POSTERN_PUSH_RUNNER (model);
    Job *job = self->job;
    PosternJournal *journal = postern_push_get_journal (job->push);

    take_connection (self, job);
    set_texts (self, postern_push_get_what_happened (job->push), postern_push_get_what_is_live (job->push),
               postern_push_get_what_to_do (job->push));
    set_outcome (self, postern_push_get_outcome (job->push));
    set_interrupted (self, journal != NULL, journal != NULL ? g_object_ref (journal) : NULL);
}

/* Takes @job. */
static void
run_job (PosternPushRunner *self, Job *job)
{
    static const PosternWorkJob pushing = { .work = run, .data_free = job_unref, .progress = on_step_cb, .done = done };

    reset_items (self);
    g_string_truncate (self->log, 0);
    set_texts (self, NULL, NULL, NULL);
    set_outcome (self, POSTERN_PUSH_OUTCOME_NONE);
    g_clear_pointer (&self->job, job_unref);
    self->job = job;
    postern_work_model_start (POSTERN_WORK_MODEL (self), &pushing, job_ref (self->job), NULL);
}

void
postern_push_runner_start (PosternPushRunner *self)
{
    g_return_if_fail (POSTERN_IS_PUSH_RUNNER (self));
    g_return_if_fail (postern_session_get_gateway (self->session) != NULL);
    if (!postern_push_runner_get_running (self))
        run_job (self, job_new (postern_session_get_gateway (self->session), make_push (self->session)));
}

void
postern_push_runner_resume (PosternPushRunner *self, PosternGateway *gateway, gboolean undo)
{
    g_autoptr (PosternJournal) journal = NULL;

    g_return_if_fail (POSTERN_IS_PUSH_RUNNER (self));
    g_return_if_fail (POSTERN_IS_GATEWAY (gateway));
    g_return_if_fail (self->journal != NULL);
    if (postern_push_runner_get_running (self))
        return;
    journal = g_object_ref (self->journal);
    run_job (self, job_new (gateway, postern_push_new_resume (gateway, journal, undo)));
}

gboolean
postern_push_runner_give_up (PosternPushRunner *self, GError **error)
{
    PosternGatewayAddress *address;
    gboolean good;

    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), FALSE);
    g_return_val_if_fail (!postern_push_runner_get_running (self), FALSE);
    address = postern_session_get_address (self->session);
    good = self->journal != NULL ? postern_journal_give_up (self->journal, error)
                                 : address != NULL && postern_journal_forget (address, error);
    if (good)
        set_interrupted (self, FALSE, NULL);
    return good;
}

static gpointer
find_journal (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    return postern_journal_find (data, error);
}

static void
on_looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternPushRunner *self = POSTERN_PUSH_RUNNER (source);
    g_autoptr (GError) error = NULL;
    PosternJournal *journal = postern_worker_run_finish (self, result, &error);

    /* One that cannot be read is there all the same, and can only be given up. */
    if (error != NULL)
        set_texts (self, error->message, NULL, NULL);
    set_interrupted (self, journal != NULL || error != NULL, journal);
    g_signal_emit (self, signals[LOOKED], 0);
}

void
postern_push_runner_look (PosternPushRunner *self)
{
    PosternGatewayAddress *address;

    g_return_if_fail (POSTERN_IS_PUSH_RUNNER (self));
    address = postern_session_get_address (self->session);
    if (address == NULL)
        g_signal_emit (self, signals[LOOKED], 0);
    else
        postern_worker_run_async (self, find_journal, postern_gateway_address_ref (address),
                                  (GDestroyNotify)postern_gateway_address_unref, g_object_unref, NULL, NULL,
                                  on_looked_cb, NULL);
}

void
postern_push_runner_stop (PosternPushRunner *self, gboolean undo)
{
    g_return_if_fail (POSTERN_IS_PUSH_RUNNER (self));
    if (!postern_push_runner_get_running (self))
        return;
    postern_push_set_when_stopped (self->job->push, undo ? POSTERN_PUSH_STOP_UNDO : POSTERN_PUSH_STOP_KEEP);
    postern_work_model_cancel (POSTERN_WORK_MODEL (self));
}

static void
postern_push_runner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternPushRunner *self = POSTERN_PUSH_RUNNER (object);

    switch ((PosternPushRunnerProperty)id) {
    case PROP_OUTCOME:
        g_value_set_enum (value, self->outcome);
        break;
    case PROP_WHAT_HAPPENED:
        g_value_set_string (value, self->what_happened);
        break;
    case PROP_WHAT_IS_LIVE:
        g_value_set_string (value, self->what_is_live);
        break;
    case PROP_WHAT_TO_DO:
        g_value_set_string (value, self->what_to_do);
        break;
    case PROP_INTERRUPTED:
        g_value_set_boolean (value, self->interrupted);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_push_runner_finalize (GObject *object)
{
    PosternPushRunner *self = POSTERN_PUSH_RUNNER (object);

    g_clear_object (&self->session);
    g_clear_pointer (&self->job, job_unref);
    g_clear_object (&self->journal);
    g_string_free (self->log, TRUE);
    g_free (self->what_happened);
    g_free (self->what_is_live);
    g_free (self->what_to_do);
    G_OBJECT_CLASS (postern_push_runner_parent_class)->finalize (object);
}

static void
postern_push_runner_class_init (PosternPushRunnerClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_push_runner_get_property;
    object_class->finalize = postern_push_runner_finalize;
    POSTERN_WORK_MODEL_CLASS (klass)->item_type = POSTERN_TYPE_PUSH_ITEM;
    properties[PROP_OUTCOME] =
        g_param_spec_enum ("outcome", NULL, NULL, POSTERN_TYPE_PUSH_OUTCOME, POSTERN_PUSH_OUTCOME_NONE, read);
    properties[PROP_WHAT_HAPPENED] = g_param_spec_string ("what-happened", NULL, NULL, NULL, read);
    properties[PROP_WHAT_IS_LIVE] = g_param_spec_string ("what-is-live", NULL, NULL, NULL, read);
    properties[PROP_WHAT_TO_DO] = g_param_spec_string ("what-to-do", NULL, NULL, NULL, read);
    properties[PROP_INTERRUPTED] = g_param_spec_boolean ("interrupted", NULL, NULL, FALSE, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[LOOKED] =
        g_signal_new ("looked", POSTERN_TYPE_PUSH_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
postern_push_runner_init (PosternPushRunner *self)
{
    self->log = g_string_new (NULL);
}

PosternPushRunner *
postern_push_runner_new (PosternSession *session)
{
    PosternPushRunner *self = g_object_new (POSTERN_TYPE_PUSH_RUNNER, NULL);

    self->session = g_object_ref (session);
    return self;
}

gboolean
postern_push_runner_get_running (PosternPushRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), FALSE);
    return postern_work_model_get_running (POSTERN_WORK_MODEL (self));
}

PosternPushOutcome
postern_push_runner_get_outcome (PosternPushRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), POSTERN_PUSH_OUTCOME_NONE);
    return self->outcome;
}

const char *
postern_push_runner_get_what_happened (PosternPushRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), NULL);
    return self->what_happened;
}

GPtrArray *
postern_push_runner_get_changes (PosternPushRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), NULL);
    return self->job == NULL || postern_push_runner_get_running (self) ? NULL
                                                                       : postern_push_get_changes (self->job->push);
}

GPtrArray *
postern_push_runner_get_their_changes (PosternPushRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), NULL);
    return self->job == NULL || postern_push_runner_get_running (self)
               ? NULL
               : postern_push_get_their_changes (self->job->push);
}

PosternJournal *
postern_push_runner_get_journal (PosternPushRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), NULL);
    return self->journal;
}

gboolean
postern_push_runner_get_interrupted (PosternPushRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), FALSE);
    return self->interrupted;
}

char *
postern_push_runner_to_text (PosternPushRunner *self)
{
    g_autoptr (GString) text = g_string_new (NULL);
    const char *const parts[] = { self->what_happened, self->what_is_live, self->what_to_do };

    g_return_val_if_fail (POSTERN_IS_PUSH_RUNNER (self), NULL);
    g_string_append (text, self->log->str);
    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        if (parts[i] != NULL)
            g_string_append_printf (text, "\n%s\n", parts[i]);
    return g_string_free (g_steal_pointer (&text), FALSE);
}
