/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-command.h"
#include "service/postern-settings.h"

G_BEGIN_DECLS

/**
 * PosternPostfixHost:
 *
 * The Postfix of this host, or one of its instances, asked and told through its own programs (postconf(1), postfix(1),
 * postmap(1)). It holds nothing but where the instance is: whatever it answers is what is true now. Blocking; may be
 * used by several threads at once.
 */
typedef struct _PosternPostfixHost PosternPostfixHost;

/**
 * postern_postfix_host_new:
 * @directory: the instance's configuration directory, such as /etc/postfix
 * @private_port: the loopback port of posternd's own listener in it
 *
 * Returns: (transfer full): the instance; nothing is asked yet
 */
PosternPostfixHost *postern_postfix_host_new (const char *directory, guint16 private_port);
void postern_postfix_host_free (PosternPostfixHost *self);

const char *postern_postfix_host_get_directory (PosternPostfixHost *self);
guint16 postern_postfix_host_get_private_port (PosternPostfixHost *self);

/** postern_postfix_host_get_parameter: Returns: (transfer full) (nullable): the value of @name with everything in it
 * expanded, as its programs see it */
char *postern_postfix_host_get_parameter (PosternPostfixHost *self, const char *name, GError **error);

/** postern_postfix_host_get_version: Returns: (transfer full) (nullable): such as "3.10.5" */
char *postern_postfix_host_get_version (PosternPostfixHost *self, GError **error);

/** postern_postfix_host_read_settings: Returns: (transfer full) (nullable): what main.cf itself says of @names */
PosternSettings *postern_postfix_host_read_settings (PosternPostfixHost *self, const char *const *names,
                                                     GError **error);

/** postern_postfix_host_is_running: Returns: whether the master daemon runs; if not, @error says what Postfix says,
 * which may be that its configuration is broken */
gboolean postern_postfix_host_is_running (PosternPostfixHost *self, GError **error);

/** postern_postfix_host_reload: lets the master daemon read its configuration again; says nothing about whether it
 * likes it */
gboolean postern_postfix_host_reload (PosternPostfixHost *self, GError **error);

/** postern_postfix_host_make_table: lets postmap make the table @path of @type from the text in the file @path */
gboolean postern_postfix_host_make_table (PosternPostfixHost *self, const char *type, const char *path, GError **error);

/** postern_postfix_host_query: Returns: (transfer full) (nullable): what the table @path of @type holds for @key; %NULL
 * without an error if nothing */
char *postern_postfix_host_query (PosternPostfixHost *self, const char *type, const char *path, const char *key,
                                  GError **error);

/** postern_postfix_host_list_own_names: Returns: (transfer full): the names and addresses that this Postfix takes for
 * itself, %NULL-terminated */
char **postern_postfix_host_list_own_names (PosternPostfixHost *self);

/** postern_postfix_host_command: Returns: (transfer full): a run of @program with this instance's configuration
 * directory and more arguments */
PosternCommand *postern_postfix_host_command (PosternPostfixHost *self, const char *program,
                                              ...) G_GNUC_NULL_TERMINATED;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPostfixHost, postern_postfix_host_free)

G_END_DECLS
