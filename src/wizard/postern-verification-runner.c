/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-verification-runner.h"

#include "wizard/postern-worker.h"

struct _PosternVerificationRunner {
    GObject parent_instance;

    GPtrArray *proofs;
    gboolean running;
    char *failure;
};

typedef struct {
    PosternVerification *verification;
    PosternGateway *gateway;
} Job;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PosternVerificationRunner, postern_verification_runner, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

typedef enum {
    PROP_RUNNING = 1,
    PROP_FAILURE,
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

static void
tell_changed (PosternVerificationRunner *self, guint position, guint n)
{
    g_list_model_items_changed (G_LIST_MODEL (self), position, n, n);
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
    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), FALSE);
    if (!self->running)
        return FALSE;
    for (guint i = 0; i < self->proofs->len; i++)
        if (postern_proof_get_state (g_ptr_array_index (self->proofs, i)) == POSTERN_PROOF_PENDING)
            return g_ptr_array_index (self->proofs, i) == proof;
    return FALSE;
}

/* The decided proof takes the place of the pending one, and the next one is asked for. */
static void
on_decided_cb (gpointer source, GObject *event)
{
    PosternVerificationRunner *self = POSTERN_VERIFICATION_RUNNER (source);

    for (guint i = 0; i < self->proofs->len; i++) {
        if (!is_same (g_ptr_array_index (self->proofs, i), POSTERN_PROOF (event)))
            continue;
        g_object_unref (g_ptr_array_index (self->proofs, i));
        g_ptr_array_index (self->proofs, i) = g_object_ref (event);
        tell_changed (self, i, MIN (2, self->proofs->len - i));
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
set_running (PosternVerificationRunner *self, gboolean running)
{
    if (self->running == running)
        return;
    self->running = running;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
on_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    PosternVerificationRunner *self = POSTERN_VERIFICATION_RUNNER (source);
    g_autoptr (GError) error = NULL;

    postern_worker_run_finish (self, result, &error);
    if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        set_failure (self, error->message);
    set_running (self, FALSE);
    /* Those that were never asked for are no longer waited for. */
    tell_changed (self, 0, self->proofs->len);
}

void
postern_verification_runner_start (PosternVerificationRunner *self, PosternGateway *gateway, PosternPlan *plan,
                                   gboolean scanning, const char *const *known_recipients, GCancellable *cancellable)
{
    Job *job;
    guint before;

    g_return_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self));
    g_return_if_fail (POSTERN_IS_GATEWAY (gateway));
    if (self->running)
        return;
    job = g_new0 (Job, 1);
    job->verification = postern_verification_new (plan, known_recipients);
    if (scanning)
        postern_verification_include_scanning (job->verification);
    job->gateway = g_object_ref (gateway);
    before = self->proofs->len;
    g_ptr_array_unref (self->proofs);
    self->proofs = postern_verification_get_proofs (job->verification);
    set_failure (self, NULL);
    set_running (self, TRUE);
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->proofs->len);
    postern_worker_run_async (self, run, job, job_free, NULL, on_decided_cb, cancellable, on_ended_cb, NULL);
}

static GType
get_item_type (GListModel *model)
{
    return POSTERN_TYPE_PROOF;
}

static guint
get_n_items (GListModel *model)
{
    return POSTERN_VERIFICATION_RUNNER (model)->proofs->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
    PosternVerificationRunner *self = POSTERN_VERIFICATION_RUNNER (model);

    return position < self->proofs->len ? g_object_ref (g_ptr_array_index (self->proofs, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
    iface->get_item_type = get_item_type;
    iface->get_n_items = get_n_items;
    iface->get_item = get_item;
}

static void
postern_verification_runner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    PosternVerificationRunner *self = POSTERN_VERIFICATION_RUNNER (object);

    switch ((PosternVerificationRunnerProperty)id) {
    case PROP_RUNNING:
        g_value_set_boolean (value, self->running);
        break;
    case PROP_FAILURE:
        g_value_set_string (value, self->failure);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_verification_runner_finalize (GObject *object)
{
    PosternVerificationRunner *self = POSTERN_VERIFICATION_RUNNER (object);

    g_ptr_array_unref (self->proofs);
    g_free (self->failure);
    G_OBJECT_CLASS (postern_verification_runner_parent_class)->finalize (object);
}

static void
postern_verification_runner_class_init (PosternVerificationRunnerClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    object_class->get_property = postern_verification_runner_get_property;
    object_class->finalize = postern_verification_runner_finalize;
    properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, read);
    properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, read);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
postern_verification_runner_init (PosternVerificationRunner *self)
{
    self->proofs = g_ptr_array_new_with_free_func (g_object_unref);
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
    return self->running;
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
    guint n = 0;

    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), 0);
    for (guint i = 0; i < self->proofs->len; i++)
        n += postern_proof_get_state (g_ptr_array_index (self->proofs, i)) == state;
    return n;
}

GPtrArray *
postern_verification_runner_get_proofs (PosternVerificationRunner *self)
{
    g_return_val_if_fail (POSTERN_IS_VERIFICATION_RUNNER (self), NULL);
    return self->proofs;
}
