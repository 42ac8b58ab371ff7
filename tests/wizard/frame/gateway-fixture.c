/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
posternd_path (void)
{
    return g_build_filename (g_getenv ("POSTERN_BUILD_DIR"), "src", "service", "posternd", NULL);
}

/* What posternd prints when it is run with these arguments. */
static char *
ask (GatewayFixture *self, const char *const *arguments)
{
    g_autofree char *path = posternd_path ();
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) argv = NULL;
    g_autoptr (GSubprocess) process = NULL;
    g_autoptr (GError) error = NULL;
    char *output = NULL;

    g_strv_builder_add (builder, path);
    g_strv_builder_addv (builder, (const char **)arguments);
    g_strv_builder_add_many (builder, "--state-dir", self->directory, NULL);
    argv = g_strv_builder_end (builder);
    process = g_subprocess_newv ((const char *const *)argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
    g_assert_no_error (error);
    g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (g_subprocess_get_successful (process));
    return g_strstrip (output);
}

/* It says on which port it listens once it does. */
static char *
read_address (GatewayFixture *self)
{
    static const char said[] = "Listening on https://";

    for (;;) {
        g_autoptr (GError) error = NULL;
        g_autofree char *line = g_data_input_stream_read_line (self->log, NULL, NULL, &error);

        g_assert_no_error (error);
        g_assert_nonnull (line);
        if (g_str_has_prefix (line, said))
            return g_strdup (line + strlen (said));
    }
}

/* Its pipe must not fill up while nobody looks. */
static void
on_line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

    if (line != NULL)
        g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_LOW, NULL, on_line_cb, NULL);
}

GatewayFixture *
gateway_fixture_new (void)
{
    static const char *const token[] = { "token", "add", "test", NULL };
    static const char *const fingerprint[] = { "fingerprint", NULL };
    GatewayFixture *self = g_new0 (GatewayFixture, 1);
    g_autofree char *path = posternd_path ();
    g_autoptr (GError) error = NULL;

    self->directory = g_dir_make_tmp ("postern-test-XXXXXX", &error);
    g_assert_no_error (error);
    self->token = ask (self, token);
    self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, path, "--practice", "--state-dir",
                                      self->directory, "--listen", "127.0.0.1:0", NULL);
    g_assert_no_error (error);
    self->log = g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->process));
    self->address = read_address (self);
    g_data_input_stream_read_line_async (self->log, G_PRIORITY_LOW, NULL, on_line_cb, NULL);
    self->fingerprint = ask (self, fingerprint);
    return self;
}

void
gateway_fixture_kill (GatewayFixture *self)
{
    g_subprocess_force_exit (self->process);
    g_subprocess_wait (self->process, NULL, NULL);
}

static void
remove_tree (GFile *file)
{
    g_autoptr (GFileEnumerator) children = g_file_enumerate_children (file, "standard::name,standard::type",
                                                                      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
    GFile *child;

    while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
        remove_tree (child);
    g_file_delete (file, NULL, NULL);
}

void
gateway_fixture_free (GatewayFixture *self)
{
    g_autoptr (GFile) directory = g_file_new_for_path (self->directory);

    gateway_fixture_kill (self);
    remove_tree (directory);
    g_object_unref (self->log);
    g_object_unref (self->process);
    g_free (self->directory);
    g_free (self->address);
    g_free (self->token);
    g_free (self->fingerprint);
    g_free (self);
}
