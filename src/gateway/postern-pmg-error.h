/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-error.h"
#include "gateway/postern-pmg-answer.h"

G_BEGIN_DECLS

/*
 * postern_pmg_error_new:
 * @answer: an answer that is not a success
 * @address: who gave it
 *
 * Says a refusal in words: what happened, where, what the gateway said about it, and what to do. Proxmox answers 500 to
 * nearly everything, so its text decides as well.
 *
 * Returns: (transfer full): the error
 */
GError *postern_pmg_error_new (const PosternPmgAnswer *answer, PosternGatewayAddress *address);

/*
 * postern_pmg_error_not_understood:
 * @reason: (transfer full): what is wrong with the answer, a whole sentence
 *
 * Returns: (transfer full): an error for an answer of success that is not what the API promises
 */
GError *postern_pmg_error_not_understood (PosternGatewayAddress *address, GError *reason);

G_END_DECLS
