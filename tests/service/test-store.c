/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "scratch.h"
#include "service/postern-directory-store.h"
#include "service/postern-service-error.h"

static PosternStore *
open_store (const char *directory, guint kept)
{
    g_autoptr (GError) error = NULL;
    PosternDirectoryStore *store = postern_directory_store_new (directory, kept, &error);

    g_assert_no_error (error);
    return POSTERN_STORE (store);
}

static void
commit (PosternStore *store, guint number)
{
    g_autoptr (PosternStoredRevision) revision = postern_stored_revision_new (number, "tester", 0, number * 10);
    g_autofree char *document = g_strdup_printf ("{\"number\": %u}", number);
    g_autoptr (GBytes) bytes = g_bytes_new (document, strlen (document));
    g_autoptr (GError) error = NULL;
    g_autofree char *part = postern_store_begin (store, revision, bytes, &error);

    g_assert_no_error (error);
    g_assert_true (g_file_test (part, G_FILE_TEST_IS_DIR));
    g_assert_true (postern_store_seal (store, revision, &error) && postern_store_commit (store, revision, &error));
    g_assert_no_error (error);
}

static guint
current_of (PosternStore *store)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (store, &error);

    g_assert_no_error (error);
    return current->number;
}

static void
test_commit (void)
{
    g_autofree char *directory = scratch_new ();
    g_autoptr (PosternStore) store = open_store (directory, 10);
    g_autoptr (PosternStore) later = NULL;
    g_autoptr (PosternStoredRevision) found = NULL;
    g_autoptr (GBytes) document = NULL;

    g_assert_cmpuint (current_of (store), ==, 0);
    commit (store, 1);
    commit (store, 2);
    g_assert_cmpuint (current_of (store), ==, 2);

    later = open_store (directory, 10);
    g_assert_cmpuint (current_of (later), ==, 2);
    found = postern_store_find (later, 1, NULL);
    g_assert_cmpstr (found->by, ==, "tester");
    g_assert_cmpuint (found->changes, ==, 10);
    g_assert_true (g_str_has_prefix (found->mark, "1-"));
    document = postern_store_read_configuration (later, found, NULL);
    g_assert_cmpmem (g_bytes_get_data (document, NULL), g_bytes_get_size (document), "{\"number\": 1}", 13);
    scratch_remove (directory);
}

/* What is begun or sealed is not there for anybody until it is committed. */
static void
test_uncommitted (void)
{
    g_autofree char *directory = scratch_new ();
    g_autoptr (PosternStore) store = open_store (directory, 10);
    g_autoptr (PosternStoredRevision) next = postern_stored_revision_new (2, "tester", 0, 0);
    g_autoptr (GBytes) bytes = g_bytes_new ("{}", 2);
    g_autofree char *part = NULL;
    g_autofree char *final = postern_store_get_directory (store, next);
    g_autoptr (GPtrArray) list = NULL;

    commit (store, 1);
    part = postern_store_begin (store, next, bytes, NULL);
    g_assert_true (postern_store_seal (store, next, NULL));
    list = postern_store_list (store, NULL);
    g_assert_cmpuint (list->len, ==, 1);
    g_assert_cmpuint (current_of (store), ==, 1);
    g_assert_true (g_file_test (final, G_FILE_TEST_IS_DIR));
    postern_store_discard (store, next);
    g_assert_false (g_file_test (final, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
    scratch_remove (directory);
}

static void
test_clean (void)
{
    g_autofree char *directory = scratch_new ();
    g_autoptr (PosternStore) store = open_store (directory, 10);
    g_autoptr (PosternStoredRevision) sealed = postern_stored_revision_new (2, "tester", 0, 0);
    g_autoptr (PosternStoredRevision) begun = postern_stored_revision_new (3, "tester", 0, 0);
    g_autoptr (GBytes) bytes = g_bytes_new ("{}", 2);
    g_autofree char *sealed_part = NULL;
    g_autofree char *begun_part = NULL;
    g_autofree char *final = postern_store_get_directory (store, sealed);

    commit (store, 1);
    sealed_part = postern_store_begin (store, sealed, bytes, NULL);
    g_assert_true (postern_store_seal (store, sealed, NULL));
    begun_part = postern_store_begin (store, begun, bytes, NULL);
    postern_directory_store_clean (POSTERN_DIRECTORY_STORE (store));
    g_assert_false (g_file_test (final, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (begun_part, G_FILE_TEST_EXISTS));
    g_assert_cmpuint (current_of (store), ==, 1);
    scratch_remove (directory);
}

static void
test_prune (void)
{
    g_autofree char *directory = scratch_new ();
    g_autoptr (PosternStore) store = open_store (directory, 3);
    g_autoptr (GPtrArray) list = NULL;
    g_autoptr (GError) error = NULL;

    for (guint number = 1; number <= 12; number++)
        commit (store, number);
    list = postern_store_list (store, NULL);
    g_assert_cmpuint (list->len, ==, 3);
    g_assert_cmpuint (((PosternStoredRevision *)g_ptr_array_index (list, 0))->number, ==, 12);
    g_assert_cmpuint (((PosternStoredRevision *)g_ptr_array_index (list, 2))->number, ==, 10);
    g_assert_null (postern_store_find (store, 9, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_NOT_FOUND);
    scratch_remove (directory);
}

/* A reader that has begun is not disturbed when the revision is removed meanwhile. */
static void
test_read_while_removed (void)
{
    g_autofree char *directory = scratch_new ();
    g_autoptr (PosternStore) store = open_store (directory, 1);
    g_autoptr (PosternStoredRevision) first = NULL;
    g_autoptr (GBytes) document = NULL;

    commit (store, 1);
    first = postern_store_get_current (store, NULL);
    document = postern_store_read_configuration (store, first, NULL);
    commit (store, 2);
    g_assert_cmpmem (g_bytes_get_data (document, NULL), g_bytes_get_size (document), "{\"number\": 1}", 13);
    scratch_remove (directory);
}

static void
test_damaged (void)
{
    g_autofree char *directory = scratch_new ();
    g_autofree char *link = g_build_filename (directory, "current", NULL);
    g_autofree char *meta = g_build_filename (directory, "revisions", "1", "meta.json", NULL);
    g_autoptr (PosternStore) store = open_store (directory, 3);
    g_autoptr (GError) error = NULL;

    commit (store, 1);
    g_assert_true (g_file_set_contents (
        meta, "{\"revision\": 2, \"mark\": \"x\", \"created\": \"2026-01-01T00:00:00Z\"}", -1, NULL));
    g_assert_null (postern_store_get_current (store, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE);
    g_clear_error (&error);

    g_assert_cmpint (unlink (link), ==, 0);
    g_assert_cmpint (symlink ("revisions/../../etc", link), ==, 0);
    g_assert_null (postern_store_get_current (store, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE);
    scratch_remove (directory);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service/store/commit", test_commit);
    g_test_add_func ("/service/store/uncommitted", test_uncommitted);
    g_test_add_func ("/service/store/clean", test_clean);
    g_test_add_func ("/service/store/prune", test_prune);
    g_test_add_func ("/service/store/read-while-removed", test_read_while_removed);
    g_test_add_func ("/service/store/damaged", test_damaged);
    return g_test_run ();
}
