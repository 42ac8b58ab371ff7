/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

/* A directory that goes when the test has passed. */

static inline char *
scratch_new (void)
{
    g_autoptr (GError) error = NULL;
    char *directory = g_dir_make_tmp ("postern-test-XXXXXX", &error);

    g_assert_no_error (error);
    return directory;
}

static inline void
scratch_remove (const char *path)
{
    g_autoptr (GDir) directory = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
    const char *name;

    while (directory && (name = g_dir_read_name (directory)) != NULL) {
        g_autofree char *child = g_build_filename (path, name, NULL);

        scratch_remove (child);
    }
    g_remove (path);
}
