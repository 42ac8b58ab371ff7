/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sys/prctl.h>

#include "cli/posternctl-command.h"
#include "plan/postern-help-text.h"
#include "plan/postern-translations.h"

static const PosternctlCommand *const commands[] = {
    &posternctl_import_command,      &posternctl_check_command,  &posternctl_show_command,
    &posternctl_flow_command,        &posternctl_read_command,   &posternctl_diff_command,
    &posternctl_push_command,        &posternctl_verify_command, &posternctl_revisions_command,
    &posternctl_restore_command,     &posternctl_resume_command, &posternctl_mail_log_command,
    &posternctl_fingerprint_command,
};

static char *
make_help (void)
{
    g_autoptr (GString) help = g_string_new (NULL);
    g_autofree char *text = NULL;

    g_string_append (help, _ ("Usage: posternctl COMMAND [OPTION…] …\n\n"
                              "Sets up a mail gateway from a plan, without a display.\n\n"));
    for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
        g_autofree char *call = g_strdup_printf ("%s %s", commands[i]->name, commands[i]->words);

        g_string_append_printf (help, "  %-22s %s\n", call, _ (commands[i]->summary));
    }
    g_string_append (help,
                     _ ("\n"
                        "PLAN is a plan file, or “-” for standard input. GATEWAY is https://host[:port].\n"
                        "“posternctl COMMAND --help” tells about a command, “posternctl --version” which version this "
                        "is.\n"));
    text = g_string_free_and_steal (g_steal_pointer (&help));
    return postern_help_text_wrap (text);
}

static const PosternctlCommand *
find_command (const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
        if (g_str_equal (commands[i]->name, name))
            return commands[i];
    }
    return NULL;
}

int
main (int argc, char **argv)
{
    g_autofree char *help = NULL;
    const PosternctlCommand *command;

    /* There may be a token or a password in memory: it is to get neither into a core dump nor before a debugger. */
    prctl (PR_SET_DUMPABLE, 0);
    setlocale (LC_ALL, "");
    postern_translations_bind ();
    help = make_help ();
    if (argc < 2) {
        g_printerr ("%s", help);
        return POSTERNCTL_UNREADABLE;
    }
    if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")) {
        g_print ("%s", help);
        return POSTERNCTL_OK;
    }
    if (g_str_equal (argv[1], "--version")) {
        g_print ("posternctl %s\n", POSTERN_VERSION);
        return POSTERNCTL_OK;
    }
    command = find_command (argv[1]);
    if (command == NULL) {
        /* Translators: %s is what was typed. */
        g_printerr (_ ("posternctl: there is no command “%s”"), argv[1]);
        g_printerr ("\n\n%s", help);
        return POSTERNCTL_UNREADABLE;
    }
    return posternctl_run_command (command, argc - 1, argv + 1);
}
