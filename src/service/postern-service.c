/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-service.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "service/postern-api-server.h"
#include "service/postern-convergence.h"
#include "service/postern-directory-store.h"
#include "service/postern-files.h"
#include "service/postern-identity.h"
#include "service/postern-service-error.h"
#include "service/postern-service-log.h"
#include "service/postern-service-manager.h"
#include "service/postern-state-lock.h"

/* Everything that serves, in the order in which it is made; it is freed the other way round. */
typedef struct {
    int lock;
    const char *state_dir;
    PosternPostfixHost *host;
    PosternMailLog *mail_log;
    PosternRspamdHost *rspamd;
    PosternScanner *scanner;
    PosternDirectoryStore *store;
    PosternApplier *applier;
    PosternConvergence *convergence;
    char *node;
    PosternTokens *tokens;
    GTlsCertificate *certificate;
    PosternApi *api;
    PosternApiServer *server;
    GMainLoop *loop;
} Service;

static void
service_clear (Service *self)
{
    g_clear_object (&self->server);
    g_clear_pointer (&self->api, postern_api_free);
    g_clear_object (&self->certificate);
    g_clear_pointer (&self->tokens, postern_tokens_free);
    g_clear_pointer (&self->node, g_free);
    g_clear_pointer (&self->convergence, postern_convergence_free);
    g_clear_object (&self->applier);
    g_clear_object (&self->store);
    g_clear_pointer (&self->mail_log, postern_mail_log_free);
    g_clear_pointer (&self->scanner, postern_scanner_free);
    g_clear_pointer (&self->rspamd, postern_rspamd_host_free);
    g_clear_pointer (&self->host, postern_postfix_host_free);
    g_clear_pointer (&self->loop, g_main_loop_unref);
    postern_state_unlock (self->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Service, service_clear)

static gboolean
find_postfix (Service *self, PosternServiceOptions *options, GError **error)
{
    if (options->practice) {
        g_message ("practice: revisions are kept, no mail is carried");
        self->node = g_strdup (g_get_host_name ());
        return TRUE;
    }
    self->host = postern_postfix_host_new (options->postfix_dir, (guint16)options->private_port);
    self->mail_log = postern_mail_log_new (self->host, options->mail_log);
    self->node = postern_postfix_host_get_parameter (self->host, "myhostname", error);
    if (self->node)
        return TRUE;
    g_prefix_error (error, _ ("There is no Postfix to configure in %s (--practice does without): "),
                    options->postfix_dir);
    return FALSE;
}

/* Without Rspamd the gateway scans no messages, and says so. */
static void
find_rspamd (Service *self, PosternServiceOptions *options)
{
    if (self->host == NULL || options->no_rspamd)
        return;
    self->rspamd = postern_rspamd_host_find (options->rspamd_dir);
    if (self->rspamd)
        self->scanner = postern_scanner_new (self->rspamd, options->state_dir);
    else
        g_message ("there is no Rspamd in %s: messages are not scanned", options->rspamd_dir);
}

static gboolean
has_current (Service *self, GError **error)
{
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (POSTERN_STORE (self->store), error);

    return current != NULL;
}

/* A Postfix that cannot be brought to the current revision now is no reason not to answer. */
static gboolean
open_store (Service *self, PosternServiceOptions *options, GError **error)
{
    find_rspamd (self, options);
    self->store = postern_directory_store_new (options->state_dir, (guint)options->kept, error);
    if (self->store == NULL || !has_current (self, error))
        return FALSE;
    self->applier = postern_applier_new (POSTERN_STORE (self->store), self->host, self->scanner, options->state_dir);
    self->convergence = postern_convergence_new (self->applier);
    if (postern_convergence_begin (self->convergence))
        postern_directory_store_clean (self->store);
    return TRUE;
}

static gboolean
open_server (Service *self, PosternServiceOptions *options, GError **error)
{
    self->tokens = postern_tokens_new (options->state_dir);
    self->certificate = postern_identity_load (options->state_dir, self->node, error);
    if (self->certificate == NULL)
        return FALSE;
    self->api = postern_api_new (POSTERN_STORE (self->store), self->applier, self->host, self->mail_log, self->scanner,
                                 self->node);
    self->server = postern_api_server_new (self->api, self->tokens, self->certificate);
    return TRUE;
}

/* An IPv6 socket takes IPv4 clients as well; a host without IPv6 has only the other kind. */
static gboolean
listen_by_default (Service *self, GStrvBuilder *urls, GError **error)
{
    char *url = postern_api_server_listen (self->server, "[::]:8443", NULL);

    if (url == NULL)
        url = postern_api_server_listen (self->server, "0.0.0.0:8443", error);
    if (url)
        g_strv_builder_take (urls, url);
    return url != NULL;
}

static gboolean
listen_where_told (Service *self, char **where, GStrvBuilder *urls, GError **error)
{
    for (guint i = 0; where[i]; i++) {
        char *url = postern_api_server_listen (self->server, where[i], error);

        if (url == NULL)
            return FALSE;
        g_strv_builder_take (urls, url);
    }
    return TRUE;
}

static void
tell_ready (Service *self)
{
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (POSTERN_STORE (self->store), NULL);

    if (current && current->number > 0)
        postern_service_manager_tell_ready ("Serving; the current revision is %u", current->number);
    else
        postern_service_manager_tell_ready ("Serving; nothing has been pushed yet");
}

static gboolean
listen_everywhere (Service *self, PosternServiceOptions *options, GError **error)
{
    g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
    g_auto (GStrv) all = NULL;

    if (options->listen ? !listen_where_told (self, options->listen, urls, error)
                        : !listen_by_default (self, urls, error))
        return FALSE;
    all = g_strv_builder_end (urls);
    postern_api_server_start (self->server);
    for (guint i = 0; all[i]; i++)
        fprintf (stderr, "Listening on %s\n", all[i]);
    tell_ready (self);
    return TRUE;
}

static gboolean
stop_cb (gpointer data)
{
    Service *self = data;

    g_main_loop_quit (self->loop);
    return G_SOURCE_CONTINUE;
}

/* Tokens are looked at with every request, what Postfix and Rspamd say of themselves every few seconds: left is the
 * certificate, and what could not be done at the start. A certificate that cannot be used does not replace the one that
 * is. */
static gboolean
reload_cb (gpointer data)
{
    Service *self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GTlsCertificate) certificate = NULL;

    postern_service_manager_tell_reloading ();
    postern_convergence_hurry (self->convergence);
    certificate = postern_identity_load (self->state_dir, self->node, &error);
    if (certificate) {
        postern_api_server_set_certificate (self->server, certificate);
        g_message ("reloaded");
    } else {
        postern_service_log_trouble ("the certificate is still the former one: %s", error->message);
    }
    tell_ready (self);
    return G_SOURCE_CONTINUE;
}

static void
serve (Service *self)
{
    guint watchdog = postern_service_manager_start_watchdog ();
    guint term = g_unix_signal_add (SIGTERM, stop_cb, self);
    guint interrupt = g_unix_signal_add (SIGINT, stop_cb, self);
    guint hangup = g_unix_signal_add (SIGHUP, reload_cb, self);

    g_main_loop_run (self->loop);
    postern_service_manager_tell_stopping ();
    g_message ("stopping");
    postern_api_server_stop (self->server);
    g_source_remove (hangup);
    g_source_remove (interrupt);
    g_source_remove (term);
    if (watchdog > 0)
        g_source_remove (watchdog);
}

gboolean
postern_service_run (PosternServiceOptions *options, GError **error)
{
    g_auto (Service) self = { .lock = -1, .state_dir = options->state_dir };

    self.loop = g_main_loop_new (NULL, FALSE);
    self.lock = postern_state_lock (options->state_dir, error);
    if (self.lock < 0 || !find_postfix (&self, options, error) || !open_store (&self, options, error) ||
        !open_server (&self, options, error) || !listen_everywhere (&self, options, error))
        return FALSE;
    serve (&self);
    return TRUE;
}
