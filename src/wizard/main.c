/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-application.h"
#include "wizard/postern-language.h"

int
main (int argc, char **argv)
{
    g_autoptr (PosternApplication) application = NULL;

    postern_language_start ();
    g_set_application_name ("Postern");

    application = postern_application_new ();
    return g_application_run (G_APPLICATION (application), argc, argv);
}
