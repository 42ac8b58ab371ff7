/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-verification-runner.h"

struct _PosternVerificationRunner {
    PosternWorkModel parent_instance;

    char *failure;
};

typedef struct {
    PosternVerification *verification;
    PosternGateway *gateway;
} Job;

G_DEFINE_FINAL_TYPE (PosternVerificationRunner, postern_verification_runner, POSTERN_TYPE_WORK_MODEL)

typedef enum {
    PROP_FAILURE = 1,
} PosternVerificationRunnerProperty;

static GParamSpec *properties[PROP_FAILURE + 1];

static void
job_free (gpointer data)
{
    Job *job = data;

    g_clear_object (&job->verification);
    g_clear_object (&job->gateway);
    g_free (job);
}

static void
on_proof_cb (PosternVerification *verification, guint position, PosternProof *proof, PosternWorker *worker)
{
    postern_worker_report (worker, G_OBJECT (proof));
}

static gpointer
run (PosternWorker *worker, gpointer data, GCancellable *cancellable, GError **error)
{
    Job *job = data;
    gulong handler = g_signal_connect (job->verification, "proof", G_CALLBACK (on_proof_cb), worker);
    gboolean asked = postern_verification_run (job->verification, job->gateway, cancellable, error);

    g_signal_handler_disconnect (job->verification, handler);
    return GINT_TO_POINTER (asked);
}

static GPtrArray *
proofs_of (PosternVerificationRunner *self)
{
    return postern_work_model_get_items (POSTERN_WORK_MODEL (self));
}

static void
tell_changed (PosternVerificationRunner *self, guint position, guint n)
{
    postern_work_model_items_changed (POSTERN_WORK_MODEL (self), position, n, n);
}

static gboolean
is_same (PosternProof *a, PosternProof *b)
{
    return postern_proof_get_kind (a) == postern_proof_get_kind (b) &&
           g_str_equal (postern_proof_get_client (a), postern_proof_get_client (b)) &&
           g_str_equal (postern_proof_get_recipient (a), postern_proof_get_recipient (b));
}

gboolean
postern_verification_runner_is_asked (PosternVerificationRunner *self, PosternProof *proof)
{
    GPtrArray *proofs;

    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), FALSE);
    if (!postern_verification_runner_get_running (self))
        return FALSE;
    proofs = proofs_of (self);
    for (guint i = 0; i < proofs->len; i++)
        if (postern_proof_get_state (g_ptr_array_index (proofs, i)) == POSTERN_PROOF_PENDING)
            return g_ptr_array_index (proofs, i) == proof;
    return FALSE;
}

/* The decided proof takes the place of the pending one, and the next one is asked for. */
static void
on_decided_cb (gpointer source, GObject *event)
{
    PosternVerificationRunner *self = POSTERN_VERIFICATION_RUNNER (source);
    GPtrArray *proofs = proofs_of (self);

    for (guint i = 0; i < proofs->len; i++) {
        if (!is_same (g_ptr_array_index (proofs, i), POSTERN_PROOF (event)))
            continue;
        g_object_unref (g_ptr_array_index (proofs, i));
        g_ptr_array_index (proofs, i) = g_object_ref (event);
        tell_changed (self, i, MIN (2, proofs->len - i));
        return;
    }
}

static void
set_failure (PosternVerificationRunner *self, const char *failure)
{
    if (g_set_str (&self->failure, failure))
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
}

static void
done (gpointer model, gpointer result, const GError *error)
{
    if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_failure (model, error->message);
}

/* Those that were never asked for are no longer waited for. */
static void
on_running_changed_cb (PosternVerificationRunner *self)
{
    if (!postern_verification_runner_get_running (self))
        tell_changed (self, 0, proofs_of (self)->len);
}

void
postern_verification_runner_start (PosternVerificationRunner *self, PosternGateway *gateway, PosternPlan *plan,
                                   gboolean scanning, const char *const *known_recipients, GCancellable *cancellable)
{
    static const PosternWorkJob asking = {
        .work = run, .data_free = job_free, .progress = on_decided_cb, .done = done
    };
    Job *job;

    g_return_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self));
    g_return_if_fail (POSTERN_IS_GATEWAY (gateway));
    if (postern_verification_runner_get_running (self))
        return;
    job = g_new0 (Job, 1);
    job->verification = postern_verification_new (plan, known_recipients);
    if (scanning)
        postern_verification_include_scanning (job->verification);
    job->gateway = g_object_ref (gateway);
    set_failure (self, NULL);
    postern_work_model_take_items (POSTERN_WORK_MODEL (self), postern_verification_get_proofs (job->verification));
    postern_work_model_start (POSTERN_WORK_MODEL (self), &asking, job, cancellable);
}

static void
postern_verification_runner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_FAILURE)
        g_value_set_string (value, POSTERN_VERIFICATION_RUNNER (object)->failure);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
postern_verification_runner_finalize (GObject *object)
{
    g_free (POSTERN_VERIFICATION_RUNNER (object)->failure);
    G_OBJECT_CLASS (postern_verification_runner_parent_class)->finalize (object);
}

static void
postern_verification_runner_class_init (PosternVerificationRunnerClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_verification_runner_get_property;
    object_class->finalize = postern_verification_runner_finalize;
    POSTERN_WORK_MODEL_CLASS (klass)->item_type = POSTERN_TYPE_PROOF;
    properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_verification_runner_init (PosternVerificationRunner *self)
{
    g_signal_connect (self, "notify::running", G_CALLBACK (on_running_changed_cb), NULL);
}

PosternVerificationRunner *
postern_verification_runner_new (void)
{
    return g_object_new (POSTERN_TYPE_VERIFICATION_RUNNER, NULL);
}

gboolean
postern_verification_runner_get_running (PosternVerificationRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), FALSE);
    return postern_work_model_get_running (POSTERN_WORK_MODEL (self));
}

const char *
postern_verification_runner_get_failure (PosternVerificationRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), NULL);
    return self->failure;
}

guint
postern_verification_runner_count (PosternVerificationRunner *self, PosternProofState state)
{
    GPtrArray *proofs;
    guint n = 0;

    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), 0);
    proofs = proofs_of (self);
    for (guint i = 0; i < proofs->len; i++)
        n += postern_proof_get_state (g_ptr_array_index (proofs, i)) == state;
    return n;
}

GPtrArray *
postern_verification_runner_get_proofs (PosternVerificationRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), NULL);
    return proofs_of (self);
}
