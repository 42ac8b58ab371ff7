/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "wizard/postern-application.h"

int
main (int argc, char **argv)
{
    g_autoptr (PosternApplication) application = NULL;
    const char *locale_dir = g_getenv ("POSTERN_LOCALE_DIR");

    setlocale (LC_ALL, "");
    bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : POSTERN_LOCALE_DIR);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    textdomain (GETTEXT_PACKAGE);
    g_set_application_name ("Postern");

    application = postern_application_new ();
    return g_application_run (G_APPLICATION (application), argc, argv);
}
