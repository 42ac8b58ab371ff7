/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>

#include "scratch.h"
#include "service/postern-service-error.h"
#include "service/postern-tokens.h"

static void
test_add_and_find (void)
{
    g_autofree char *directory = scratch_new ();
    g_autoptr (PosternTokens) tokens = postern_tokens_new (directory);
    g_autoptr (PosternTokens) other = postern_tokens_new (directory);
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_null (postern_tokens_find (tokens, "anything"));
    g_assert_true (postern_tokens_add (other, "first", POSTERN_TOKEN_ROLE_WRITE, &first, &error));
    g_assert_true (postern_tokens_add (other, "second", POSTERN_TOKEN_ROLE_READ, &second, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (first, !=, second);
    g_assert_cmpuint (strlen (first), ==, 43);

    /* The one that serves sees what the other one has done. */
    g_assert_cmpstr (postern_tokens_find (tokens, first)->name, ==, "first");
    g_assert_cmpint (postern_tokens_find (tokens, second)->role, ==, POSTERN_TOKEN_ROLE_READ);
    g_assert_null (postern_tokens_find (tokens, ""));
    first[0] = first[0] == 'A' ? 'B' : 'A';
    g_assert_null (postern_tokens_find (tokens, first));

    g_assert_true (postern_tokens_remove (other, "second", &error));
    g_assert_null (postern_tokens_find (tokens, second));
    g_assert_false (postern_tokens_remove (other, "second", &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_NOT_FOUND);
    scratch_remove (directory);
}

static void
test_names (void)
{
    const char *const bad[] = {
        "", " ", "a b", "a]b", "[a", "a\nb", "é", "0123456789012345678901234567890123456789012345678901234567890123456"
    };
    g_autofree char *directory = scratch_new ();
    g_autoptr (PosternTokens) tokens = postern_tokens_new (directory);

    for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
        g_autofree char *secret = NULL;
        g_autoptr (GError) error = NULL;

        g_assert_false (postern_tokens_add (tokens, bad[i], POSTERN_TOKEN_ROLE_WRITE, &secret, &error));
        g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_USAGE);
        g_assert_null (secret);
    }
    scratch_remove (directory);
}

/* The same secret twice would have two hashes. */
static void
test_salt (void)
{
    g_autofree char *secret = NULL;
    g_autofree char *other_secret = NULL;
    g_autoptr (PosternToken) token = postern_token_new ("a", POSTERN_TOKEN_ROLE_WRITE, &secret, NULL);
    g_autoptr (PosternToken) other = postern_token_new ("a", POSTERN_TOKEN_ROLE_WRITE, &other_secret, NULL);

    g_assert_true (postern_token_matches (token, secret));
    g_assert_false (postern_token_matches (token, other_secret));
    g_assert_cmpstr (token->salt, !=, other->salt);
    g_assert_null (strstr (token->hash, secret));
}

static void
test_damaged (void)
{
    g_autofree char *directory = scratch_new ();
    g_autofree char *path = g_build_filename (directory, "tokens", NULL);
    g_autoptr (PosternTokens) tokens = postern_tokens_new (directory);
    g_autoptr (GError) error = NULL;

    g_assert_true (
        g_file_set_contents (path, "[half]\nrole=write\n[odd]\nrole=all\nsalt=a\nhash=b\ncreated=c\n", -1, NULL));
    g_assert_cmpuint (postern_tokens_list (tokens, &error)->len, ==, 0);
    g_assert_no_error (error);
    g_assert_true (g_file_set_contents (path, "this is no key file\n", -1, NULL));
    g_assert_null (postern_tokens_list (tokens, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_STORAGE);
    scratch_remove (directory);
}

static void
test_access (void)
{
    g_autofree char *directory = scratch_new ();
    g_autofree char *path = g_build_filename (directory, "tokens", NULL);
    g_autoptr (PosternTokens) tokens = postern_tokens_new (directory);
    g_autofree char *secret = NULL;
    struct stat status;

    g_assert_true (postern_tokens_add (tokens, "a", POSTERN_TOKEN_ROLE_WRITE, &secret, NULL));
    g_assert_cmpint (stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    scratch_remove (directory);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service/tokens/add-and-find", test_add_and_find);
    g_test_add_func ("/service/tokens/names", test_names);
    g_test_add_func ("/service/tokens/salt", test_salt);
    g_test_add_func ("/service/tokens/damaged", test_damaged);
    g_test_add_func ("/service/tokens/access", test_access);
    return g_test_run ();
}
