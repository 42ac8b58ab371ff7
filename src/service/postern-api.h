/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-applier.h"
#include "service/postern-mail-log.h"
#include "service/postern-postfix-host.h"
#include "service/postern-store.h"

G_BEGIN_DECLS

/**
 * PosternApi:
 *
 * What the Gateway API is about, for its handlers: the revisions, who makes them live, and the Postfix. Used by several
 * threads at once.
 */
typedef struct _PosternApi PosternApi;

/**
 * postern_api_new:
 * @store: where revisions are kept
 * @applier: who makes them live
 * @host: (nullable): the Postfix, or %NULL where there is none; must outlive the API
 * @mail_log: (nullable): its log, %NULL where there is none; must outlive the API
 * @scanner: (nullable): the Rspamd, or %NULL where there is none; must outlive the API
 * @node: the name of this host
 */
PosternApi *postern_api_new (PosternStore *store, PosternApplier *applier, PosternPostfixHost *host,
                             PosternMailLog *mail_log, PosternScanner *scanner, const char *node);
void postern_api_free (PosternApi *self);

PosternStore *postern_api_get_store (PosternApi *self);
PosternApplier *postern_api_get_applier (PosternApi *self);
/** postern_api_get_host: Returns: (transfer none) (nullable): the Postfix, %NULL where there is none */
PosternPostfixHost *postern_api_get_host (PosternApi *self);
/** postern_api_get_mail_log: Returns: (transfer none) (nullable): its log, %NULL where there is no Postfix */
PosternMailLog *postern_api_get_mail_log (PosternApi *self);
/** postern_api_get_scanner: Returns: (transfer none) (nullable): the Rspamd, %NULL where there is none */
PosternScanner *postern_api_get_scanner (PosternApi *self);
const char *postern_api_get_node (PosternApi *self);

/**
 * postern_api_get_mta_state:
 * @self: the API
 * @version: (out) (transfer full) (nullable): the version of Postfix
 *
 * Returns: (transfer none): "running", "stopped" or "none"; asked at most every two seconds, because everybody may ask
 */
const char *postern_api_get_mta_state (PosternApi *self, char **version);

/** postern_api_get_scanner_state: the same for Rspamd */
const char *postern_api_get_scanner_state (PosternApi *self, char **version);

/** postern_api_get_dns_state: Returns: (transfer none): whether DNS answers, as the Gateway API calls it */
const char *postern_api_get_dns_state (PosternApi *self);

/**
 * postern_api_begin_probe:
 * @self: the API
 * @outgoing: whether it speaks to another host: of these there are at most 120 a minute
 *
 * Returns: 0 if one more probe may run now, which postern_api_end_probe() ends; else how many seconds to wait
 */
guint postern_api_begin_probe (PosternApi *self, gboolean outgoing);
void postern_api_end_probe (PosternApi *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternApi, postern_api_free)

G_END_DECLS
