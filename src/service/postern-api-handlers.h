/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-api.h"
#include "service/postern-reply.h"
#include "service/postern-request.h"

G_BEGIN_DECLS

/*
 * One function for each operation of the Gateway API (data/gateway-api.yaml), in a file for each resource. They block,
 * run in a worker thread, and return the answer: (transfer full), never %NULL.
 */
typedef PosternReply *(*PosternApiHandler) (PosternApi *api, PosternRequest *request);

PosternReply *postern_api_get_status (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_get_configuration (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_put_configuration (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_check_configuration (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_list_revisions (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_get_revision (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_restore_revision (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_run_probe (PosternApi *api, PosternRequest *request);
PosternReply *postern_api_read_mail_log (PosternApi *api, PosternRequest *request);

G_END_DECLS
