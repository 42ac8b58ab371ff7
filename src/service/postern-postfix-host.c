/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-postfix-host.h"

#include <gio/gio.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <string.h>

struct _PosternPostfixHost {
    char *directory;
    guint16 private_port;
};

PosternPostfixHost *
postern_postfix_host_new (const char *directory, guint16 private_port)
{
    PosternPostfixHost *self = g_new0 (PosternPostfixHost, 1);

    self->directory = g_canonicalize_filename (directory, NULL);
    self->private_port = private_port;
    return self;
}

void
postern_postfix_host_free (PosternPostfixHost *self)
{
    g_free (self->directory);
    g_free (self);
}

const char *
postern_postfix_host_get_directory (PosternPostfixHost *self)
{
    return self->directory;
}

guint16
postern_postfix_host_get_private_port (PosternPostfixHost *self)
{
    return self->private_port;
}

PosternCommand *
postern_postfix_host_command (PosternPostfixHost *self, const char *program, ...)
{
    PosternCommand *command = postern_command_new (program, "-c", self->directory, NULL);
    const char *argument;
    va_list arguments;

    va_start (arguments, program);
    while ((argument = va_arg (arguments, const char *)) != NULL)
        postern_command_add (command, argument);
    va_end (arguments);
    return command;
}

char *
postern_postfix_host_get_parameter (PosternPostfixHost *self, const char *name, GError **error)
{
    g_autoptr (PosternCommand) postconf = postern_postfix_host_command (self, "postconf", "-xh", name, NULL);

    if (!postern_command_run (postconf, error))
        return NULL;
    return g_strchomp (g_strdup (postern_command_get_output (postconf)));
}

char *
postern_postfix_host_get_version (PosternPostfixHost *self, GError **error)
{
    return postern_postfix_host_get_parameter (self, "mail_version", error);
}

/* “postconf -n NAME…” would also tell defaults: the whole list is read, and what is not in it is not set. */
PosternSettings *
postern_postfix_host_read_settings (PosternPostfixHost *self, const char *const *names, GError **error)
{
    g_autoptr (PosternCommand) postconf = postern_postfix_host_command (self, "postconf", "-n", NULL);
    g_autoptr (PosternSettings) all = NULL;
    PosternSettings *settings;

    if (!postern_command_run (postconf, error))
        return NULL;
    all = postern_settings_from_text (postern_command_get_output (postconf));
    settings = postern_settings_new ();
    for (guint i = 0; names[i]; i++)
        postern_settings_set (settings, names[i], postern_settings_lookup (all, names[i]));
    return settings;
}

gboolean
postern_postfix_host_is_running (PosternPostfixHost *self, GError **error)
{
    g_autoptr (PosternCommand) postfix = postern_postfix_host_command (self, "postfix", "status", NULL);

    return postern_command_run (postfix, error);
}

gboolean
postern_postfix_host_reload (PosternPostfixHost *self, GError **error)
{
    g_autoptr (PosternCommand) postfix = postern_postfix_host_command (self, "postfix", "reload", NULL);

    return postern_command_run (postfix, error);
}

static char *
table_name (const char *type, const char *path)
{
    return g_strconcat (type, ":", path, NULL);
}

gboolean
postern_postfix_host_make_table (PosternPostfixHost *self, const char *type, const char *path, GError **error)
{
    g_autofree char *table = table_name (type, path);
    g_autoptr (PosternCommand) postmap = postern_postfix_host_command (self, "postmap", table, NULL);

    postern_command_set_seconds (postmap, 120);
    return postern_command_run (postmap, error);
}

/* Status 1 is “not found” if nothing was said on the standard error. */
char *
postern_postfix_host_query (PosternPostfixHost *self, const char *type, const char *path, const char *key,
                            GError **error)
{
    g_autofree char *table = table_name (type, path);
    g_autoptr (PosternCommand) postmap = postern_postfix_host_command (self, "postmap", "-q", key, table, NULL);
    g_autoptr (GError) local = NULL;

    if (postern_command_run (postmap, &local))
        return g_strchomp (g_strdup (postern_command_get_output (postmap)));
    if (*postern_command_get_errors (postmap) != '\0')
        g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
}

static void
add_interfaces (GStrvBuilder *names)
{
    struct ifaddrs *interfaces = NULL;

    if (getifaddrs (&interfaces) < 0)
        return;
    for (struct ifaddrs *at = interfaces; at; at = at->ifa_next) {
        g_autoptr (GSocketAddress) address = NULL;
        gsize length;

        if (at->ifa_addr == NULL || (at->ifa_addr->sa_family != AF_INET && at->ifa_addr->sa_family != AF_INET6))
            continue;
        length = at->ifa_addr->sa_family == AF_INET ? sizeof (struct sockaddr_in) : sizeof (struct sockaddr_in6);
        address = g_socket_address_new_from_native (at->ifa_addr, length);
        if (G_IS_INET_SOCKET_ADDRESS (address))
            g_strv_builder_take (
                names, g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))));
    }
    freeifaddrs (interfaces);
}

/* postconf(5) inet_interfaces, proxy_interfaces: “all”, “loopback-only”, or names and addresses, maybe in brackets. */
static void
add_listed (GStrvBuilder *names, const char *list)
{
    g_auto (GStrv) words = g_strsplit_set (list, " ,\t\n", -1);

    for (guint i = 0; words[i]; i++) {
        char *word = words[i];

        if (word[0] == '[' && strlen (word) > 2) {
            word[strlen (word) - 1] = '\0';
            word++;
        }
        if (g_str_equal (word, "all"))
            add_interfaces (names);
        else if (g_str_equal (word, "loopback-only"))
            g_strv_builder_add_many (names, "127.0.0.1", "::1", NULL);
        else if (*word)
            g_strv_builder_add (names, word);
    }
}

char **
postern_postfix_host_list_own_names (PosternPostfixHost *self)
{
    const char *const parameters[] = { "inet_interfaces", "proxy_interfaces", "myhostname" };
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

    for (guint i = 0; i < G_N_ELEMENTS (parameters); i++) {
        g_autofree char *value = postern_postfix_host_get_parameter (self, parameters[i], NULL);

        if (value)
            add_listed (names, value);
    }
    return g_strv_builder_end (names);
}
