/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-translations.h"

#include <libintl.h>

void
postern_translations_bind (void)
{
    const char *directory = g_getenv ("POSTERN_LOCALE_DIR");

    bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : POSTERN_LOCALE_DIR);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    textdomain (GETTEXT_PACKAGE);
}
