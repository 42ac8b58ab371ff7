/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-command.h"
#include "service/postern-rspamd-settings.h"

G_BEGIN_DECLS

/**
 * PosternRspamdHost:
 *
 * The Rspamd of this host, asked and told through its own program (rspamadm(1)) and the socket of its main process. It
 * holds nothing but where its configuration is. Blocking; may be used by several threads at once.
 */
typedef struct _PosternRspamdHost PosternRspamdHost;

/** postern_rspamd_host_find: @directory: a configuration directory, such as /etc/rspamd; Returns: (transfer full)
 * (nullable): the Rspamd that it belongs to, %NULL if there is none on this host; nothing is asked yet */
PosternRspamdHost *postern_rspamd_host_find (const char *directory);
void postern_rspamd_host_free (PosternRspamdHost *self);

const char *postern_rspamd_host_get_directory (PosternRspamdHost *self);

/** postern_rspamd_host_get_version: Returns: (transfer full) (nullable): such as "3.12.1" */
char *postern_rspamd_host_get_version (PosternRspamdHost *self, GError **error);

/**
 * postern_rspamd_host_read_settings:
 * @self: the Rspamd
 * @directory: (nullable): another configuration directory, or %NULL for its own
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): what the files in the directory come to, whether Rspamd runs or not
 */
PosternRspamdSettings *postern_rspamd_host_read_settings (PosternRspamdHost *self, const char *directory,
                                                          GError **error);

/** postern_rspamd_host_test: lets Rspamd judge the configuration in @directory, as “rspamadm configtest” does */
gboolean postern_rspamd_host_test (PosternRspamdHost *self, const char *directory, GError **error);

/** postern_rspamd_host_is_running: Returns: whether somebody takes messages where @settings say */
gboolean postern_rspamd_host_is_running (PosternRspamdHost *self, PosternRspamdSettings *settings);

/** postern_rspamd_host_reload: lets the main process read its configuration again; says nothing about whether it likes
 * it */
gboolean postern_rspamd_host_reload (PosternRspamdHost *self, PosternRspamdSettings *settings, GError **error);

/** postern_rspamd_host_list_proxies: Returns: (transfer full) (element-type pid_t) (nullable): the processes that take
 * messages from mail servers now, and tell them what becomes of each */
GArray *postern_rspamd_host_list_proxies (PosternRspamdHost *self, PosternRspamdSettings *settings, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRspamdHost, postern_rspamd_host_free)

G_END_DECLS
