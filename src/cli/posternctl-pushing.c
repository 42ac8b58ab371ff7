/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-pushing.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"

gboolean
posternctl_confirm (const char *question, gboolean yes)
{
    char answer[16];

    if (yes)
        return TRUE;
    if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO)) {
        g_printerr ("posternctl: %s\n", _ ("there is no terminal to ask on; --yes says that nothing is to be asked"));
        return FALSE;
    }
    /* Translators: %s is a question; y is for yes. The letters stay as they are. */
    g_printerr (_ ("%s [y/N] "), question);
    if (fgets (answer, sizeof answer, stdin) != NULL && (answer[0] == 'y' || answer[0] == 'Y'))
        return TRUE;
    g_printerr ("%s\n", _ ("Nothing was written."));
    return FALSE;
}

gboolean
posternctl_check_interrupted (const char *text, GError **error)
{
    g_autoptr (PosternGatewayAddress) address = posternctl_access_address (text, error);
    g_autoptr (GError) reason = NULL;

    if (address == NULL || !postern_journal_exists (address))
        return address != NULL;
    reason = postern_journal_error_exists (address);
    if (!g_error_matches (reason, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_INTERRUPTED)) {
        g_propagate_error (error, g_steal_pointer (&reason));
        return FALSE;
    }
    g_set_error (error, reason->domain, reason->code,
                 /* Translators: the first %s is one or more whole sentences, the second a gateway's address; the
                  * command stays as it is. */
                 _ ("%s “posternctl resume %s” shows it."), reason->message, text);
    return FALSE;
}

/* On a terminal, the line of a step is written when it begins and once more, with its result, when it ends. */
static void
on_progress_cb (PosternPush *push, PosternPushStep *step, gpointer data)
{
    const char *text = postern_push_step_get_text (step);
    g_autofree char *answered = posternctl_print_pair (text, postern_push_step_get_answer (step));

    if (postern_push_step_get_result (step) == POSTERN_PUSH_RESULT_WORKING)
        g_printerr ("%s…", text);
    else if (postern_push_step_get_state (step) <= POSTERN_PUSH_STATE_READING_BACK ||
             postern_push_step_get_state (step) == POSTERN_PUSH_STATE_UNDOING)
        g_printerr ("\r\033[K%s\n", answered);
}

static int interrupts[2]; /* a pipe: from the signal handler to who waits for it */

static void
on_interrupt (int number)
{
    int before = errno;

    while (write (interrupts[1], "", 1) < 0 && errno == EINTR)
        continue;
    errno = before;
}

static gpointer
wait_for_interrupt (gpointer data)
{
    g_autoptr (GCancellable) cancellable = data;
    char byte;

    while (read (interrupts[0], &byte, 1) < 0 && errno == EINTR)
        continue;
    g_cancellable_cancel (cancellable);
    return NULL;
}

/*
 * From here on, an interrupt does not end the process but cancels: a push that is writing asks the gateway what it has
 * before it ends. The signal comes to any thread, GIO's own among them, so it is not blocked but handled; a handler may
 * do next to nothing, so a thread does the rest, which lasts as long as the process.
 */
static GCancellable *
make_interruptible (void)
{
    GCancellable *cancellable = g_cancellable_new ();
    const struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = SA_RESTART };
    g_autoptr (GError) error = NULL;

    if (!g_unix_open_pipe (interrupts, O_CLOEXEC, &error)) {
        g_printerr ("posternctl: %s\n", error->message);
        return cancellable;
    }
    g_thread_unref (g_thread_new ("interrupt", wait_for_interrupt, g_object_ref (cancellable)));
    sigaction (SIGINT, &action, NULL);
    sigaction (SIGTERM, &action, NULL);
    return cancellable;
}

static PosternctlStatus
get_status (PosternPushOutcome outcome)
{
    switch (outcome) {
    case POSTERN_PUSH_OUTCOME_DONE:
        return POSTERNCTL_OK;
    case POSTERN_PUSH_OUTCOME_CONFLICT:
    case POSTERN_PUSH_OUTCOME_UNDONE:
        return POSTERNCTL_UNDONE;
    case POSTERN_PUSH_OUTCOME_STUCK:
        return POSTERNCTL_STUCK;
    case POSTERN_PUSH_OUTCOME_NONE:
    case POSTERN_PUSH_OUTCOME_UNTOUCHED:
    default:
        return POSTERNCTL_FAILED;
    }
}

static void
tell_end (PosternPush *push)
{
    GPtrArray *theirs = postern_push_get_their_changes (push);
    const char *advice = postern_push_get_what_to_do (push);

    g_printerr ("%s\n%s\n", postern_push_get_what_happened (push), postern_push_get_what_is_live (push));
    if (advice != NULL)
        g_printerr ("%s\n", advice);
    if (theirs != NULL && theirs->len > 0) {
        g_printerr ("\n%s\n", _ ("What someone else has changed:"));
        posternctl_print_changes (theirs, TRUE);
    }
    if (postern_push_get_journal (push) != NULL)
        /* Translators: the options stay as they are. */
        g_printerr ("%s\n", _ ("“posternctl resume” with --finish or --undo takes this push up, --keep gives it up."));
}

PosternctlStatus
posternctl_run_push (const PosternctlArguments *arguments, PosternPush *push)
{
    g_autoptr (GCancellable) cancellable = make_interruptible ();
    g_autoptr (GError) error = NULL;

    if (isatty (STDERR_FILENO))
        g_signal_connect (push, "progress", G_CALLBACK (on_progress_cb), NULL);
    postern_push_run (push, cancellable, &error);
    tell_end (push);
    if (arguments->json)
        posternctl_print_document (posternctl_json_push (push, error));
    return get_status (postern_push_get_outcome (push));
}
