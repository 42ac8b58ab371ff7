/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-api-handlers.h"

#include "service/postern-api-push.h"
#include "service/postern-problem.h"

PosternReply *
postern_api_get_configuration (PosternApi *api, PosternRequest *request)
{
    PosternStore *store = postern_api_get_store (api);
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternStoredRevision) current = postern_store_get_current (store, &error);
    GBytes *document = current ? postern_store_read_configuration (store, current, &error) : NULL;
    PosternReply *reply;

    if (document == NULL)
        return postern_problem_reply_for_error (error);
    reply = postern_reply_new (200, POSTERN_MEDIA_TYPE_JSON, document);
    postern_reply_add_revision (reply, current->number);
    return reply;
}

PosternReply *
postern_api_put_configuration (PosternApi *api, PosternRequest *request)
{
    g_autoptr (PosternPlan) plan = NULL;
    guint expected;
    PosternReply *refusal = postern_api_read_expected (api, request, &expected);

    if (refusal == NULL)
        refusal = postern_api_read_plan (request, &plan);
    return refusal ? refusal : postern_api_push (api, request, plan, expected, 0);
}
