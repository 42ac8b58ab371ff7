/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "service/postern-command.h"
#include "service/postern-service-error.h"
#include "service/postern-settings.h"

static void
test_text (void)
{
    const char *text =
        "relayhost = [10.0.0.1]:25\nmydestination =\nmynetworks\nsmtpd_banner = $myhostname ESMTP a = b\n";
    g_autoptr (PosternSettings) settings = postern_settings_from_text (text);
    g_autoptr (PosternSettings) again = NULL;
    g_autofree char *written = postern_settings_to_text (settings);

    g_assert_cmpuint (postern_settings_get_length (settings), ==, 4);
    g_assert_cmpstr (postern_settings_lookup (settings, "relayhost"), ==, "[10.0.0.1]:25");
    g_assert_cmpstr (postern_settings_lookup (settings, "mydestination"), ==, "");
    g_assert_null (postern_settings_lookup (settings, "mynetworks"));
    g_assert_cmpstr (postern_settings_lookup (settings, "smtpd_banner"), ==, "$myhostname ESMTP a = b");
    again = postern_settings_from_text (written);
    g_assert_true (postern_settings_equal (settings, again));
}

static void
test_equal (void)
{
    g_autoptr (PosternSettings) a = postern_settings_from_text ("a = 1\nb\n");
    g_autoptr (PosternSettings) b = postern_settings_from_text ("b\na = 1\n");
    g_autoptr (PosternSettings) empty = postern_settings_from_text ("a = 1\nb =\n");

    g_assert_true (postern_settings_equal (a, b));
    g_assert_false (postern_settings_equal (a, empty));
    postern_settings_set (b, "a", "2");
    g_assert_false (postern_settings_equal (a, b));
}

static void
test_command (void)
{
    g_autoptr (PosternCommand) cat = postern_command_new ("cat", NULL);
    g_autoptr (PosternCommand) fails = postern_command_new ("sh", "-c", "echo out; echo why >&2; exit 3", NULL);
    g_autoptr (PosternCommand) missing = postern_command_new ("no-such-program-of-anybody", NULL);
    g_autoptr (GError) error = NULL;

    postern_command_set_input (cat, "in\n");
    g_assert_true (postern_command_run (cat, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (postern_command_get_output (cat), ==, "in\n");

    g_assert_false (postern_command_run (fails, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND);
    g_assert_nonnull (strstr (error->message, "why"));
    g_assert_cmpstr (postern_command_get_output (fails), ==, "out\n");
    g_clear_error (&error);

    g_assert_false (postern_command_run (missing, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND);
}

/* Its children too, which hold its output open. */
static void
test_command_is_ended (void)
{
    g_autoptr (PosternCommand) hangs = postern_command_new ("sh", "-c", "sleep 60 & sleep 60", NULL);
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();

    postern_command_set_seconds (hangs, 1);
    g_assert_false (postern_command_run (hangs, &error));
    g_assert_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static void
test_command_is_bounded (void)
{
    g_autoptr (PosternCommand) talks = postern_command_new ("head", "-c", "5000000", "/dev/zero", NULL);
    g_autoptr (PosternCommand) deaf = postern_command_new ("true", NULL);
    g_autoptr (GError) error = NULL;
    g_autofree char *much = g_strnfill (5000000, 'x');

    postern_command_set_output_limit (talks, 1000);
    g_assert_true (postern_command_run (talks, &error));
    g_assert_no_error (error);
    postern_command_set_input (deaf, much);
    g_assert_true (postern_command_run (deaf, &error));
    g_assert_no_error (error);
}

/* Nothing of this program's environment is passed on. */
static void
test_command_environment (void)
{
    g_autoptr (PosternCommand) env = postern_command_new ("env", NULL);
    g_auto (GStrv) lines = NULL;

    g_setenv ("MAIL_CONFIG", "/nowhere", TRUE);
    postern_command_set_variable (env, "MAIL_LOGTAG", "test");
    g_assert_true (postern_command_run (env, NULL));
    lines = g_strsplit (postern_command_get_output (env), "\n", -1);
    g_assert_false (g_strv_contains ((const char *const *)lines, "MAIL_CONFIG=/nowhere"));
    g_assert_true (g_strv_contains ((const char *const *)lines, "MAIL_LOGTAG=test"));
    g_assert_true (g_strv_contains ((const char *const *)lines, "LC_ALL=C.UTF-8"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service/settings/text", test_text);
    g_test_add_func ("/service/settings/equal", test_equal);
    g_test_add_func ("/service/command/run", test_command);
    g_test_add_func ("/service/command/time", test_command_is_ended);
    g_test_add_func ("/service/command/bounds", test_command_is_bounded);
    g_test_add_func ("/service/command/environment", test_command_environment);
    return g_test_run ();
}
