/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/resource.h>

#include "wizard/postern-application.h"
#include "wizard/postern-language.h"

int
main (int argc, char **argv)
{
    g_autoptr (PosternApplication) application = NULL;
    /* There may be a token or a password in memory, which belongs into no core dump. (The process stays one that others
     * may look at: portals want to know who asks them.) */
    const struct rlimit none = { 0, 0 };

    setrlimit (RLIMIT_CORE, &none);
    postern_language_start ();
    g_set_application_name (POSTERN_APPLICATION_NAME);

    application = postern_application_new ();
    return g_application_run (G_APPLICATION (application), argc, argv);
}
