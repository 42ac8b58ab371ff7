/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-address.h"
#include "gateway/postern-pmg-answer.h"
#include "gateway/postern-pmg-form.h"
#include "gateway/postern-trust.h"

G_BEGIN_DECLS

/*
 * PosternPmgSession:
 *
 * A login at a Proxmox Mail Gateway: a ticket that is good for two hours and is renewed before, the token against
 * cross-site requests, and one new login when the gateway no longer knows the ticket. Confined to one thread at a time.
 */
typedef struct _PosternPmgSession PosternPmgSession;

/*
 * postern_pmg_session_new:
 * @user: with its realm: "admin@pmg", "root@pam"
 * @password: kept in memory until the session ends, and sent to no one but the gateway at the login
 * @patience_seconds: the longest time for one call
 * @renew_seconds: how old a ticket may become
 */
PosternPmgSession *postern_pmg_session_new (PosternGatewayAddress *address, PosternTrust *trust, const char *user,
                                            const char *password, guint patience_seconds, guint renew_seconds);
void postern_pmg_session_free (PosternPmgSession *self);

/*
 * postern_pmg_session_call:
 * @method: "GET", "POST", "PUT" or "DELETE"
 * @path: behind /api2/json, escaped, with its query if there is one
 * @form: (nullable): the parameters, of POST and PUT only
 *
 * Calls, after a login if that is needed.
 *
 * Returns: (transfer full) (nullable): an answer of success that is JSON, or %NULL with a #PosternGatewayError
 */
PosternPmgAnswer *postern_pmg_session_call (PosternPmgSession *self, const char *method, const char *path,
                                            const PosternPmgForm *form, GCancellable *cancellable, GError **error);

/* postern_pmg_session_get_role: Returns: (transfer none) (nullable): what the user may do: "admin", "audit", …; NULL
 * before the first call */
const char *postern_pmg_session_get_role (PosternPmgSession *self);

/* postern_pmg_session_get_address: Returns: (transfer none) */
PosternGatewayAddress *postern_pmg_session_get_address (PosternPmgSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgSession, postern_pmg_session_free)

G_END_DECLS
