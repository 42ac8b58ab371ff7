/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-scanner.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "service/postern-files.h"
#include "service/postern-scanner-hooks.h"
#include "service/postern-scanner-question.h"
#include "service/postern-service-error.h"
#include "service/postern-service-log.h"
#include "service/postern-tcp-sessions.h"
#include "service/postern-test-fault.h"

/* It takes a second; a busy machine takes longer. */
#define TAKE_OVER_SECONDS 40
/* A proxy that is told to end waits up to 16 seconds for those who are connected, such as a client of Postfix that
 * keeps its session open. */
#define LEAVE_SECONDS 60
#define WAIT_STEP (200 * 1000)

struct _PosternScanner {
    PosternRspamdHost *host; /* not ours */
    char *link;
    char *deletion;
    char *imitation;
    char *reached;
    PosternRspamdSettings *settings; /* NULL until opened */
};

PosternScanner *
postern_scanner_new (PosternRspamdHost *host, const char *state_directory)
{
    PosternScanner *self = g_new0 (PosternScanner, 1);

    self->host = host;
    self->link = g_build_filename (state_directory, "scanner", NULL);
    self->deletion = g_build_filename (state_directory, "scanner-deletion", NULL);
    self->imitation = g_build_filename (state_directory, "candidate-scanner", NULL);
    self->reached = g_build_filename (state_directory, "scanner-reached", NULL);
    return self;
}

void
postern_scanner_free (PosternScanner *self)
{
    g_clear_pointer (&self->settings, postern_rspamd_settings_free);
    g_free (self->link);
    g_free (self->deletion);
    g_free (self->imitation);
    g_free (self->reached);
    g_free (self);
}

PosternRspamdHost *
postern_scanner_get_host (PosternScanner *self)
{
    return self->host;
}

PosternRspamdSettings *
postern_scanner_get_settings (PosternScanner *self)
{
    return self->settings;
}

PosternRspamdSettings *
postern_scanner_recall (PosternScanner *self)
{
    g_autofree char *text = NULL;

    return g_file_get_contents (self->reached, &text, NULL, NULL) ? postern_rspamd_settings_from_text (text) : NULL;
}

/* For the day when the files cannot be read. That it is not kept now is no reason to stop. */
static void
remember (PosternScanner *self)
{
    g_autofree char *text = postern_rspamd_settings_to_text (self->settings);
    g_autofree char *kept = NULL;

    if (!g_file_get_contents (self->reached, &kept, NULL, NULL) || !g_str_equal (kept, text))
        postern_files_replace (self->reached, text, -1, NULL, 0644, NULL);
}

gboolean
postern_scanner_is_running (PosternScanner *self)
{
    return self->settings && postern_rspamd_host_is_running (self->host, self->settings);
}

gboolean
postern_scanner_require_running (PosternScanner *self, GError **error)
{
    if (postern_scanner_is_running (self))
        return TRUE;
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                         _ ("Rspamd is not running. Start it, or start posternd with --no-rspamd."));
    return FALSE;
}

static PosternScannerPlaces
places_of (PosternScanner *self)
{
    return (PosternScannerPlaces){ .files = self->link, .deletion = self->deletion };
}

/* What Rspamd's files say, whether it has read them or not. */

static gboolean
has_deletion (PosternScanner *self)
{
    return g_file_test (self->deletion, G_FILE_TEST_EXISTS);
}

static gboolean
is_linked (PosternScanner *self, PosternScannerState *state)
{
    g_autofree char *target = g_file_read_link (self->link, NULL);

    return g_strcmp0 (target, state ? state->directory : NULL) == 0;
}

static gboolean
has_hooks (PosternScanner *self)
{
    PosternScannerPlaces places = places_of (self);

    return postern_scanner_hooks_are_installed (postern_rspamd_host_get_directory (self->host), &places);
}

static gboolean
fail_unlink (const char *path, GError **error)
{
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE, _ ("%1$s: %2$s"), path,
                 g_strerror (errno));
    return FALSE;
}

static gboolean
remove_file (const char *path, GError **error)
{
    g_autofree char *directory = g_path_get_dirname (path);

    if (g_unlink (path) < 0 && errno != ENOENT)
        return fail_unlink (path, error);
    return postern_files_sync (directory, error);
}

/* What the running Rspamd says. */

typedef gboolean (*Condition) (PosternScanner *self, gconstpointer wanted);

static gboolean
has_mark (PosternScanner *self, gconstpointer wanted)
{
    g_autofree char *mark = postern_scanner_question_ask_mark (self->settings, NULL);

    return g_strcmp0 (mark, wanted) == 0;
}

static gboolean
treats_refused (PosternScanner *self, gconstpointer wanted)
{
    PosternMilterVerdict verdict;
    g_autofree char *reply = postern_scanner_question_ask_refused (self->settings, &verdict, NULL);

    return reply && verdict == (PosternMilterVerdict)GPOINTER_TO_INT (wanted);
}

/* Whether every one of some processes has ended. */
static gboolean
have_ended (PosternScanner *self, gconstpointer pids)
{
    const GArray *all = pids;

    for (guint i = 0; i < all->len; i++) {
        if (kill (g_array_index (all, pid_t, i), 0) == 0 || errno != ESRCH)
            return FALSE;
    }
    return TRUE;
}

/* Who is connected to the milter; NULL if that cannot be known. */
static char **
list_sessions (PosternScanner *self)
{
    g_autoptr (GSocketConnectable) address = postern_rspamd_settings_get_address (self->settings);

    return G_IS_NETWORK_ADDRESS (address)
               ? postern_tcp_sessions_list (g_network_address_get_port (G_NETWORK_ADDRESS (address)))
               : NULL;
}

/* Those who may delete: processes, and who was connected when they were told to end. */
typedef struct {
    GArray *proxies;
    char **sessions;
} Deleting;

/*
 * Whether nobody can use the processes any more. That they end is not waited for if it is known that nobody is
 * connected: a proxy that has ever had a message ends only when its time is up, because it miscounts its connections
 * (seen in 3.12).
 */
static gboolean
have_left (PosternScanner *self, gconstpointer wanted)
{
    const Deleting *deleting = wanted;
    g_auto (GStrv) now = deleting->sessions ? list_sessions (self) : NULL;

    if (have_ended (self, deleting->proxies))
        return TRUE;
    if (now == NULL)
        return FALSE;
    for (guint i = 0; deleting->sessions[i]; i++) {
        if (g_strv_contains ((const char *const *)now, deleting->sessions[i]))
            return FALSE;
    }
    return TRUE;
}

static gboolean
wait_until (PosternScanner *self, Condition condition, gconstpointer wanted, guint seconds)
{
    gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

    while (!condition (self, wanted)) {
        if (g_get_monotonic_time () > deadline || !postern_test_fault ("scanner-wait", NULL))
            return FALSE;
        g_usleep (WAIT_STEP);
    }
    return TRUE;
}

static gboolean
read_settings (PosternScanner *self, GError **error)
{
    PosternRspamdSettings *settings = postern_rspamd_host_read_settings (self->host, NULL, error);

    if (settings && settings->milter) {
        g_clear_pointer (&self->settings, postern_rspamd_settings_free);
        self->settings = settings;
        remember (self);
        return TRUE;
    }
    if (settings)
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                             _ ("Rspamd is not set up to take messages from Postfix: it has no proxy worker in milter "
                                "mode. Turn it on in worker-proxy.inc (milter = yes), and restart Rspamd."));
    g_clear_pointer (&settings, postern_rspamd_settings_free);
    return FALSE;
}

gboolean
postern_scanner_open (PosternScanner *self, PosternScannerState *state, GError **error)
{
    return (self->settings && state && has_mark (self, state->mark)) || read_settings (self, error);
}

gboolean
postern_scanner_reach (PosternScanner *self, PosternScannerState *state, GError **error)
{
    g_autoptr (GError) unreadable = NULL;

    if (postern_scanner_open (self, state, &unreadable))
        return TRUE;
    if (self->settings == NULL)
        self->settings = postern_scanner_recall (self);
    if (self->settings == NULL) {
        g_propagate_error (error, g_steal_pointer (&unreadable));
        return FALSE;
    }
    postern_service_log_trouble ("Rspamd's files cannot be used, it keeps the configuration that it has: %s",
                                 unreadable->message);
    return TRUE;
}

/* Lets the running Rspamd read its files, and believes it only when it acts accordingly. One that cannot read them
 * keeps what it has: it is not told to. */
static gboolean
take_over (PosternScanner *self, Condition condition, gconstpointer wanted, GError **error)
{
    g_autoptr (PosternRspamdSettings) readable = NULL;

    if (condition (self, wanted))
        return TRUE;
    readable = postern_rspamd_host_read_settings (self->host, NULL, error);
    if (readable == NULL || !postern_rspamd_host_reload (self->host, self->settings, error))
        return FALSE;
    if (wait_until (self, condition, wanted, TAKE_OVER_SECONDS))
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                 ngettext ("Rspamd has not taken over its configuration within %u second. Its log says why.",
                           "Rspamd has not taken over its configuration within %u seconds. Its log says why.",
                           TAKE_OVER_SECONDS),
                 TAKE_OVER_SECONDS);
    return FALSE;
}

static gboolean
end_deletion (PosternScanner *self, GError **error)
{
    gboolean running = postern_scanner_is_running (self);
    g_autoptr (GArray) proxies = running ? postern_rspamd_host_list_proxies (self->host, self->settings, error) : NULL;

    g_auto (GStrv) sessions = NULL;

    if ((running && proxies == NULL) || !remove_file (self->deletion, error))
        return FALSE;
    if (!running)
        return TRUE;
    if (!take_over (self, treats_refused, GINT_TO_POINTER (POSTERN_MILTER_REFUSED), error))
        return FALSE;
    sessions = list_sessions (self);
    if (wait_until (self, have_left, &(Deleting){ proxies, sessions }, LEAVE_SECONDS))
        return TRUE;
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                         _ ("Processes of Rspamd that delete refused messages do not end. Restart Rspamd."));
    return FALSE;
}

/* Whether only the name of the directory would change for Rspamd. */
static gboolean
has_same_rules (PosternScanner *self, PosternScannerState *state)
{
    g_autoptr (PosternScannerState) now = postern_scanner_state_load (self->link);

    return state && now && has_hooks (self) && g_str_equal (now->mark, state->mark);
}

gboolean
postern_scanner_suspend (PosternScanner *self, PosternScannerState *state, GError **error)
{
    gboolean stays = state && state->deletes && has_same_rules (self, state);

    return !has_deletion (self) || stays || end_deletion (self, error);
}

/* The hooks first, which say nothing without the link: then the link switches all of them at once. */
static gboolean
lead_to (PosternScanner *self, PosternScannerState *state, GError **error)
{
    PosternScannerPlaces places = places_of (self);

    remember (self);
    return postern_scanner_hooks_install (postern_rspamd_host_get_directory (self->host), &places, error) &&
           postern_test_fault ("scanner-link", error) &&
           postern_files_switch_link (self->link, state->directory, error) &&
           postern_test_fault ("after-scanner-link", error);
}

static gboolean
lead_nowhere (PosternScanner *self, GError **error)
{
    if (!remove_file (self->link, error) ||
        !postern_scanner_hooks_remove (postern_rspamd_host_get_directory (self->host), error))
        return FALSE;
    g_unlink (self->reached);
    return TRUE;
}

gboolean
postern_scanner_switch (PosternScanner *self, PosternScannerState *state, GError **error)
{
    if (state ? !lead_to (self, state, error) : !lead_nowhere (self, error))
        return FALSE;
    return !postern_scanner_is_running (self) || take_over (self, has_mark, state ? state->mark : "", error);
}

gboolean
postern_scanner_resume (PosternScanner *self, PosternScannerState *state, GError **error)
{
    if (state == NULL || !state->deletes)
        return TRUE;
    if (!postern_files_replace (self->deletion, POSTERN_RSPAMD_DELETION, -1, NULL, 0644, error))
        return FALSE;
    return !postern_scanner_is_running (self) ||
           take_over (self, treats_refused, GINT_TO_POINTER (POSTERN_MILTER_DELETED), error);
}

/* Whether posternd has nothing in it at all. */
static gboolean
is_untouched (PosternScanner *self)
{
    return is_linked (self, NULL) && !has_deletion (self) &&
           !postern_scanner_hooks_are_there (postern_rspamd_host_get_directory (self->host));
}

static gboolean
is_live (PosternScanner *self, PosternScannerState *state)
{
    gboolean deletes = state && state->deletes;

    if (!is_linked (self, state) || has_deletion (self) != deletes)
        return FALSE;
    if (state ? !has_hooks (self) : !is_untouched (self))
        return FALSE;
    if (!postern_scanner_is_running (self))
        return TRUE;
    return has_mark (self, state ? state->mark : "") &&
           (state == NULL ||
            treats_refused (self, GINT_TO_POINTER (deletes ? POSTERN_MILTER_DELETED : POSTERN_MILTER_REFUSED)));
}

gboolean
postern_scanner_restore (PosternScanner *self, PosternScannerState *state, gboolean *changed, GError **error)
{
    if (changed)
        *changed = FALSE;
    if (state == NULL && is_untouched (self))
        return TRUE;
    if (!postern_scanner_reach (self, state, error))
        return FALSE;
    if (is_live (self, state))
        return TRUE;
    if (changed)
        *changed = TRUE;
    return postern_scanner_suspend (self, state, error) && postern_test_fault ("restoring-scanner", error) &&
           postern_scanner_switch (self, state, error) && postern_scanner_resume (self, state, error);
}

/* Every network that Rspamd trusts must be one of the plan's: what is in another list would be added to it. Rspamd
 * itself adds loopback addresses. */
static gboolean
has_networks (PosternRspamdSettings *settings, PosternPlan *plan)
{
    PosternRecordList *networks = postern_plan_get_trusted_networks (plan);
    guint n = postern_record_list_get_length (networks);
    g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);

    for (guint i = 0; i < n; i++)
        g_hash_table_add (wanted, (char *)postern_network_get_text (postern_record_list_get (networks, i)));
    for (guint i = 0; settings->local_addrs[i]; i++) {
        const char *text = settings->local_addrs[i];

        if (g_hash_table_remove (wanted, text))
            continue;
        if (!g_str_has_prefix (text, "127.") && !g_str_equal (text, "::1"))
            return FALSE;
    }
    return g_hash_table_size (wanted) == 0;
}

static const char *
find_difference (PosternRspamdSettings *settings, PosternScannerState *state, PosternPlan *plan)
{
    gboolean dmarc = postern_plan_get_use_dmarc (plan);

    if (!has_networks (settings, plan))
        return "options.local_addrs";
    if (settings->spf != (postern_plan_get_use_spf (plan) || dmarc))
        return "spf.enabled";
    if (settings->dmarc != dmarc)
        return "dmarc.enabled";
    if (settings->external_relay != postern_plan_needs_edge_addresses (plan))
        return "external_relay.enabled";
    return settings->deletes != state->deletes ? "discard_on_reject" : NULL;
}

/* Postfix is told where it listens now; a reload would take it elsewhere. */
static gboolean
is_where_it_says (PosternScanner *self, PosternRspamdSettings *settings, GError **error)
{
    if (g_strcmp0 (settings->milter, self->settings->milter) == 0)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                 /* Translators: %1$s and %2$s are addresses, such as “inet:127.0.0.1:11332”. */
                 _ ("Rspamd takes messages at %1$s, but its files say %2$s. Restart it, then push again."),
                 self->settings->milter, settings->milter ? settings->milter : "-");
    return FALSE;
}

static gboolean
check_imitation (PosternScanner *self, PosternScannerState *state, PosternPlan *plan, GError **error)
{
    g_autoptr (PosternRspamdSettings) settings = NULL;
    const char *difference;

    if (!postern_rspamd_host_test (self->host, self->imitation, error))
        return FALSE;
    settings = postern_rspamd_host_read_settings (self->host, self->imitation, error);
    if (settings == NULL)
        return FALSE;
    if (!is_where_it_says (self, settings, error))
        return FALSE;
    difference = find_difference (settings, state, plan);
    if (difference == NULL)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED,
                 /* Translators: %1$s is the name of a setting of Rspamd, %2$s a directory. */
                 _ ("Something else in Rspamd's configuration sets “%1$s”. Find it in %2$s and take it out."),
                 difference, postern_rspamd_host_get_directory (self->host));
    return FALSE;
}

gboolean
postern_scanner_check (PosternScanner *self, PosternScannerState *state, PosternPlan *plan, GError **error)
{
    g_autofree char *deletion = g_build_filename (state->directory, "rspamd-deletion.inc", NULL);
    const PosternScannerPlaces places = { .files = state->directory, .deletion = deletion };
    const char *directory = postern_rspamd_host_get_directory (self->host);
    gboolean ok;

    if (!postern_scanner_hooks_check (directory, error))
        return FALSE;
    if (has_same_rules (self, state))
        return TRUE;
    ok = postern_scanner_hooks_imitate (directory, self->imitation, &places, error) &&
         check_imitation (self, state, plan, error);
    postern_scanner_hooks_remove_imitation (self->imitation);
    return ok;
}
