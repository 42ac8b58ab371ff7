/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-error.h"
#include "gateway/postern-http.h"

G_BEGIN_DECLS

/*
 * postern_api_error_new:
 * @response: an answer that is not a success
 * @address: who gave it
 * @has_token: whether a token was sent
 *
 * Says a refusal in words: what happened, where, what the gateway said about it, and what to do.
 *
 * Returns: (transfer full): the error
 */
GError *postern_api_error_new (const PosternHttpResponse *response, PosternGatewayAddress *address, gboolean has_token);

/*
 * postern_api_error_not_understood:
 * @reason: (transfer full): what is wrong with the answer, a whole sentence
 *
 * Returns: (transfer full): an error for an answer of success that is not what the API promises
 */
GError *postern_api_error_not_understood (PosternGatewayAddress *address, GError *reason);

/* postern_api_error_redact: takes @secret out of the message and the problems of @error, in case a server repeats it */
void postern_api_error_redact (GError *error, const char *secret);

G_END_DECLS
