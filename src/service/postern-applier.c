/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-applier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-change.h"
#include "plan/postern-plan-json.h"
#include "service/postern-apply.h"
#include "service/postern-files.h"
#include "service/postern-live-proof.h"
#include "service/postern-service-error.h"
#include "service/postern-service-manager.h"
#include "service/postern-verdict-cache.h"

struct _PosternApplier {
    GObject parent_instance;

    PosternStore *store;
    PosternPostfixHost *host; /* not ours; NULL without an MTA */
    PosternScanner *scanner;  /* not ours; NULL without Rspamd */
    char *scratch;
    char *adopted;
    GMutex pushing;
};

G_DEFINE_FINAL_TYPE (PosternApplier, postern_applier, G_TYPE_OBJECT)

void
postern_push_outcome_clear (PosternPushOutcome *self)
{
    g_clear_pointer (&self->proofs, g_ptr_array_unref);
    g_clear_pointer (&self->scan_proof, postern_scan_proof_free);
}

/* A revision that was kept without an MTA has not been rendered yet. */
static PosternMtaState *
render_late (PosternApplier *self, PosternStoredRevision *current, const char *directory, GError **error)
{
    g_autoptr (PosternPlan) plan = postern_store_read_plan (self->store, current, NULL, NULL, error);
    g_autofree char *milters = postern_apply_compose_milters (NULL, self->adopted);
    g_autoptr (PosternMtaState) state =
        plan ? postern_mta_state_render (plan, current, self->host, directory, directory, milters, error) : NULL;

    if (state == NULL || !postern_files_sync_tree (directory, error))
        return NULL;
    return g_steal_pointer (&state);
}

static PosternMtaState *
load_revision (PosternApplier *self, PosternStoredRevision *current, GError **error)
{
    g_autofree char *directory = postern_store_get_directory (self->store, current);

    if (!postern_mta_state_adopt (self->host, self->adopted, error))
        return NULL;
    return postern_mta_state_is_rendered (directory) ? postern_mta_state_load (current, directory, error)
                                                     : render_late (self, current, directory, error);
}

/* The state of Postfix that belongs to @current; NULL without an error where posternd has set nothing. */
static gboolean
load_state (PosternApplier *self, PosternStoredRevision *current, PosternMtaState **state, GError **error)
{
    *state = NULL;
    if (!postern_stored_revision_is_unmanaged (current))
        *state = load_revision (self, current, error);
    else if (g_file_test (self->adopted, G_FILE_TEST_EXISTS))
        *state = postern_mta_state_load_adopted (self->adopted, error);
    else
        return TRUE;
    return *state != NULL;
}

/* What @current makes of Rspamd; NULL for nothing. */
static PosternScannerState *
load_scanner_state (PosternApplier *self, PosternStoredRevision *current)
{
    gboolean managed = !postern_stored_revision_is_unmanaged (current);
    g_autofree char *directory = managed ? postern_store_get_directory (self->store, current) : NULL;

    return directory ? postern_scanner_state_load (directory) : NULL;
}

/* After Postfix, which may have been the one that shows its messages to nobody yet. */
static gboolean
converge_scanner (PosternApplier *self, PosternStoredRevision *current, GError **error)
{
    g_autoptr (PosternScannerState) state = NULL;
    gboolean changed;

    if (self->scanner == NULL)
        return TRUE;
    state = load_scanner_state (self, current);
    if (!postern_scanner_restore (self->scanner, state, &changed, error))
        return FALSE;
    if (changed)
        g_message ("Rspamd was not in the state of revision %u and has been brought to it", current->number);
    return TRUE;
}

static gboolean
converge_postfix (PosternApplier *self, PosternStoredRevision *current, GError **error)
{
    g_autoptr (PosternMtaState) state = NULL;
    gboolean changed;

    if (self->host == NULL)
        return TRUE;
    if (!load_state (self, current, &state, error))
        return FALSE;
    if (state == NULL)
        return TRUE;
    if (!postern_mta_state_restore (state, self->host, self->scratch, &changed, error))
        return FALSE;
    if (postern_stored_revision_is_unmanaged (current))
        postern_mta_state_forget_adopted (self->adopted);
    if (changed)
        g_message ("Postfix was not in the state of revision %u and has been brought to it", current->number);
    return !changed || postern_verdict_cache_purge (self->host, NULL, NULL, NULL, error);
}

static gboolean
converge (PosternApplier *self, PosternStoredRevision *current, GError **error)
{
    return converge_postfix (self, current, error) && converge_scanner (self, current, error);
}

gboolean
postern_applier_converge (PosternApplier *self, GError **error)
{
    g_autoptr (PosternStoredRevision) current = NULL;
    g_autoptr (GMutexLocker) locker = NULL;

    g_return_val_if_fail (POSTERN_IS_APPLIER (self), FALSE);

    locker = g_mutex_locker_new (&self->pushing);
    current = postern_store_get_current (self->store, error);
    return current && converge (self, current, error);
}

static gboolean
confirm_scanner (PosternApplier *self, PosternStoredRevision *current, PosternPushOutcome *outcome, GError **error)
{
    g_autoptr (PosternScannerState) state = NULL;

    if (self->scanner == NULL)
        return TRUE;
    state = load_scanner_state (self, current);
    outcome->scan_proof =
        state ? postern_scan_proof_run (self->host, postern_scanner_get_settings (self->scanner), state, error) : NULL;
    return outcome->scan_proof != NULL;
}

/* The plan is the current one already: see that Postfix does it. */
static gboolean
confirm (PosternApplier *self, PosternStoredRevision *current, PosternPlan *plan, PosternPushOutcome *outcome,
         GError **error)
{
    PosternLiveProof *failure;
    g_autofree char *description = NULL;

    outcome->revision = current->number;
    if (self->host == NULL || postern_stored_revision_is_unmanaged (current))
        return TRUE;
    if (!converge (self, current, error) || (self->scanner && !postern_scanner_require_running (self->scanner, error)))
        return FALSE;
    g_clear_pointer (&outcome->proofs, g_ptr_array_unref);
    outcome->proofs = postern_live_proof_run (self->host, plan);
    failure = postern_live_proof_find_failure (outcome->proofs);
    if (failure == NULL)
        return confirm_scanner (self, current, outcome, error);
    description = postern_live_proof_describe (failure);
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 /* Translators: %s is a sentence. */
                 _ ("This configuration is the current one, but Postfix does not do what it says. %s"), description);
    return FALSE;
}

/* Whether @stored is what @plan says, in the same order. */
static gboolean
is_document_of (GBytes *stored, PosternPlan *plan)
{
    gsize length, stored_length;
    g_autofree char *json = postern_plan_to_json (plan, POSTERN_PLAN_FORM_API, &length);
    const char *data = g_bytes_get_data (stored, &stored_length);

    return length == stored_length && memcmp (json, data, length) == 0;
}

static gboolean
apply (PosternApplier *self, PosternStoredRevision *current, const PosternPushOrder *order, guint n_changes,
       PosternPushOutcome *outcome, GError **error)
{
    g_autoptr (PosternStoredRevision) next =
        postern_stored_revision_new (current->number + 1, order->by, order->restored_from, n_changes);
    g_auto (PosternApply) job = {
        .store = self->store,
        .host = self->host,
        .scanner = self->scanner,
        .scratch = self->scratch,
        .adopted = self->adopted,
        .from = current,
        .to = next,
        .to_plan = order->plan,
    };

    next->released = order->release;
    if (!postern_apply_run (&job, error))
        return FALSE;
    outcome->revision = next->number;
    if (job.proofs) {
        g_clear_pointer (&outcome->proofs, g_ptr_array_unref);
        outcome->proofs = g_steal_pointer (&job.proofs);
    }
    outcome->scan_proof = g_steal_pointer (&job.scan_proof);
    g_message ("revision %u is live: %u changes by %s", next->number, next->changes, next->by);
    postern_service_manager_tell_status ("Serving; the current revision is %u", next->number);
    return TRUE;
}

static gboolean
check_expected (PosternStoredRevision *current, guint expected, GError **error)
{
    if (current->number == expected)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_REVISION_CHANGED,
                 /* Translators: %1$u and %2$u are numbers of revisions: that of the configuration that is live,
                  * and the one that was expected. */
                 _ ("The current revision is %1$u, not %2$u: somebody else has changed the configuration."),
                 current->number, expected);
    return FALSE;
}

gboolean
postern_applier_check_expected (PosternApplier *self, guint expected, GError **error)
{
    g_autoptr (PosternStoredRevision) current = NULL;

    g_return_val_if_fail (POSTERN_IS_APPLIER (self), FALSE);

    current = postern_store_get_current (self->store, error);
    return current && check_expected (current, expected, error);
}

/*
 * Whether the revision still says all of what its plan does on this host: Rspamd may have come to it or gone from it,
 * and the name of the edge gateway may mean other addresses than it did.
 */
static gboolean
is_up_to_date (PosternApplier *self, PosternStoredRevision *current, PosternPlan *plan)
{
    g_autoptr (PosternScannerState) state = load_scanner_state (self, current);

    if (postern_stored_revision_is_unmanaged (current) || self->host == NULL)
        return TRUE;
    return (state != NULL) == (self->scanner != NULL) &&
           (state == NULL || !postern_scanner_state_differs (state, plan));
}

static gboolean
push (PosternApplier *self, const PosternPushOrder *order, PosternPushOutcome *outcome, GError **error)
{
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (self->store, error);
    g_autoptr (GBytes) stored = NULL;
    guint n_changes;
    gboolean same;

    if (current == NULL || !check_expected (current, order->expected, error))
        return FALSE;
    stored = postern_store_read_configuration (self->store, current, error);
    if (stored == NULL)
        return FALSE;
    same = is_document_of (stored, order->plan) && order->release == postern_stored_revision_is_unmanaged (current);
    if (same && is_up_to_date (self, current, order->plan))
        return confirm (self, current, order->plan, outcome, error);
    if (!postern_plan_count_changes (stored, order->plan, &n_changes, error))
        return FALSE;
    g_clear_pointer (&stored, g_bytes_unref); /* large: not to be kept while Postfix is busy */
    return apply (self, current, order, n_changes, outcome, error);
}

gboolean
postern_applier_push (PosternApplier *self, const PosternPushOrder *order, PosternPushOutcome *outcome, GError **error)
{
    gboolean pushed;

    g_return_val_if_fail (POSTERN_IS_APPLIER (self), FALSE);
    g_return_val_if_fail (order != NULL && outcome != NULL, FALSE);

    outcome->revision = 0;
    outcome->proofs = g_ptr_array_new ();
    outcome->scan_proof = NULL;
    if (!g_mutex_trylock (&self->pushing)) {
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_BUSY, _ ("Another push is running."));
        return FALSE;
    }
    pushed = push (self, order, outcome, error);
    g_mutex_unlock (&self->pushing);
    return pushed;
}

static void
postern_applier_finalize (GObject *object)
{
    PosternApplier *self = POSTERN_APPLIER (object);

    g_clear_object (&self->store);
    g_free (self->scratch);
    g_free (self->adopted);
    g_mutex_clear (&self->pushing);

    G_OBJECT_CLASS (postern_applier_parent_class)->finalize (object);
}

static void
postern_applier_class_init (PosternApplierClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = postern_applier_finalize;
}

static void
postern_applier_init (PosternApplier *self)
{
    g_mutex_init (&self->pushing);
}

PosternApplier *
postern_applier_new (PosternStore *store, PosternPostfixHost *host, PosternScanner *scanner,
                     const char *state_directory)
{
    PosternApplier *self = g_object_new (POSTERN_TYPE_APPLIER, NULL);

    self->store = g_object_ref (store);
    self->host = host;
    self->scanner = scanner;
    self->scratch = g_build_filename (state_directory, "candidate", NULL);
    self->adopted = g_build_filename (state_directory, "adopted", NULL);
    return self;
}
