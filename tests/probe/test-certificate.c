/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-certificate.h"

#include <glib/gstdio.h>

static const char template[] = "cn = \"mx.test\"\n"
                               "dns_name = \"mx.test\"\n"
                               "expiration_days = 2\n"
                               "tls_www_server\n"
                               "signing_key\n";

static char *
run_certtool (const char *const *arguments)
{
    g_autoptr (GSubprocess) certtool = NULL;
    g_autoptr (GError) error = NULL;
    char *output = NULL;

    certtool =
        g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
    g_assert_no_error (error);
    g_subprocess_communicate_utf8 (certtool, NULL, NULL, &output, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (g_subprocess_get_successful (certtool));
    return output;
}

static GTlsCertificate *
make_in (const char *directory)
{
    g_autofree char *key_file = g_build_filename (directory, "key.pem", NULL);
    g_autofree char *template_file = g_build_filename (directory, "template", NULL);
    const char *const make_key[] = { "certtool", "--generate-privkey", "--key-type=ecdsa", "--no-text", NULL };
    const char *const self_sign[] = {
        "certtool", "--generate-self-signed", "--load-privkey", key_file, "--template", template_file, "--no-text", NULL
    };
    g_autofree char *key = run_certtool (make_key);
    g_autofree char *certificate = NULL;
    g_autofree char *both = NULL;
    g_autoptr (GError) error = NULL;
    GTlsCertificate *made;

    g_assert_true (g_file_set_contents (key_file, key, -1, NULL));
    g_assert_true (g_file_set_contents (template_file, template, -1, NULL));
    certificate = run_certtool (self_sign);
    both = g_strconcat (key, certificate, NULL);
    made = g_tls_certificate_new_from_pem (both, -1, &error);
    g_assert_no_error (error);
    g_remove (key_file);
    g_remove (template_file);
    return made;
}

GTlsCertificate *
test_certificate_make (void)
{
    g_autofree char *certtool = g_find_program_in_path ("certtool");
    g_autofree char *directory = NULL;
    GTlsCertificate *made;

    if (certtool == NULL) {
        g_test_skip ("certtool is not installed");
        return NULL;
    }
    directory = g_dir_make_tmp ("postern-probe-XXXXXX", NULL);
    g_assert_nonnull (directory);
    made = make_in (directory);
    g_rmdir (directory);
    return made;
}
