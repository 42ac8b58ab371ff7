/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-token.h"

G_BEGIN_DECLS

/**
 * PosternTokens:
 *
 * The access tokens in the file `tokens` of the state directory, which only its owner can read. The service sees at
 * once what “posternd token add” and “remove” do to it. To be used by one thread at a time.
 */
typedef struct _PosternTokens PosternTokens;

/** postern_tokens_new: @directory: the state directory; Returns: (transfer full): its tokens */
PosternTokens *postern_tokens_new (const char *directory);
void postern_tokens_free (PosternTokens *self);

/** postern_tokens_list: Returns: (transfer none) (element-type PosternToken) (nullable): all tokens, or %NULL if the
 * file cannot be read */
GPtrArray *postern_tokens_list (PosternTokens *self, GError **error);

/** postern_tokens_find: Returns: (transfer none) (nullable): the token whose secret @secret is; every token is
 * compared, whatever comes of it */
PosternToken *postern_tokens_find (PosternTokens *self, const char *secret);

/** postern_tokens_add: @secret: (out) (transfer full): the new token's secret; fails if @name is taken */
gboolean postern_tokens_add (PosternTokens *self, const char *name, PosternTokenRole role, char **secret,
                             GError **error);

/** postern_tokens_remove: fails with %POSTERN_SERVICE_ERROR_NOT_FOUND if there is no token @name */
gboolean postern_tokens_remove (PosternTokens *self, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternTokens, postern_tokens_free)

G_END_DECLS
