/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "service/postern-api.h"
#include "service/postern-tokens.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_API_SERVER (postern_api_server_get_type ())

/**
 * PosternApiServer:
 *
 * The Gateway API over HTTPS. The main context reads requests and writes answers and never waits for anything else;
 * what an operation takes, it takes in one of a few worker threads. Every connection carries one request.
 */
G_DECLARE_FINAL_TYPE (PosternApiServer, postern_api_server, POSTERN, API_SERVER, GObject)

/**
 * postern_api_server_new:
 * @api: what the operations are about; must outlive the server
 * @tokens: who may ask; must outlive the server
 * @certificate: the service's certificate with its key
 */
PosternApiServer *postern_api_server_new (PosternApi *api, PosternTokens *tokens, GTlsCertificate *certificate);

/** postern_api_server_listen: @where: such as "[::]:8443"; Returns: (transfer full) (nullable): where it listens, as a
 * URL */
char *postern_api_server_listen (PosternApiServer *self, const char *where, GError **error);

/** postern_api_server_set_certificate: from now on new connections are served with @certificate */
void postern_api_server_set_certificate (PosternApiServer *self, GTlsCertificate *certificate);

void postern_api_server_start (PosternApiServer *self);

/**
 * postern_api_server_stop:
 * @self: a server
 *
 * Accepts no more, lets operations that have begun come to their end and their answers be written, and returns then.
 */
void postern_api_server_stop (PosternApiServer *self);

G_END_DECLS
