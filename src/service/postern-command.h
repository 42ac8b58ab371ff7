/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternCommand:
 *
 * One run of another program: with a time limit, an environment of its own and output that is captured up to a limit
 * (what comes beyond it is thrown away). No shell is involved. Used by one thread.
 */
typedef struct _PosternCommand PosternCommand;

/** postern_command_new: Returns: (transfer full): a run of @program, which is looked for in the system's own
 * directories, with a limit of 30 seconds */
PosternCommand *postern_command_new (const char *program, ...) G_GNUC_NULL_TERMINATED;
void postern_command_free (PosternCommand *self);

/** postern_command_add: one more argument */
void postern_command_add (PosternCommand *self, const char *argument);
void postern_command_set_variable (PosternCommand *self, const char *name, const char *value);
/** postern_command_set_input: what the program reads from its standard input; without it, nothing */
void postern_command_set_input (PosternCommand *self, const char *text);
void postern_command_set_seconds (PosternCommand *self, guint seconds);
/** postern_command_set_output_limit: how much output is kept, in bytes (1 MiB if not said) */
void postern_command_set_output_limit (PosternCommand *self, gsize bytes);

/**
 * postern_command_run:
 * @self: a command that has not run yet
 * @error: return location for an error, or %NULL
 *
 * Returns: whether the program exited with status 0 in time; else %FALSE with %POSTERN_SERVICE_ERROR_COMMAND, whose
 * message holds the last lines that the program wrote to its standard error
 */
gboolean postern_command_run (PosternCommand *self, GError **error);

/** postern_command_get_status: Returns: the exit status, or -1 if the program did not end by itself in time */
int postern_command_get_status (PosternCommand *self);

/** postern_command_get_output: Returns: (transfer none): what it wrote to its standard output, never %NULL after a run
 */
const char *postern_command_get_output (PosternCommand *self);
/** postern_command_get_errors: Returns: (transfer none): what it wrote to its standard error, as valid UTF-8, never
 * %NULL after a run */
const char *postern_command_get_errors (PosternCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternCommand, postern_command_free)

G_END_DECLS
