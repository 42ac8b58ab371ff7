/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/posternctl-command.h"

#include <glib/gi18n-lib.h>
#include "plan/postern-help-text.h"

static void
arguments_clear (PosternctlArguments *self)
{
    g_free (self->token_file);
    g_free (self->user);
    g_free (self->password_file);
    g_free (self->pin);
    g_free (self->ca_file);
    g_strfreev (self->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosternctlArguments, arguments_clear)

static void
add_access_options (GOptionContext *context, PosternctlArguments *arguments)
{
    const GOptionEntry entries[] = {
        { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->token_file,
          N_ ("Read the access token from the private file FILE"), N_ ("FILE") },
        { "user", 0, 0, G_OPTION_ARG_STRING, &arguments->user,
          N_ ("Log in to a Proxmox Mail Gateway as USER (admin@pmg)"), N_ ("USER") },
        { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->password_file,
          N_ ("Read its password from the private file FILE"), N_ ("FILE") },
        { "pin", 0, 0, G_OPTION_ARG_STRING, &arguments->pin, N_ ("Believe only the certificate with this fingerprint"),
          N_ ("sha256:…") },
        { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->ca_file,
          N_ ("Believe only what certificates in FILE have signed"), N_ ("FILE") },
        G_OPTION_ENTRY_NULL,
    };

    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static GOptionContext *
make_context (const PosternctlCommand *command, PosternctlArguments *arguments, gboolean *wants_help)
{
    const GOptionEntry entries[] = {
        { "help", 'h', G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, wants_help, NULL, NULL },
        { "json", 0, 0, G_OPTION_ARG_NONE, &arguments->json, N_ ("Print one JSON document"), NULL },
        { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments->words, NULL, NULL },
        G_OPTION_ENTRY_NULL,
    };
    GOptionContext *context = g_option_context_new (command->words);

    /* GLib's own help knows no width. */
    g_option_context_set_help_enabled (context, FALSE);
    g_option_context_set_summary (context, _ (command->summary));
    if (command->details != NULL) {
        g_autoptr (GString) details = g_string_new (_ (command->details));

        /* Paragraphs without an empty line between them, so that the help fits a screen. */
        g_string_replace (details, "\n\n", "\n", 0);
        g_option_context_set_description (context, details->str);
    }
    if (command->options != NULL)
        g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
    if (command->asks_gateway)
        add_access_options (context, arguments);
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
    return context;
}

static PosternctlStatus
show_help (GOptionContext *context)
{
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
    g_autofree char *wrapped = postern_help_text_wrap (help);

    g_print ("%s", wrapped);
    return POSTERNCTL_OK;
}

static PosternctlStatus
misused (const PosternctlCommand *command, const char *why)
{
    g_printerr ("posternctl %s: %s\n", command->name, why);
    /* Translators: %s is the name of a command. */
    g_printerr (_ ("“posternctl %s --help” says how it is used."), command->name);
    g_printerr ("\n");
    return POSTERNCTL_UNREADABLE;
}

PosternctlStatus
posternctl_run_command (const PosternctlCommand *command, int argc, char **argv)
{
    g_auto (PosternctlArguments) arguments = { 0 };
    gboolean wants_help = FALSE;
    g_autoptr (GOptionContext) context = make_context (command, &arguments, &wants_help);
    g_autofree char *name = g_strdup_printf ("posternctl %s", command->name);
    g_autoptr (GError) error = NULL;
    int n_words;

    g_set_prgname (name);
    if (!g_option_context_parse (context, &argc, &argv, &error))
        return misused (command, error->message);
    if (wants_help)
        return show_help (context);
    n_words = arguments.words != NULL ? g_strv_length (arguments.words) : 0;
    if (n_words != command->n_words) {
        /* Translators: %s is what a command wants to be told, such as “PLAN GATEWAY”. */
        g_autofree char *why = g_strdup_printf (_ ("it wants to be told %s"), command->words);

        return misused (command, command->n_words > 0 ? why : _ ("it wants to be told nothing but options"));
    }
    if (arguments.pin != NULL && arguments.ca_file != NULL)
        return misused (command, _ ("--pin and --ca-file do not go together"));
    return command->run (&arguments);
}
