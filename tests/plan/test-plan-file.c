/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/postern-plan-json.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

/* A directory with a plan file in it, and a plan that is larger than what the file holds. */
typedef struct {
    char *directory;
    char *path;
    GFile *file;
    PosternPlan *old;
    PosternPlan *fresh;
    gsize size; /* of the new file */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
    g_autofree char *json = NULL;

    f->directory = g_dir_make_tmp ("postern-file-XXXXXX", NULL);
    f->path = g_build_filename (f->directory, "a.postern", NULL);
    f->file = g_file_new_for_path (f->path);
    f->old = postern_plan_new ();
    postern_plan_add_domain (f->old, "old.example", NULL);
    g_assert_true (postern_plan_save (f->old, f->file, NULL, NULL));
    f->fresh = postern_plan_new ();
    for (guint i = 0; i < 5000; i++) {
        g_autofree char *name = g_strdup_printf ("d%u.example", i);

        postern_plan_add_domain (f->fresh, name, NULL);
    }
    json = postern_plan_to_json (f->fresh, POSTERN_PLAN_FORM_FILE, &f->size);
}

static void
empty_directory (const char *directory)
{
    g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (directory, name, NULL);

        if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
            empty_directory (path);
            g_rmdir (path);
        } else {
            g_unlink (path);
        }
    }
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    g_chmod (f->directory, 0700);
    empty_directory (f->directory);
    g_assert_no_errno (g_rmdir (f->directory));
    g_object_unref (f->file);
    g_object_unref (f->old);
    g_object_unref (f->fresh);
    g_free (f->path);
    g_free (f->directory);
}

static void
assert_file_is (Fixture *f, PosternPlan *plan)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternPlan) loaded = postern_plan_load (f->file, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (postern_plan_equal (loaded, plan));
}

static guint
count_files (const char *directory)
{
    g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
    guint n = 0;

    while (g_dir_read_name (dir) != NULL)
        n++;
    return n;
}

/* Saves in a process of its own, which must not write more than @most bytes to a file: the kernel ends it in the middle
 * of the write, or, if it @survives that, lets the write fail. Returns: how the process ended. */
static int
save_at_most (Fixture *f, gsize most, gboolean survives)
{
    pid_t child = fork ();
    int status;

    if (child == 0) {
        const struct rlimit limit = { most, most };
        const struct rlimit no_core = { 0, 0 };

        signal (SIGXFSZ, survives ? SIG_IGN : SIG_DFL);
        setrlimit (RLIMIT_CORE, &no_core);
        setrlimit (RLIMIT_FSIZE, &limit);
        _exit (postern_plan_save (f->fresh, f->file, NULL, NULL) ? 0 : 1);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    return status;
}

/* Wherever a save is cut off, there is the old plan. */
static void
test_killed (Fixture *f, gconstpointer data)
{
    const gsize limits[] = { 0, 1, 4096, f->size / 2, f->size - 1 };

    for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
        int status = save_at_most (f, limits[i], FALSE);

        g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGXFSZ);
        assert_file_is (f, f->old);
    }
    g_assert_cmpint (save_at_most (f, f->size, FALSE), ==, 0);
    assert_file_is (f, f->fresh);
}

/* A save that fails, as on a full disk, says so, leaves the old plan, and nothing else. */
static void
test_no_room (Fixture *f, gconstpointer data)
{
    int status = save_at_most (f, f->size / 2, TRUE);

    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 1);
    assert_file_is (f, f->old);
    g_assert_cmpuint (count_files (f->directory), ==, 1);
}

static void
test_rights_stay (Fixture *f, gconstpointer data)
{
    const mode_t modes[] = { 0600, 0664, 0640 };
    struct stat info;

    for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
        g_assert_no_errno (g_chmod (f->path, (int)modes[i]));
        g_assert_true (postern_plan_save (f->fresh, f->file, NULL, NULL));
        g_assert_no_errno (g_stat (f->path, &info));
        g_assert_cmpuint (info.st_mode & 07777, ==, modes[i]);
    }
}

/* A link stays a link, and its target is what is written, also when it is not there yet. */
static void
test_links (Fixture *f, gconstpointer data)
{
    g_autofree char *sub = g_build_filename (f->directory, "sub", NULL);
    g_autofree char *dead = g_build_filename (f->directory, "dead.postern", NULL);
    g_autofree char *chain = g_build_filename (f->directory, "chain.postern", NULL);
    g_autofree char *nowhere = g_build_filename (f->directory, "nowhere.postern", NULL);
    g_autofree char *target = g_build_filename (sub, "target.postern", NULL);
    g_autoptr (GFile) chain_file = g_file_new_for_path (chain);
    g_autoptr (GFile) nowhere_file = g_file_new_for_path (nowhere);
    g_autoptr (GFile) target_file = g_file_new_for_path (target);
    g_autoptr (PosternPlan) loaded = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_no_errno (g_mkdir (sub, 0700));
    g_assert_no_errno (symlink ("sub/target.postern", dead));
    g_assert_no_errno (symlink ("dead.postern", chain));
    g_assert_true (postern_plan_save (f->fresh, chain_file, NULL, NULL));
    g_assert_true (g_file_test (chain, G_FILE_TEST_IS_SYMLINK));
    g_assert_true (g_file_test (dead, G_FILE_TEST_IS_SYMLINK));
    g_assert_false (g_file_test (target, G_FILE_TEST_IS_SYMLINK));
    loaded = postern_plan_load (target_file, NULL, NULL);
    g_assert_true (postern_plan_equal (loaded, f->fresh));

    g_assert_no_errno (symlink ("missing/target.postern", nowhere));
    g_assert_false (postern_plan_save (f->fresh, nowhere_file, NULL, &error));
    g_assert_nonnull (error);
    g_assert_true (g_file_test (nowhere, G_FILE_TEST_IS_SYMLINK));
}

/* Returns: what a save by somebody who is not root comes to */
static int
save_as_nobody (Fixture *f)
{
    pid_t child = fork ();
    int status;

    if (child == 0) {
        if (geteuid () == 0 && (setregid (NOBODY, NOBODY) != 0 || setreuid (NOBODY, NOBODY) != 0))
            _exit (2);
        _exit (postern_plan_save (f->fresh, f->file, NULL, NULL) ? 0 : 1);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status));
    return WEXITSTATUS (status);
}

/* Neither a file nor a directory that may not be written to is written to. */
static void
test_not_allowed (Fixture *f, gconstpointer data)
{
    g_assert_no_errno (g_chmod (f->directory, 0777));
    g_assert_no_errno (g_chmod (f->path, 0444));
    g_assert_cmpint (save_as_nobody (f), ==, 1);
    assert_file_is (f, f->old);

    g_assert_no_errno (g_chmod (f->path, 0666));
    g_assert_no_errno (g_chmod (f->directory, 0555));
    g_assert_cmpint (save_as_nobody (f), ==, 1);
    assert_file_is (f, f->old);

    g_assert_no_errno (g_chmod (f->directory, 0777));
    g_assert_cmpint (save_as_nobody (f), ==, 0);
    assert_file_is (f, f->fresh);
}

/* What is no file is said to be none, and is not waited for. */
static void
test_no_file (Fixture *f, gconstpointer data)
{
    g_autofree char *pipe_path = g_build_filename (f->directory, "pipe", NULL);
    g_autoptr (GFile) pipe_file = g_file_new_for_path (pipe_path);
    g_autoptr (GFile) directory = g_file_new_for_path (f->directory);
    g_autoptr (GError) pipe_error = NULL;
    g_autoptr (GError) directory_error = NULL;
    g_autoptr (GError) save_error = NULL;

    g_assert_no_errno (mkfifo (pipe_path, 0600));
    g_assert_null (postern_plan_load (pipe_file, NULL, &pipe_error));
    g_assert_error (pipe_error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
    g_assert_null (postern_plan_load (directory, NULL, &directory_error));
    g_assert_error (directory_error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
    g_assert_false (postern_plan_save (f->fresh, directory, NULL, &save_error));
    g_assert_nonnull (save_error);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/plan-file/" path, Fixture, NULL, set_up, function, tear_down)
    ADD ("killed", test_killed);
    ADD ("no-room", test_no_room);
    ADD ("rights-stay", test_rights_stay);
    ADD ("links", test_links);
    ADD ("not-allowed", test_not_allowed);
    ADD ("no-file", test_no_file);
    return g_test_run ();
}
