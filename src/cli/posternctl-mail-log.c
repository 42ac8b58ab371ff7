/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "cli/posternctl-access.h"
#include "cli/posternctl-command.h"
#include "cli/posternctl-json.h"
#include "cli/posternctl-print.h"
#include "gateway/postern-gateway-error.h"

#define POLL_SECONDS 2
#define VERDICT_WIDTH 18

static gboolean follow;

static const GOptionEntry options[] = {
    { "follow", 'f', 0, G_OPTION_ARG_NONE, &follow, N_ ("Go on with what comes, until Ctrl+C"), NULL },
    G_OPTION_ENTRY_NULL,
};

/* What the log is followed with. */
typedef struct {
    const PosternctlArguments *arguments;
    PosternGateway *gateway;
    GMainLoop *loop;
    char *cursor;
    gboolean troubled; /* whether the last attempt to ask failed */
    PosternctlStatus status;
} Follower;

static char *
describe_address (const char *address)
{
    if (address == NULL)
        return g_strdup ("?");
    return g_strdup_printf ("<%s>", address);
}

static char *
pad (const char *text)
{
    glong width = g_utf8_strlen (text, -1);

    return g_strdup_printf ("%s%*s", text, (int)MAX (0, VERDICT_WIDTH - width), "");
}

static void
print_entry (PosternMailLogEntry *entry)
{
    GDateTime *time = postern_mail_log_entry_get_time (entry);
    g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;
    g_autofree char *date = local != NULL ? g_date_time_format (local, "%F %T") : g_strdup ("?");
    g_autofree char *verdict = pad (postern_mail_verdict_get_title (postern_mail_log_entry_get_verdict (entry)));
    g_autofree char *from = describe_address (postern_mail_log_entry_get_from (entry));
    g_autofree char *to = describe_address (postern_mail_log_entry_get_to (entry));
    const char *queue_id = postern_mail_log_entry_get_queue_id (entry);
    const char *next_hop = postern_mail_log_entry_get_next_hop (entry);
    const char *client = postern_mail_log_entry_get_client (entry);
    const char *peer = next_hop != NULL ? next_hop : client;

    g_print ("%s  %s %s → %s  %s: %s%s%s%s\n", date, verdict, from, to, peer != NULL ? peer : "-",
             postern_mail_log_entry_get_reply (entry), queue_id != NULL ? " (" : "", queue_id != NULL ? queue_id : "",
             queue_id != NULL ? ")" : "");
}

static void
tell (const PosternctlArguments *arguments, PosternMailLog *log)
{
    if (log->gap)
        g_printerr ("posternctl: %s\n", _ ("Some entries are missing here: the gateway no longer knows them."));
    for (guint i = 0; i < log->entries->len; i++) {
        if (arguments->json)
            posternctl_print_document (posternctl_json_mail_log_entry (log->entries->pdata[i]));
        else
            print_entry (log->entries->pdata[i]);
    }
}

/* Whether asking again may help: it is a matter of the moment. */
static gboolean
may_pass (const GError *error)
{
    return g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_UNREACHABLE) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_TIMED_OUT) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_BUSY) ||
           g_error_matches (error, POSTERN_GATEWAY_ERROR, POSTERN_GATEWAY_ERROR_RATE_LIMITED);
}

/* Returns whether there is more to ask for at once. */
static gboolean
ask_once (Follower *self)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternMailLog) log = postern_gateway_read_mail_log (self->gateway, self->cursor, NULL, &error);

    if (log == NULL) {
        gboolean over = self->cursor == NULL || !may_pass (error);

        if (over) {
            self->status = posternctl_fail (self->arguments, error);
            g_main_loop_quit (self->loop);
        } else if (!self->troubled) {
            g_printerr ("posternctl: %s\n", error->message);
        }
        self->troubled = TRUE;
        return FALSE;
    }
    self->troubled = FALSE;
    tell (self->arguments, log);
    g_set_str (&self->cursor, log->cursor);
    return log->more;
}

static gboolean
ask_cb (gpointer data)
{
    while (ask_once (data)) {
    }
    return G_SOURCE_CONTINUE;
}

static gboolean
stop_cb (gpointer data)
{
    g_main_loop_quit (data);
    return G_SOURCE_CONTINUE;
}

static PosternctlStatus
run_follow (const PosternctlArguments *arguments, PosternGateway *gateway)
{
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    Follower self = { .arguments = arguments, .gateway = gateway, .loop = loop, .status = POSTERNCTL_OK };
    guint interrupt = g_unix_signal_add (SIGINT, stop_cb, loop);
    guint term = g_unix_signal_add (SIGTERM, stop_cb, loop);
    guint timer = g_timeout_add_seconds (POLL_SECONDS, ask_cb, &self);

    ask_cb (&self);
    if (self.status == POSTERNCTL_OK)
        g_main_loop_run (loop);
    g_source_remove (timer);
    g_source_remove (term);
    g_source_remove (interrupt);
    g_free (self.cursor);
    return self.status;
}

static PosternctlStatus
run (const PosternctlArguments *arguments)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternGateway) gateway = posternctl_access_gateway (arguments, arguments->words[0], &error);
    g_autoptr (PosternMailLog) log = NULL;

    if (gateway != NULL && follow)
        return run_follow (arguments, gateway);
    if (gateway != NULL)
        log = postern_gateway_read_mail_log (gateway, NULL, NULL, &error);
    if (log == NULL)
        return posternctl_fail (arguments, error);
    if (arguments->json)
        posternctl_print_document (posternctl_json_mail_log (log));
    else
        tell (arguments, log);
    return POSTERNCTL_OK;
}

const PosternctlCommand posternctl_mail_log_command = {
    .name = "mail-log",
    .words = "GATEWAY",
    .n_words = 1,
    .asks_gateway = TRUE,
    .summary = N_ ("Show what became of recent messages"),
    .details = N_ ("A line for every refusal and every attempt to deliver, the newest last: time, what became of it,\n"
                   "sender → recipient, who was spoken to, and what was said.\n"
                   "With --follow and --json, every entry is a JSON document of its own."),
    .options = options,
    .run = run,
};
