/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-verification.h"

#include <glib/gi18n-lib.h>

#include "gateway/postern-proof-list.h"
#include "gateway/postern-refused-mail-proof.h"
#include "plan/postern-verdict.h"

/* How long to wait before a recipient that was put off is asked for again: as long as a probe of the internal server
 * takes. */
#define DEFAULT_PAUSE_MILLISECONDS 3000

struct _PosternVerification {
    GObject parent_instance;

    PosternPlan *plan;
    GPtrArray *proofs;
    guint pause_milliseconds;
};

typedef enum {
    PROP_PAUSE_MILLISECONDS = 1,
} PosternVerificationProperty;

static GParamSpec *properties[PROP_PAUSE_MILLISECONDS + 1];

enum {
    PROOF,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PosternVerification, postern_verification, G_TYPE_OBJECT)

static void
postern_verification_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    PosternVerification *self = POSTERN_VERIFICATION (object);

    switch ((PosternVerificationProperty)id) {
    case PROP_PAUSE_MILLISECONDS:
        self->pause_milliseconds = g_value_get_uint (value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
postern_verification_finalize (GObject *object)
{
    PosternVerification *self = POSTERN_VERIFICATION (object);

    g_clear_object (&self->plan);
    g_clear_pointer (&self->proofs, g_ptr_array_unref);
    G_OBJECT_CLASS (postern_verification_parent_class)->finalize (object);
}

static void
postern_verification_class_init (PosternVerificationClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->set_property = postern_verification_set_property;
    object_class->finalize = postern_verification_finalize;

    properties[PROP_PAUSE_MILLISECONDS] =
        g_param_spec_uint ("pause-milliseconds", NULL, NULL, 0, 60000, DEFAULT_PAUSE_MILLISECONDS,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

    signals[PROOF] = g_signal_new ("proof", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, POSTERN_TYPE_PROOF);
}

static void
postern_verification_init (PosternVerification *self)
{
}

PosternVerification *
postern_verification_new (PosternPlan *plan, const char *const *known_recipients)
{
    PosternVerification *self;

    g_return_val_if_fail (POSTERN_IS_PLAN (plan), NULL);

    self = g_object_new (POSTERN_TYPE_VERIFICATION, NULL);
    self->plan = postern_plan_copy (plan);
    self->proofs = postern_proof_list_new (self->plan, known_recipients);
    return self;
}

void
postern_verification_include_scanning (PosternVerification *self)
{
    g_return_if_fail (POSTERN_IS_VERIFICATION (self));

    g_ptr_array_add (self->proofs, postern_refused_mail_proof_new (self->plan));
}

GPtrArray *
postern_verification_get_proofs (PosternVerification *self)
{
    g_return_val_if_fail (POSTERN_IS_VERIFICATION (self), NULL);
    return g_ptr_array_copy (self->proofs, (GCopyFunc)g_object_ref, NULL);
}

/* Waits, but not longer than until @cancellable is cancelled. */
static void
wait_a_while (guint milliseconds, GCancellable *cancellable)
{
    GPollFD fd = { 0 };

    if (milliseconds == 0)
        return;
    if (cancellable == NULL || !g_cancellable_make_pollfd (cancellable, &fd)) {
        g_usleep ((gulong)milliseconds * 1000);
        return;
    }
    g_poll (&fd, 1, milliseconds);
    g_cancellable_release_fd (cancellable);
}

static PosternFlow *
ask (PosternProof *proof, PosternGateway *gateway, GCancellable *cancellable, GError **error)
{
    return postern_gateway_probe_flow (gateway, postern_proof_get_client (proof), postern_proof_get_sender (proof),
                                       postern_proof_get_recipient (proof), cancellable, error);
}

static PosternFlow *
ask_patiently (PosternVerification *self, PosternProof *proof, PosternGateway *gateway, GCancellable *cancellable,
               GError **error)
{
    GError *reason = NULL;
    PosternFlow *flow = ask (proof, gateway, cancellable, &reason);

    if (flow != NULL && postern_flow_get_verdict (flow) != POSTERN_FLOW_DEFERRED)
        return flow;
    if (flow == NULL && !g_error_matches (reason, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_RATE_LIMITED)) {
        g_propagate_error (error, reason);
        return NULL;
    }
    g_clear_object (&flow);
    g_clear_error (&reason);
    wait_a_while (self->pause_milliseconds, cancellable);
    return ask (proof, gateway, cancellable, error);
}

static PosternProof *
prove (PosternVerification *self, PosternProof *proof, PosternGateway *gateway, GCancellable *cancellable,
       GError **error)
{
    g_autoptr (PosternFlow) flow = NULL;
    g_autoptr (PosternScan) scan = NULL;

    if (postern_proof_get_kind (proof) == POSTERN_PROOF_REFUSED_MAIL) {
        scan = postern_gateway_probe_scan (gateway, cancellable, error);
        return scan != NULL ? postern_refused_mail_proof_decide (proof, self->plan, scan) : NULL;
    }
    flow = ask_patiently (self, proof, gateway, cancellable, error);
    return flow != NULL ? postern_proof_decide (proof, self->plan, flow) : NULL;
}

gboolean
postern_verification_run (PosternVerification *self, PosternGateway *gateway, GCancellable *cancellable, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_VERIFICATION (self), FALSE);
    g_return_val_if_fail (POSTERN_IS_GATEWAY (gateway), FALSE);
    g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

    for (guint i = 0; i < self->proofs->len; i++) {
        PosternProof *proof = self->proofs->pdata[i];
        PosternProof *decided = prove (self, proof, gateway, cancellable, error);

        if (decided == NULL)
            return FALSE;
        self->proofs->pdata[i] = decided;
        g_object_unref (proof);
        g_signal_emit (self, signals[PROOF], 0, i, self->proofs->pdata[i]);
    }
    return TRUE;
}

gboolean
postern_verification_all_hold (PosternVerification *self)
{
    g_return_val_if_fail (POSTERN_IS_VERIFICATION (self), FALSE);

    for (guint i = 0; i < self->proofs->len; i++) {
        if (postern_proof_get_state (self->proofs->pdata[i]) != POSTERN_PROOF_HOLDS)
            return FALSE;
    }
    return TRUE;
}
