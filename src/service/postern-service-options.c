/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-service-options.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "plan/postern-help-text.h"
#include "service/postern-directory-store.h"
#include "service/postern-service-error.h"

#define DEFAULT_PRIVATE_PORT 10125

void
postern_service_options_free (PosternServiceOptions *self)
{
    g_free (self->state_dir);
    g_free (self->postfix_dir);
    g_free (self->rspamd_dir);
    g_strfreev (self->listen);
    g_free (self->mail_log);
    g_free (self->help);
    g_free (self->role);
    g_strfreev (self->words);
    g_free (self);
}

static char *
description (void)
{
    return g_strdup (
        /* Translators: what one line says fits 80 columns. */
        _ ("Commands:\n"
           "  token add NAME     Make an access token and print it\n"
           "  token list         List the names of access tokens\n"
           "  token remove NAME  Forget an access token\n"
           "  fingerprint        Print the fingerprint of the certificate\n"
           "  check              Say what posternd sets in Postfix, and whether it does\n"
           "  release            Give Postfix and Rspamd back what they had before\n"
           "Without a command, serve the Gateway API, by which Postfix is set up."));
}

static char *
wrap_help (GOptionContext *context)
{
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

    return postern_help_text_wrap (help);
}

static gboolean
parse (PosternServiceOptions *self, char ***arguments, GError **error)
{
    gboolean wants_help = FALSE;
    const GOptionEntry entries[] = {
        { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->state_dir,
          N_ ("Where to keep revisions, tokens and certificate"), N_ ("DIR") },
        { "postfix-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->postfix_dir,
          N_ ("The Postfix instance's configuration directory"), N_ ("DIR") },
        { "rspamd-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->rspamd_dir, N_ ("Rspamd's configuration directory"),
          N_ ("DIR") },
        { "no-rspamd", 0, 0, G_OPTION_ARG_NONE, &self->no_rspamd, N_ ("Leave Rspamd alone, and scan no messages"),
          NULL },
        { "listen", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->listen, N_ ("Where to listen; may be given several times"),
          N_ ("ADDRESS:PORT") },
        { "private-port", 0, 0, G_OPTION_ARG_INT, &self->private_port,
          N_ ("The loopback port where posternd asks Postfix"), N_ ("PORT") },
        { "keep", 0, 0, G_OPTION_ARG_INT, &self->kept, N_ ("How many revisions to keep"), N_ ("NUMBER") },
        { "mail-log", 0, 0, G_OPTION_ARG_FILENAME, &self->mail_log, N_ ("Where Postfix's log is, if it is not found"),
          N_ ("FILE|journal") },
        { "practice", 0, 0, G_OPTION_ARG_NONE, &self->practice, N_ ("Keep revisions, but carry no mail"), NULL },
        { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose, N_ ("Log more"), NULL },
        { "role", 0, 0, G_OPTION_ARG_STRING, &self->role, N_ ("What a new token may do: write or read"), N_ ("ROLE") },
        { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_ ("Print the version"), NULL },
        { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_ ("Print this text"), NULL },
        G_OPTION_ENTRY_NULL,
    };
    /* Translators: what the command line consists of, beside options. */
    g_autoptr (GOptionContext) context = g_option_context_new (_ ("[COMMAND…]"));
    g_autofree char *commands = description ();

    /* GLib's own help knows no width. */
    g_option_context_set_help_enabled (context, FALSE);
    g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
    g_option_context_set_description (context, commands);
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
    if (!g_option_context_parse_strv (context, arguments, error))
        return FALSE;
    if (wants_help)
        self->help = wrap_help (context);
    return TRUE;
}

/* Table names in main.cf hold it. */
static gboolean
check_directory (const char *directory, GError **error)
{
    if (strpbrk (directory, " \t\r\n$,#:{}") == NULL)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE,
                 _ ("“%s” cannot be the state directory: Postfix does not take such a name in its configuration."),
                 directory);
    return FALSE;
}

static gboolean
check_numbers (PosternServiceOptions *self, GError **error)
{
    if (self->private_port >= 1 && self->private_port <= G_MAXUINT16 && self->kept >= 1)
        return TRUE;
    g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE,
                         _ ("--private-port takes a number from 1 to 65535, --keep one from 1 on."));
    return FALSE;
}

static void
complete (PosternServiceOptions *self)
{
    g_autofree char *state_dir = g_canonicalize_filename (self->state_dir ? self->state_dir : POSTERN_STATE_DIR, NULL);

    g_set_str (&self->state_dir, state_dir);
    if (self->postfix_dir == NULL)
        self->postfix_dir = g_strdup ("/etc/postfix");
    if (self->rspamd_dir == NULL)
        self->rspamd_dir = g_strdup ("/etc/rspamd");
}

PosternServiceOptions *
postern_service_options_parse (char **arguments, GError **error)
{
    g_autoptr (PosternServiceOptions) self = g_new0 (PosternServiceOptions, 1);
    g_auto (GStrv) rest = g_strdupv (arguments);

    self->private_port = DEFAULT_PRIVATE_PORT;
    self->kept = POSTERN_DIRECTORY_STORE_DEFAULT_KEPT;
    if (!parse (self, &rest, error))
        return NULL;
    self->words = g_strdupv (rest + 1);
    complete (self);
    if (!check_directory (self->state_dir, error) || !check_numbers (self, error))
        return NULL;
    return g_steal_pointer (&self);
}
