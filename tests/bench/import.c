/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "plan/postern-import.h"

/*
 * import FILE
 *
 * Does what `sort -u FILE` does and looks at each line, too: reads domains, validates them, finds those that are there
 * twice. Prints how many there are, and how many KiB of memory it had at most.
 */

/* Of this program alone; what wait4(2) tells begins with what its parent had. */
static guint64
get_peak (void)
{
    g_autofree char *status = NULL;
    const char *line;

    g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
    line = status ? strstr (status, "VmHWM:") : NULL;
    return line ? strtoull (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

int
main (int argc, char **argv)
{
    g_autoptr (PosternPlan) plan = postern_plan_new ();
    g_autoptr (GFile) file = NULL;
    g_autoptr (PosternImport) import = NULL;
    g_autoptr (GError) error = NULL;

    if (argc != 2) {
        g_printerr ("import FILE\n");
        return 1;
    }
    file = g_file_new_for_path (argv[1]);
    import = postern_import_load (file, POSTERN_IMPORT_DOMAINS, plan, NULL, &error);
    if (import == NULL) {
        g_printerr ("%s\n", error->message);
        return 1;
    }
    g_print ("%u %" G_GUINT64_FORMAT "\n", postern_import_count (import, POSTERN_IMPORT_TAKEN), get_peak ());
    return 0;
}
