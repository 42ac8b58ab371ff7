/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-api-operation.h"
#include "service/postern-tokens.h"

G_BEGIN_DECLS

/**
 * PosternGuard:
 *
 * Says who may ask for what. To be used by one thread.
 */
typedef struct _PosternGuard PosternGuard;

/** postern_guard_new: @tokens: must outlive the guard */
PosternGuard *postern_guard_new (PosternTokens *tokens);
void postern_guard_free (PosternGuard *self);

/**
 * postern_guard_check:
 * @self: a guard
 * @access: what the operation asks for
 * @authorization: (nullable): the request's header Authorization
 * @address: the address that the request comes from
 * @client: (out) (transfer full) (nullable): the token's name
 *
 * Returns: (transfer full) (nullable): the refusal, or %NULL if the operation is allowed
 */
PosternReply *postern_guard_check (PosternGuard *self, PosternApiAccess access, const char *authorization,
                                   const char *address, char **client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternGuard, postern_guard_free)

G_END_DECLS
