/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-rspamd-host.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "service/postern-service-error.h"

#define DUMP_LIMIT (64 * 1024 * 1024)
#define CONNECT_SECONDS 5

struct _PosternRspamdHost {
    char *directory;
};

static gboolean
has_program (void)
{
    static const char *const directories[] = { "/usr/sbin", "/usr/bin", "/sbin", "/bin" };

    for (guint i = 0; i < G_N_ELEMENTS (directories); i++) {
        g_autofree char *path = g_build_filename (directories[i], "rspamadm", NULL);

        if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
            return TRUE;
    }
    return FALSE;
}

PosternRspamdHost *
postern_rspamd_host_find (const char *directory)
{
    g_autofree char *path = g_build_filename (directory, "rspamd.conf", NULL);
    PosternRspamdHost *self;

    if (!g_file_test (path, G_FILE_TEST_EXISTS) || !has_program ())
        return NULL;
    self = g_new0 (PosternRspamdHost, 1);
    self->directory = g_canonicalize_filename (directory, NULL);
    return self;
}

void
postern_rspamd_host_free (PosternRspamdHost *self)
{
    g_free (self->directory);
    g_free (self);
}

const char *
postern_rspamd_host_get_directory (PosternRspamdHost *self)
{
    return self->directory;
}

char *
postern_rspamd_host_get_version (PosternRspamdHost *self, GError **error)
{
    g_autoptr (PosternCommand) rspamadm = postern_command_new ("rspamadm", "--version", NULL);
    const char *output, *space;

    if (!postern_command_run (rspamadm, error))
        return NULL;
    output = postern_command_get_output (rspamadm);
    space = strchr (output, ' ');
    return g_strchomp (g_strdup (space ? space + 1 : output));
}

/* Rspamd's configuration files name the directories by these variables. */
static PosternCommand *
new_command (const char *directory)
{
    g_autofree char *shipped = g_strconcat ("--var=CONFDIR=", directory, NULL);
    g_autofree char *local = g_strconcat ("--var=LOCAL_CONFDIR=", directory, NULL);

    return postern_command_new ("rspamadm", shipped, local, NULL);
}

static void
add_configuration (PosternCommand *command, const char *directory)
{
    g_autofree char *path = g_build_filename (directory, "rspamd.conf", NULL);

    postern_command_add (command, "-c");
    postern_command_add (command, path);
}

PosternRspamdSettings *
postern_rspamd_host_read_settings (PosternRspamdHost *self, const char *directory, GError **error)
{
    const char *where = directory ? directory : self->directory;
    g_autoptr (PosternCommand) rspamadm = new_command (where);

    postern_command_add (rspamadm, "configdump");
    postern_command_add (rspamadm, "-j");
    add_configuration (rspamadm, where);
    postern_command_set_output_limit (rspamadm, DUMP_LIMIT);
    if (!postern_command_run (rspamadm, error))
        return NULL;
    return postern_rspamd_settings_parse (postern_command_get_output (rspamadm), error);
}

gboolean
postern_rspamd_host_test (PosternRspamdHost *self, const char *directory, GError **error)
{
    g_autoptr (PosternCommand) rspamadm = new_command (directory);

    postern_command_add (rspamadm, "configtest");
    add_configuration (rspamadm, directory);
    if (postern_command_run (rspamadm, error))
        return TRUE;
    if (error)
        (*error)->code = POSTERN_SERVICE_ERROR_MTA_REFUSED;
    return FALSE;
}

gboolean
postern_rspamd_host_is_running (PosternRspamdHost *self, PosternRspamdSettings *settings)
{
    g_autoptr (GSocketConnectable) address = postern_rspamd_settings_get_address (settings);
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketConnection) connection = NULL;

    g_socket_client_set_enable_proxy (client, FALSE);
    g_socket_client_set_timeout (client, CONNECT_SECONDS);
    if (address)
        connection = g_socket_client_connect (client, address, NULL, NULL);
    return connection != NULL;
}

/* The main process is whoever listens at its socket: where Rspamd runs in the foreground, as under systemd, it writes
 * no file with its process id. */
static pid_t
find_main_process (PosternRspamdSettings *settings, GError **error)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketAddress) address = NULL;
    g_autoptr (GSocketConnection) connection = NULL;
    g_autoptr (GCredentials) credentials = NULL;
    g_autoptr (GError) local = NULL;
    pid_t pid = -1;

    if (settings->control_socket) {
        address = g_unix_socket_address_new (settings->control_socket);
        g_socket_client_set_timeout (client, CONNECT_SECONDS);
        connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &local);
    }
    if (connection)
        credentials = g_socket_get_credentials (g_socket_connection_get_socket (connection), &local);
    if (credentials)
        pid = g_credentials_get_unix_pid (credentials, &local);
    if (pid <= 0)
        g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                     /* Translators: %s is why, such as “Connection refused”. */
                     _ ("Rspamd's main process does not answer: %s"),
                     local ? local->message : _ ("It has no control socket."));
    return pid;
}

gboolean
postern_rspamd_host_reload (PosternRspamdHost *self, PosternRspamdSettings *settings, GError **error)
{
    pid_t pid = find_main_process (settings, error);

    if (pid <= 0)
        return FALSE;
    if (kill (pid, SIGHUP) == 0)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                 _ ("Rspamd cannot be told to reload: %s"), g_strerror (errno));
    return FALSE;
}

static gboolean
is_proxy (JsonObject *workers, const char *pid)
{
    JsonNode *worker = json_object_get_member (workers, pid);

    return JSON_NODE_HOLDS_OBJECT (worker) &&
           g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (worker), "type", NULL),
                      "rspamd_proxy") == 0;
}

static GArray *
parse_proxies (const char *json)
{
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_autoptr (GArray) pids = g_array_new (FALSE, FALSE, sizeof (pid_t));
    g_autoptr (GList) members = NULL;
    JsonObject *workers;
    JsonNode *node;

    if (!json_parser_load_from_data (parser, json, -1, NULL))
        return NULL;
    /* Rspamd may answer nothing while it reloads, which JSON-GLib takes for a document without a root. */
    node = json_parser_get_root (parser);
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return NULL;
    node = json_object_get_member (json_node_get_object (node), "workers");
    if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return NULL;
    workers = json_node_get_object (node);
    members = json_object_get_members (workers);
    for (GList *at = members; at; at = at->next) {
        pid_t pid = (pid_t)g_ascii_strtoll (at->data, NULL, 10);

        if (pid > 0 && is_proxy (workers, at->data))
            g_array_append_val (pids, pid);
    }
    return g_steal_pointer (&pids);
}

GArray *
postern_rspamd_host_list_proxies (PosternRspamdHost *self, PosternRspamdSettings *settings, GError **error)
{
    g_autoptr (PosternCommand) rspamadm = postern_command_new ("rspamadm", "control", NULL);
    GArray *pids = NULL;

    if (settings->control_socket) {
        postern_command_add (rspamadm, "-s");
        postern_command_add (rspamadm, settings->control_socket);
    }
    postern_command_add (rspamadm, "-j");
    postern_command_add (rspamadm, "-t");
    postern_command_add (rspamadm, "5");
    postern_command_add (rspamadm, "stat");
    if (!postern_command_run (rspamadm, error))
        return NULL;
    pids = parse_proxies (postern_command_get_output (rspamadm));
    if (pids == NULL)
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_SCANNER_UNAVAILABLE,
                             _ ("Rspamd does not say which processes it has."));
    return pids;
}
