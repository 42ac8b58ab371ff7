/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-command.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "service/postern-service-error.h"

#define DEFAULT_SECONDS 30
#define DEFAULT_OUTPUT_LIMIT (1024 * 1024)
#define ERROR_TAIL 1024

struct _PosternCommand {
    GPtrArray *arguments;
    char **environment;
    char *input;
    guint seconds;
    gsize limit;
    int status; /* the exit status; -1 while there is none */
    GString *output;
    GString *errors;
};

/* One of the program's three streams, at our end. */
typedef struct {
    int fd;
    const char *unsent; /* standard input only */
    GString *collected; /* standard output and error only */
} Stream;

PosternCommand *
postern_command_new (const char *program, ...)
{
    PosternCommand *self = g_new0 (PosternCommand, 1);
    va_list arguments;

    self->arguments = g_ptr_array_new_null_terminated (8, g_free, TRUE);
    self->environment = g_environ_setenv (NULL, "PATH", "/usr/sbin:/usr/bin:/sbin:/bin", TRUE);
    self->environment = g_environ_setenv (self->environment, "LC_ALL", "C.UTF-8", TRUE);
    self->seconds = DEFAULT_SECONDS;
    self->limit = DEFAULT_OUTPUT_LIMIT;
    self->status = -1;
    self->output = g_string_new (NULL);
    self->errors = g_string_new (NULL);
    va_start (arguments, program);
    for (const char *argument = program; argument; argument = va_arg (arguments, const char *))
        postern_command_add (self, argument);
    va_end (arguments);
    return self;
}

void
postern_command_free (PosternCommand *self)
{
    g_ptr_array_unref (self->arguments);
    g_strfreev (self->environment);
    g_free (self->input);
    g_string_free (self->output, TRUE);
    g_string_free (self->errors, TRUE);
    g_free (self);
}

void
postern_command_add (PosternCommand *self, const char *argument)
{
    g_ptr_array_add (self->arguments, g_strdup (argument));
}

void
postern_command_set_variable (PosternCommand *self, const char *name, const char *value)
{
    self->environment = g_environ_setenv (self->environment, name, value, TRUE);
}

void
postern_command_set_input (PosternCommand *self, const char *text)
{
    g_set_str (&self->input, text);
}

void
postern_command_set_seconds (PosternCommand *self, guint seconds)
{
    self->seconds = seconds;
}

void
postern_command_set_output_limit (PosternCommand *self, gsize bytes)
{
    self->limit = bytes;
}

/* A group of its own, so that a shell script's children end with it when its time is up. */
static void
lead_group (gpointer data)
{
    setpgid (0, 0);
}

static GSubprocess *
spawn (PosternCommand *self, GError **error)
{
    g_autoptr (GSubprocessLauncher) launcher = NULL;
    GSubprocessFlags flags =
        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_SEARCH_PATH_FROM_ENVP;

    if (self->input)
        flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
    launcher = g_subprocess_launcher_new (flags);
    g_subprocess_launcher_set_environ (launcher, self->environment);
    g_subprocess_launcher_set_child_setup (launcher, lead_group, NULL, NULL);
    return g_subprocess_launcher_spawnv (launcher, (const char *const *)self->arguments->pdata, error);
}

static void
stream_close (Stream *stream)
{
    if (stream->fd >= 0)
        close (stream->fd);
    stream->fd = -1;
}

static void
stream_receive (Stream *stream, gsize limit)
{
    char buffer[16384];
    gssize n = read (stream->fd, buffer, sizeof buffer);

    if (n > 0 && stream->collected->len < limit)
        g_string_append_len (stream->collected, buffer, (gssize)MIN ((gsize)n, limit - stream->collected->len));
    else if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        stream_close (stream);
}

/* A program that does not read all of its input is not wrong: head(1) does not either. */
static void
stream_send (Stream *stream)
{
    gssize n = write (stream->fd, stream->unsent, strlen (stream->unsent));

    if (n > 0)
        stream->unsent += n;
    if (*stream->unsent == '\0' || (n < 0 && errno != EAGAIN && errno != EINTR))
        stream_close (stream);
}

/* Returns whether all streams ended before the deadline. */
static gboolean
pump (PosternCommand *self, Stream streams[3], gint64 deadline)
{
    for (;;) {
        struct pollfd polled[3];
        gint64 left = deadline - g_get_monotonic_time ();

        for (guint i = 0; i < 3; i++)
            polled[i] = (struct pollfd){ .fd = streams[i].fd, .events = streams[i].unsent ? POLLOUT : POLLIN };
        if (streams[1].fd < 0 && streams[2].fd < 0)
            return TRUE;
        if (left <= 0)
            return FALSE;
        if (poll (polled, 3, (int)(left / 1000) + 1) < 0 && errno != EINTR)
            return FALSE;
        for (guint i = 0; i < 3; i++) {
            if (polled[i].fd >= 0 && polled[i].revents != 0 && streams[i].unsent)
                stream_send (&streams[i]);
            else if (polled[i].fd >= 0 && polled[i].revents != 0)
                stream_receive (&streams[i], self->limit);
        }
    }
}

static int
duplicate (gpointer stream)
{
    int fd = -1;

    if (G_IS_UNIX_INPUT_STREAM (stream))
        fd = dup (g_unix_input_stream_get_fd (stream));
    else if (G_IS_UNIX_OUTPUT_STREAM (stream))
        fd = dup (g_unix_output_stream_get_fd (stream));
    if (fd >= 0) {
        fcntl (fd, F_SETFD, FD_CLOEXEC);
        g_unix_set_fd_nonblocking (fd, TRUE, NULL);
    }
    return fd;
}

static gboolean
communicate (PosternCommand *self, GSubprocess *process)
{
    gint64 deadline = g_get_monotonic_time () + self->seconds * G_USEC_PER_SEC;
    Stream streams[3] = {
        { .fd = duplicate (g_subprocess_get_stdin_pipe (process)), .unsent = self->input },
        { .fd = duplicate (g_subprocess_get_stdout_pipe (process)), .collected = self->output },
        { .fd = duplicate (g_subprocess_get_stderr_pipe (process)), .collected = self->errors },
    };
    gboolean in_time;

    if (self->input)
        g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
    in_time = pump (self, streams, deadline);
    for (guint i = 0; i < 3; i++)
        stream_close (&streams[i]);
    return in_time;
}

static void
kill_group (GSubprocess *process)
{
    const char *identifier = g_subprocess_get_identifier (process);

    if (identifier)
        kill (-(pid_t)g_ascii_strtoll (identifier, NULL, 10), SIGKILL);
    g_subprocess_force_exit (process);
}

static void
clean_errors (PosternCommand *self)
{
    char *valid = g_utf8_make_valid (self->errors->str, (gssize)self->errors->len);

    g_string_assign (self->errors, g_strchomp (valid));
    g_free (valid);
}

static const char *
tail (const char *text)
{
    gsize length = strlen (text);
    const char *start = length > ERROR_TAIL ? g_utf8_find_next_char (text + length - ERROR_TAIL, NULL) : text;

    return start;
}

static gboolean
judge (PosternCommand *self, GSubprocess *process, gboolean in_time, GError **error)
{
    const char *program = g_ptr_array_index (self->arguments, 0);

    if (!in_time) {
        g_set_error (
            error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND,
            /* Translators: %1$s is a program's name. */
            ngettext ("%1$s did not end within %2$u second.", "%1$s did not end within %2$u seconds.", self->seconds),
            program, self->seconds);
        return FALSE;
    }
    if (g_subprocess_get_if_exited (process))
        self->status = g_subprocess_get_exit_status (process);
    if (self->status == 0)
        return TRUE;
    g_set_error (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND,
                 /* Translators: %1$s is a program's name, %2$s what it said, in English. */
                 _ ("%1$s failed: %2$s"), program,
                 self->errors->len > 0 ? tail (self->errors->str) : _ ("It said nothing."));
    return FALSE;
}

gboolean
postern_command_run (PosternCommand *self, GError **error)
{
    g_autoptr (GSubprocess) process = NULL;
    g_autoptr (GError) local = NULL;
    gboolean in_time;

    g_return_val_if_fail (self != NULL, FALSE);

    process = spawn (self, &local);
    if (process == NULL) {
        g_set_error_literal (error, POSTERN_SERVICE_ERROR, POSTERN_SERVICE_ERROR_COMMAND, local->message);
        return FALSE;
    }
    in_time = communicate (self, process);
    if (!in_time)
        kill_group (process);
    g_subprocess_wait (process, NULL, NULL);
    clean_errors (self);
    return judge (self, process, in_time, error);
}

int
postern_command_get_status (PosternCommand *self)
{
    return self->status;
}

const char *
postern_command_get_output (PosternCommand *self)
{
    return self->output->str;
}

const char *
postern_command_get_errors (PosternCommand *self)
{
    return self->errors->str;
}
