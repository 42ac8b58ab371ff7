/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-rspamd-settings.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "service/postern-service-error.h"
#include "service/postern-settings.h"

#define INET "inet:"
#define UNIX "unix:"

/* What is kept of them, by these names. */
#define MILTER "milter"
#define CONTROL_SOCKET "control_socket"

typedef void (*ObjectFunc) (JsonObject *object, gpointer user_data);

/* A section that is there several times is an array (UCL, “implicit arrays”). */
static void
for_each_object (JsonNode *node, ObjectFunc func, gpointer user_data)
{
    if (node && JSON_NODE_HOLDS_OBJECT (node)) {
        func (json_node_get_object (node), user_data);
    } else if (node && JSON_NODE_HOLDS_ARRAY (node)) {
        JsonArray *array = json_node_get_array (node);

        for (guint i = 0; i < json_array_get_length (array); i++)
            for_each_object (json_array_get_element (array, i), func, user_data);
    }
}

static char **
get_strings (JsonObject *object, const char *member)
{
    JsonNode *node = json_object_get_member (object, member);
    g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

    if (node && JSON_NODE_HOLDS_ARRAY (node)) {
        JsonArray *array = json_node_get_array (node);

        for (guint i = 0; i < json_array_get_length (array); i++) {
            JsonNode *element = json_array_get_element (array, i);
            const char *text = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

            if (text)
                g_strv_builder_add (strings, text);
        }
    } else if (node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node)) {
        g_strv_builder_add (strings, json_node_get_string (node));
    }
    return g_strv_builder_end (strings);
}

/* Postfix on this host reaches a wildcard address at the loopback address; so it does a “localhost” that its chroot
 * may not be able to look up. */
static const char *
reachable_host (const char *host)
{
    if (g_str_equal (host, "[::]") || g_str_equal (host, "*v6"))
        return "[::1]";
    if (g_str_equal (host, "localhost") || g_str_equal (host, "0.0.0.0") || host[0] == '*' || host[0] == '\0')
        return "127.0.0.1";
    return host;
}

/* Rspamd's form of an address, “HOST:PORT” or “/PATH mode=…”, as Postfix writes it; NULL for others. */
static char *
to_postfix (const char *bind_socket)
{
    g_autofree char *first = g_strndup (bind_socket, strcspn (bind_socket, " \t"));
    char *colon = strrchr (first, ':');
    guint64 port;

    if (first[0] == '/')
        return g_strconcat (UNIX, first, NULL);
    if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
        return NULL;
    *colon = '\0';
    return g_strdup_printf (INET "%s:%" G_GUINT64_FORMAT, reachable_host (first), port);
}

static gboolean
get_flag (JsonObject *object, const char *member, gboolean fallback)
{
    JsonNode *node = json_object_get_member (object, member);

    return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_boolean (node) : fallback;
}

static void
take_proxy (JsonObject *proxy, gpointer user_data)
{
    PosternRspamdSettings *self = user_data;
    g_auto (GStrv) sockets = get_strings (proxy, "bind_socket");

    if (self->milter || !get_flag (proxy, "milter", FALSE))
        return;
    for (guint i = 0; sockets[i] && self->milter == NULL; i++)
        self->milter = to_postfix (sockets[i]);
    self->deletes = get_flag (proxy, "discard_on_reject", FALSE);
}

static void
take_workers (JsonObject *workers, gpointer user_data)
{
    for_each_object (json_object_get_member (workers, "rspamd_proxy"), take_proxy, user_data);
}

static void
take_options (JsonObject *options, gpointer user_data)
{
    PosternRspamdSettings *self = user_data;
    g_auto (GStrv) sockets = get_strings (options, "control_socket");

    g_strfreev (self->local_addrs);
    self->local_addrs = get_strings (options, "local_addrs");
    if (sockets[0]) {
        g_free (self->control_socket);
        self->control_socket = g_strndup (sockets[0], strcspn (sockets[0], " \t"));
    }
}

static void
take_enabled (JsonObject *module, gpointer user_data)
{
    gboolean *enabled = user_data;

    *enabled = get_flag (module, "enabled", *enabled);
}

static gboolean
is_enabled (JsonObject *root, const char *module, gboolean fallback)
{
    gboolean enabled = fallback;

    for_each_object (json_object_get_member (root, module), take_enabled, &enabled);
    return enabled;
}

PosternRspamdSettings *
postern_rspamd_settings_parse (const char *json, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new ();
    PosternRspamdSettings *self;
    JsonObject *root;

    /* JSON-GLib takes a command that wrote nothing for a document without a root. */
    if (!json_parser_load_from_data (parser, json, -1, NULL) || json_parser_get_root (parser) == NULL ||
        !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND,
                             _ ("Rspamd's configuration cannot be read: rspamadm configdump does not write JSON."));
        return NULL;
    }
    root = json_node_get_object (json_parser_get_root (parser));
    self = g_new0 (PosternRspamdSettings, 1);
    for_each_object (json_object_get_member (root, "worker"), take_workers, self);
    for_each_object (json_object_get_member (root, "options"), take_options, self);
    if (self->local_addrs == NULL)
        self->local_addrs = g_new0 (char *, 1);
    self->spf = is_enabled (root, "spf", TRUE);
    self->dmarc = is_enabled (root, "dmarc", TRUE);
    self->external_relay = is_enabled (root, "external_relay", FALSE);
    return self;
}

char *
postern_rspamd_settings_to_text (PosternRspamdSettings *self)
{
    g_autoptr (PosternSettings) settings = postern_settings_new ();

    postern_settings_set (settings, MILTER, self->milter);
    postern_settings_set (settings, CONTROL_SOCKET, self->control_socket);
    return postern_settings_to_text (settings);
}

PosternRspamdSettings *
postern_rspamd_settings_from_text (const char *text)
{
    g_autoptr (PosternSettings) settings = postern_settings_from_text (text);
    const char *milter = postern_settings_lookup (settings, MILTER);
    PosternRspamdSettings *self;

    if (milter == NULL)
        return NULL;
    self = g_new0 (PosternRspamdSettings, 1);
    self->milter = g_strdup (milter);
    self->control_socket = g_strdup (postern_settings_lookup (settings, CONTROL_SOCKET));
    self->local_addrs = g_new0 (char *, 1);
    return self;
}

void
postern_rspamd_settings_free (PosternRspamdSettings *self)
{
    g_free (self->milter);
    g_free (self->control_socket);
    g_strfreev (self->local_addrs);
    g_free (self);
}

GSocketConnectable *
postern_rspamd_settings_get_address (PosternRspamdSettings *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    if (self->milter && g_str_has_prefix (self->milter, UNIX))
        return G_SOCKET_CONNECTABLE (g_unix_socket_address_new (self->milter + strlen (UNIX)));
    if (self->milter && g_str_has_prefix (self->milter, INET))
        return g_network_address_parse (self->milter + strlen (INET), 0, NULL);
    return NULL;
}
