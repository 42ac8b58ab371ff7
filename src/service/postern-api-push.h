/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-finding.h"
#include "plan/postern-plan.h"
#include "service/postern-api-handlers.h"

G_BEGIN_DECLS

/**
 * postern_api_read_expected:
 * @api: the API
 * @request: a request that changes the configuration
 * @expected: (out): the revision that it replaces
 *
 * Looks at If-Match before anything that takes time.
 *
 * Returns: (transfer full) (nullable): the answer if the header is missing or does not name the current revision, else
 * %NULL
 */
PosternReply *postern_api_read_expected (PosternApi *api, PosternRequest *request, guint *expected);

/** postern_api_read_plan: Returns: (transfer full) (nullable): the answer to a request whose body is not a
 * configuration, else %NULL and @plan is set */
PosternReply *postern_api_read_plan (PosternRequest *request, PosternPlan **plan);

/** postern_api_find: Returns: (transfer full) (element-type PosternFinding): what is to be said about @plan on this
 * gateway */
GPtrArray *postern_api_find (PosternApi *api, PosternPlan *plan);

/** postern_api_push: Returns: (transfer full): the answer: @plan is live now, or why not */
PosternReply *postern_api_push (PosternApi *api, PosternRequest *request, PosternPlan *plan, guint expected,
                                guint restored_from);

/** postern_api_get_scanned_members: Returns: (transfer none): the configuration's members that scanning carries out,
 * %NULL-terminated */
const char *const *postern_api_get_scanned_members (void);

/** postern_api_release: Returns: (transfer full): the answer: the mail server has what it had before the first push, or
 * why not; @plan: an empty one */
PosternReply *postern_api_release (PosternApi *api, PosternRequest *request, PosternPlan *plan, guint expected);

/** postern_api_get_stored_only: Returns: (transfer none): the configuration's members that are kept but have no effect,
 * %NULL-terminated: the same ones where nobody scans */
const char *const *postern_api_get_stored_only (PosternApi *api);

/** postern_api_find_pointer: Returns: (transfer full): a JSON pointer to what @finding is about in @plan's document; ""
 * for the whole */
char *postern_api_find_pointer (PosternPlan *plan, PosternFinding *finding);

G_END_DECLS
