/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternServiceOptions:
 * @state_dir: where revisions, tokens, key and certificate are
 * @postfix_dir: the Postfix instance's configuration directory
 * @rspamd_dir: Rspamd's configuration directory; there need not be one
 * @no_rspamd: whether to leave Rspamd alone
 * @listen: (nullable): where to listen, %NULL-terminated; %NULL for port 8443 of every address
 * @private_port: the loopback port of the private listener
 * @kept: how many revisions are kept
 * @mail_log: (nullable): where Postfix's log is, as postern_mail_log_new() takes it
 * @practice: whether there is no MTA
 * @verbose: whether to log more
 * @version: whether only the version is asked for
 * @help: (nullable): the answer, if only help is asked for
 * @role: a new token's role, as typed
 * @words: (array zero-terminated=1): the command, such as "token", "add", "wizard"; empty to serve
 *
 * posternd's command line.
 */
typedef struct {
    char *state_dir;
    char *postfix_dir;
    char *rspamd_dir;
    gboolean no_rspamd;
    char **listen;
    int private_port;
    int kept;
    char *mail_log;
    gboolean practice;
    gboolean verbose;
    gboolean version;
    char *help;
    char *role;
    char **words;
} PosternServiceOptions;

/** postern_service_options_parse: reads @arguments; Returns: (transfer full) (nullable): what they say, or %NULL with
 * an error for the person who typed them */
PosternServiceOptions *postern_service_options_parse (char **arguments, GError **error);
void postern_service_options_free (PosternServiceOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternServiceOptions, postern_service_options_free)

G_END_DECLS
