/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-apply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-plan-json.h"
#include "service/postern-live-proof.h"
#include "service/postern-milters.h"
#include "service/postern-postfix-complaints.h"
#include "service/postern-service-error.h"
#include "service/postern-service-log.h"
#include "service/postern-test-fault.h"
#include "service/postern-verdict-cache.h"

/* Seen after many reloads at once: postlogd(8) hangs and holds up everyone who logs until its watchdog ends it after
 * ten seconds. */
#define TAKE_OVER_SECONDS 40

/* Before anything else is touched: what main.cf says without us. */
static gboolean
adopt (PosternApply *self, GError **error)
{
    g_autofree char *directory = NULL;

    if (!postern_postfix_host_is_running (self->host, error)) {
        g_prefix_error_literal (error, _ ("Postfix is not running. "));
        return FALSE;
    }
    if (!postern_mta_state_adopt (self->host, self->adopted, error))
        return FALSE;
    directory = postern_store_get_directory (self->store, self->from);
    if (postern_stored_revision_is_unmanaged (self->from)) {
        self->from_state = postern_mta_state_load_adopted (self->adopted, error);
        return self->from_state != NULL;
    }
    self->from_state = postern_mta_state_load (self->from, directory, error);
    if (self->from_state)
        self->from_scanner = postern_scanner_state_load (directory);
    return self->from_state != NULL;
}

/* Before anything is touched: there must be somebody who scans. */
static gboolean
open_scanner (PosternApply *self, GError **error)
{
    if (self->to->released)
        return postern_scanner_reach (self->scanner, self->from_scanner, error);
    return postern_scanner_open (self->scanner, self->from_scanner, error) &&
           postern_scanner_require_running (self->scanner, error);
}

char *
postern_apply_compose_milters (PosternScanner *scanner, const char *adopted)
{
    g_autoptr (PosternMtaState) before = postern_mta_state_load_adopted (adopted, NULL);
    const char *milters = before ? postern_mta_state_get_setting (before, POSTERN_MILTERS_PARAMETER) : NULL;

    return scanner ? postern_milters_compose (milters, postern_scanner_get_settings (scanner)->milter)
                   : g_strdup (milters);
}

/* The document is made anew rather than kept since it was compared: it is as large as all of Postfix's tables. */
static gboolean
begin (PosternApply *self, GError **error)
{
    gsize length;
    char *json = postern_plan_to_json (self->to_plan, POSTERN_PLAN_FORM_API, &length);
    g_autoptr (GBytes) document = g_bytes_new_take (json, length);

    self->part = postern_store_begin (self->store, self->to, document, error);
    return self->part != NULL;
}

static gboolean
render (PosternApply *self, GError **error)
{
    g_autofree char *directory = postern_store_get_directory (self->store, self->to);
    g_autofree char *milters = postern_apply_compose_milters (self->scanner, self->adopted);

    self->to_state = self->to->released ? postern_mta_state_load_adopted (self->adopted, error)
                                        : postern_mta_state_render (self->to_plan, self->to, self->host, self->part,
                                                                    directory, milters, error);
    return self->to_state != NULL;
}

static gboolean
render_scanner (PosternApply *self, GError **error)
{
    g_autofree char *directory = postern_store_get_directory (self->store, self->to);

    if (self->to->released)
        return TRUE;
    self->to_scanner = postern_scanner_state_render (self->to_plan, self->part, directory, error);
    return self->to_scanner != NULL;
}

static gboolean
seal (PosternApply *self, GError **error)
{
    return postern_store_seal (self->store, self->to, error);
}

/* What was live before posternd is not judged: it is the administrator's, and an smtpd that is tried beside a running
 * Postfix does not find the tables that only that configuration has. */
static gboolean
check (PosternApply *self, GError **error)
{
    self->candidate = postern_mta_state_prepare (self->to_state, self->host, self->scratch, error);
    if (self->candidate == NULL)
        return FALSE;
    return self->to->released || postern_postfix_candidate_check (self->candidate, error);
}

static gboolean
check_scanner (PosternApply *self, GError **error)
{
    return self->to->released || postern_scanner_check (self->scanner, self->to_scanner, self->to_plan, error);
}

static gboolean
suspend_deletion (PosternApply *self, GError **error)
{
    return postern_scanner_suspend (self->scanner, self->to_scanner, error);
}

static gboolean
switch_scanner (PosternApply *self, GError **error)
{
    return postern_scanner_switch (self->scanner, self->to_scanner, error);
}

static gboolean
resume_deletion (PosternApply *self, GError **error)
{
    return postern_scanner_resume (self->scanner, self->to_scanner, error);
}

static gboolean
install_services (PosternApply *self, GError **error)
{
    return postern_postfix_candidate_install_services (self->candidate, error);
}

/* The one rename that switches every parameter, and with them every table: they name the revision's own directory. */
static gboolean
install_parameters (PosternApply *self, GError **error)
{
    return postern_postfix_candidate_install_parameters (self->candidate, error);
}

static gboolean
reload (PosternApply *self, GError **error)
{
    return postern_mta_state_reload (self->to_state, self->host, TAKE_OVER_SECONDS, error);
}

static gboolean
purge (PosternApply *self, GError **error)
{
    return postern_verdict_cache_purge (self->host, self->to_plan, self->store, self->from, error);
}

/* What the administrator wants of Postfix without posternd, posternd does not know; that it listens no longer where it
 * was asked shows that Postfix has taken it over. */
static gboolean
prove (PosternApply *self, GError **error)
{
    PosternLiveProof *failure;
    g_autofree char *description = NULL;

    if (self->to->released)
        return TRUE;
    self->proofs = postern_live_proof_run (self->host, self->to_plan);
    failure = postern_live_proof_find_failure (self->proofs);
    if (failure == NULL)
        return TRUE;
    description = postern_live_proof_describe (failure);
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED, description);
    return FALSE;
}

static gboolean
prove_scanner (PosternApply *self, GError **error)
{
    if (self->to->released)
        return TRUE;
    self->scan_proof =
        postern_scan_proof_run (self->host, postern_scanner_get_settings (self->scanner), self->to_scanner, error);
    return self->scan_proof != NULL;
}

/* From here on the new revision is the one that every restart returns to. */
static gboolean
commit (PosternApply *self, GError **error)
{
    return postern_store_commit (self->store, self->to, error);
}

/* Where posternd sets nothing, there is nothing to go back to: the administrator may change everything. */
static gboolean
release (PosternApply *self, GError **error)
{
    if (postern_stored_revision_is_unmanaged (self->from))
        postern_mta_state_forget_adopted (self->adopted);
    return TRUE;
}

static gboolean
settle (PosternApply *self, GError **error)
{
    if (self->to->released)
        postern_mta_state_forget_adopted (self->adopted);
    return TRUE;
}

static gboolean
discard (PosternApply *self, GError **error)
{
    postern_store_discard (self->store, self->to);
    return TRUE;
}

/* What was verified meanwhile was verified along the wrong routes. */
static gboolean
put_back (PosternApply *self, GError **error)
{
    return postern_test_fault ("put-back", error) &&
           postern_mta_state_restore (self->from_state, self->host, self->scratch, NULL, error) && purge (self, error);
}

static gboolean
put_scanner_back (PosternApply *self, GError **error)
{
    return postern_test_fault ("put-scanner-back", error) &&
           postern_scanner_restore (self->scanner, self->from_scanner, NULL, error);
}

typedef gboolean (*Action) (PosternApply *self, GError **error);

typedef enum {
    NEEDS_NOTHING,
    NEEDS_MTA,
    NEEDS_SCANNER,
} Need;

/*
 * The steps in their order, and what undoes one that was begun. What later steps have done is undone before. Rspamd
 * comes before Postfix, so that no message is shown to it before it is ready, and goes after it; what it refuses is
 * deleted only when all else is proved.
 */
static const struct {
    const char *name;
    Action run;
    Action undo;
    Need need;
} steps[] = {
    { "adopt", adopt, release, NEEDS_MTA },
    { "open-scanner", open_scanner, NULL, NEEDS_SCANNER },
    { "begin", begin, discard, NEEDS_NOTHING },
    { "render", render, NULL, NEEDS_MTA },
    { "render-scanner", render_scanner, NULL, NEEDS_SCANNER },
    { "seal", seal, NULL, NEEDS_NOTHING },
    { "check", check, NULL, NEEDS_MTA },
    { "check-scanner", check_scanner, NULL, NEEDS_SCANNER },
    { "suspend", suspend_deletion, put_scanner_back, NEEDS_SCANNER },
    { "scanner", switch_scanner, NULL, NEEDS_SCANNER },
    { "services", install_services, put_back, NEEDS_MTA },
    { "parameters", install_parameters, NULL, NEEDS_MTA },
    { "reload", reload, NULL, NEEDS_MTA },
    { "purge", purge, NULL, NEEDS_MTA },
    { "prove", prove, NULL, NEEDS_MTA },
    { "resume", resume_deletion, NULL, NEEDS_SCANNER },
    { "prove-scanner", prove_scanner, NULL, NEEDS_SCANNER },
    { "commit", commit, NULL, NEEDS_NOTHING },
    { "settle", settle, NULL, NEEDS_MTA },
};

/* Whether step @i has something to work on. */
static gboolean
is_due (PosternApply *self, guint i)
{
    switch (steps[i].need) {
    case NEEDS_MTA:
        return self->host != NULL;
    case NEEDS_SCANNER:
        return self->scanner != NULL;
    case NEEDS_NOTHING:
    default:
        return TRUE;
    }
}

static gboolean
run_step (PosternApply *self, guint i, GError **error)
{
    g_autofree char *after = g_strconcat ("after-", steps[i].name, NULL);
    gint64 start = g_get_monotonic_time ();

    if (!is_due (self, i))
        return TRUE;
    if (!postern_test_fault (steps[i].name, error) || !steps[i].run (self, error) || !postern_test_fault (after, error))
        return FALSE;
    g_debug ("push of revision %u: %s took %.3f s", self->to->number, steps[i].name,
             (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
    return TRUE;
}

/* Undoes the step @failed and all before it. If Postfix or Rspamd cannot be put back it still needs the revision's
 * files: they stay, and the error's code says which of the two is stuck. */
static gboolean
undo (PosternApply *self, guint failed, GError **error)
{
    for (guint i = failed + 1; i > 0; i--) {
        g_autoptr (GError) reason = NULL;
        gboolean scanner = steps[i - 1].need == NEEDS_SCANNER;

        if (steps[i - 1].undo == NULL || !is_due (self, i - 1) || steps[i - 1].undo (self, &reason))
            continue;
        g_set_error_literal (error, POSTERN_SERVICE_ERROR,
                             scanner ? POSTERN_SERVICE_ERROR_SCANNER_STUCK : POSTERN_SERVICE_ERROR_MTA_STUCK,
                             reason->message);
        return FALSE;
    }
    return TRUE;
}

/* What a program or the system says need not end like a sentence. */
static void
add_sentence (GString *message, const char *sentence)
{
    if (message->len > 0 && strchr (".!?)", message->str[message->len - 1]) == NULL)
        g_string_append_c (message, '.');
    g_string_append_printf (message, " %s", sentence);
}

/* What is true of the configuration from before, which has been put back. Whoever does not run reads it when it is
 * started. */
static const char *
describe_return (PosternApply *self)
{
    if (self->host && !postern_postfix_host_is_running (self->host, NULL))
        return _ ("The configuration from before is in place, and is live as soon as Postfix runs.");
    if (self->from_scanner && !postern_scanner_is_running (self->scanner))
        return _ ("The configuration from before is in place, and is live as soon as Rspamd runs. Until then mail is "
                  "put off.");
    return _ ("The configuration from before is live.");
}

static void
tell_failure (PosternApply *self, GError **error, const GError *reason, const char *complaints, const GError *stuck)
{
    g_autoptr (GString) message = g_string_new (reason->message);
    /* Translators: %s is what Postfix wrote into its log, in English. */
    g_autofree char *log = complaints ? g_strdup_printf (_ ("Postfix says: %s"), complaints) : NULL;
    g_autofree char *rest =
        stuck ? g_strdup_printf (_ ("The configuration from before could not be put back: %s"), stuck->message)
              : g_strdup (describe_return (self));
    gboolean storage = g_error_matches (reason, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE);
    int code = storage ? POSTERN_SERVICE_ERROR_STORAGE : POSTERN_SERVICE_ERROR_MTA_REFUSED;

    if (log)
        add_sentence (message, log);
    add_sentence (message, rest);
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, stuck ? stuck->code : code, message->str);
}

static void
fail (PosternApply *self, guint failed, PosternPostfixComplaints *listening, const GError *reason, GError **error)
{
    g_autofree char *complaints = listening ? postern_postfix_complaints_read (listening) : NULL;
    g_autoptr (GError) stuck = NULL;

    postern_service_log_trouble ("push of revision %u failed at %s: %s", self->to->number, steps[failed].name,
                                 reason->message);
    undo (self, failed, &stuck);
    tell_failure (self, error, reason, complaints, stuck);
}

gboolean
postern_apply_run (PosternApply *self, GError **error)
{
    g_autoptr (PosternPostfixComplaints) complaints = self->host ? postern_postfix_complaints_new (self->host) : NULL;

    for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
        g_autoptr (GError) reason = NULL;

        if (!run_step (self, i, &reason)) {
            fail (self, i, complaints, reason, error);
            return FALSE;
        }
    }
    return TRUE;
}

void
postern_apply_clear (PosternApply *self)
{
    g_clear_pointer (&self->candidate, postern_postfix_candidate_free);
    g_clear_pointer (&self->from_state, postern_mta_state_free);
    g_clear_pointer (&self->to_state, postern_mta_state_free);
    g_clear_pointer (&self->from_scanner, postern_scanner_state_free);
    g_clear_pointer (&self->to_scanner, postern_scanner_state_free);
    g_clear_pointer (&self->proofs, g_ptr_array_unref);
    g_clear_pointer (&self->scan_proof, postern_scan_proof_free);
    g_clear_pointer (&self->part, g_free);
}
