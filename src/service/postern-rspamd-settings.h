/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PosternRspamdSettings:
 * @milter: (nullable): where it takes messages from a mail server, as Postfix writes it: "inet:127.0.0.1:11332" or
 * "unix:/run/rspamd/milter.sock"; %NULL if nowhere
 * @control_socket: (nullable): the path of the socket of its main process
 * @local_addrs: (array zero-terminated=1): the networks for which it checks neither SPF nor DMARC
 * @deletes: whether its proxy deletes what is refused
 *
 * What a configuration of Rspamd comes to, after all of its files have been read.
 */
typedef struct {
    char *milter;
    char *control_socket;
    char **local_addrs;
    gboolean deletes;
    gboolean spf;
    gboolean dmarc;
    gboolean external_relay;
} PosternRspamdSettings;

/**
 * postern_rspamd_settings_parse:
 * @json: what “rspamadm configdump -j” has written
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL with %POSTERN_SERVICE_ERROR_COMMAND
 */
PosternRspamdSettings *postern_rspamd_settings_parse (const char *json, GError **error);

/** postern_rspamd_settings_to_text: Returns: (transfer full): of @self, how it is reached, in a text to keep */
char *postern_rspamd_settings_to_text (PosternRspamdSettings *self);
/** postern_rspamd_settings_from_text: Returns: (transfer full) (nullable): settings of which only is known how it is
 * reached; %NULL if @text does not say it */
PosternRspamdSettings *postern_rspamd_settings_from_text (const char *text);

void postern_rspamd_settings_free (PosternRspamdSettings *self);

/** postern_rspamd_settings_get_address: Returns: (transfer full) (nullable): where a milter's client connects to */
GSocketConnectable *postern_rspamd_settings_get_address (PosternRspamdSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRspamdSettings, postern_rspamd_settings_free)

G_END_DECLS
