/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "service/postern-scanner-hooks.h"
#include "service/postern-service-error.h"

#include "scratch.h"

static const PosternScannerPlaces places = { .files = "/state/scanner", .deletion = "/state/scanner-deletion" };

/* A configuration directory with an administrator's own files in it. */
static char *
make_directory (void)
{
    static const char *const folders[] = { "local.d", "override.d", "lua.local.d" };
    char *directory = scratch_new ();

    for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
        g_autofree char *path = g_build_filename (directory, folders[i], NULL);

        g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
    }
    return directory;
}

static void
write_file (const char *directory, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename (directory, name, NULL);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_file (const char *directory, const char *name, const char *part)
{
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_autofree char *text = NULL;

    g_file_get_contents (path, &text, NULL, NULL);
    if (part == NULL)
        g_assert_null (text);
    else
        g_assert_nonnull (strstr (text, part));
}

static void
test_install_and_remove (void)
{
    g_autofree char *directory = make_directory ();
    g_autoptr (GError) error = NULL;

    write_file (directory, "override.d/actions.conf", "reject = 12;\n");
    g_assert_false (postern_scanner_hooks_are_there (directory));
    g_assert_true (postern_scanner_hooks_install (directory, &places, &error));
    g_assert_no_error (error);
    g_assert_true (postern_scanner_hooks_are_installed (directory, &places));
    assert_file (directory, "override.d/options.inc", "\"/state/scanner/rspamd-options.inc\"");
    assert_file (directory, "override.d/worker-proxy.inc", "\"/state/scanner-deletion\"");
    assert_file (directory, "lua.local.d/postern.lua", "\"/state/scanner/rspamd.lua\"");

    g_assert_true (postern_scanner_hooks_remove (directory, &error));
    g_assert_no_error (error);
    g_assert_false (postern_scanner_hooks_are_there (directory));
    assert_file (directory, "override.d/options.inc", NULL);
    assert_file (directory, "override.d/actions.conf", "reject = 12;\n");
    scratch_remove (directory);
}

/* What an administrator has changed in a hook is put right; a hook that leads elsewhere is none. */
static void
test_repair (void)
{
    g_autofree char *directory = make_directory ();
    const PosternScannerPlaces elsewhere = { .files = "/other/scanner", .deletion = "/other/scanner-deletion" };

    g_assert_true (postern_scanner_hooks_install (directory, &elsewhere, NULL));
    g_assert_false (postern_scanner_hooks_are_installed (directory, &places));
    g_assert_true (postern_scanner_hooks_install (directory, &places, NULL));
    g_assert_true (postern_scanner_hooks_are_installed (directory, &places));
    scratch_remove (directory);
}

static void
test_somebody_else (void)
{
    g_autofree char *directory = make_directory ();
    g_autoptr (GError) error = NULL;

    write_file (directory, "override.d/worker-proxy.inc", "count = 4;\n");
    g_assert_false (postern_scanner_hooks_install (directory, &places, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_MTA_REFUSED);
    g_assert_nonnull (strstr (error->message, "override.d/worker-proxy.inc"));
    assert_file (directory, "override.d/worker-proxy.inc", "count = 4;\n");
    assert_file (directory, "override.d/options.inc", NULL);
    g_assert_true (postern_scanner_hooks_remove (directory, NULL));
    assert_file (directory, "override.d/worker-proxy.inc", "count = 4;\n");
    scratch_remove (directory);
}

static void
test_imitation (void)
{
    g_autofree char *directory = make_directory ();
    g_autofree char *scratch = scratch_new ();
    g_autofree char *copy = g_build_filename (scratch, "copy", NULL);
    g_autoptr (GError) error = NULL;

    write_file (directory, "rspamd.conf", "all of it\n");
    write_file (directory, "local.d/spf.conf", "own = 1;\n");
    write_file (directory, "override.d/actions.conf", "reject = 12;\n");
    g_assert_true (postern_scanner_hooks_imitate (directory, copy, &places, &error));
    g_assert_no_error (error);
    assert_file (copy, "rspamd.conf", "all of it\n");
    assert_file (copy, "local.d/spf.conf", "own = 1;\n");
    assert_file (copy, "override.d/actions.conf", "reject = 12;\n");
    assert_file (copy, "override.d/spf.conf", "\"/state/scanner/rspamd-spf.conf\"");
    assert_file (directory, "override.d/spf.conf", NULL);

    postern_scanner_hooks_remove_imitation (copy);
    assert_file (directory, "override.d/actions.conf", "reject = 12;\n");
    g_assert_cmpint (g_rmdir (scratch), ==, 0);
    scratch_remove (directory);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/scanner-hooks/install-and-remove", test_install_and_remove);
    g_test_add_func ("/scanner-hooks/repair", test_repair);
    g_test_add_func ("/scanner-hooks/somebody-else", test_somebody_else);
    g_test_add_func ("/scanner-hooks/imitation", test_imitation);
    return g_test_run ();
}
