/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-guard.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "service/postern-failure-limit.h"
#include "service/postern-problem.h"

#define LONGEST_SECRET 256

struct _PosternGuard {
    PosternTokens *tokens; /* not ours */
    PosternFailureLimit *limit;
};

PosternGuard *
postern_guard_new (PosternTokens *tokens)
{
    PosternGuard *self = g_new0 (PosternGuard, 1);

    self->tokens = tokens;
    self->limit = postern_failure_limit_new ();
    return self;
}

void
postern_guard_free (PosternGuard *self)
{
    postern_failure_limit_free (self->limit);
    g_free (self);
}

/* RFC 6750, 2.1; the scheme's name is not case-sensitive (RFC 9110, 11.1). */
static const char *
secret_in (const char *authorization)
{
    if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", strlen ("Bearer ")) != 0)
        return NULL;
    authorization += strlen ("Bearer ");
    while (*authorization == ' ')
        authorization++;
    return *authorization ? authorization : NULL;
}

static PosternReply *
ask_to_wait (guint seconds)
{
    g_autofree char *text = g_strdup_printf ("%u", seconds);
    PosternReply *reply;

    reply = postern_problem_reply ("too-many-failures",
                                   _ ("Too many wrong access tokens came from this address. Wait a minute."));
    postern_reply_add_header (reply, "Retry-After", text);
    return reply;
}

PosternReply *
postern_guard_check (PosternGuard *self, PosternApiAccess access, const char *authorization, const char *address,
                     char **client)
{
    const char *secret = secret_in (authorization);
    PosternToken *token;
    guint wait;

    *client = NULL;
    if (access == POSTERN_API_ACCESS_ANYBODY)
        return NULL;
    if (secret == NULL)
        return postern_problem_reply ("token-required", _ ("Send an access token in the header Authorization."));
    wait = postern_failure_limit_get_wait (self->limit, address);
    if (wait > 0)
        return ask_to_wait (wait);
    token = strlen (secret) <= LONGEST_SECRET ? postern_tokens_find (self->tokens, secret) : NULL;
    if (token == NULL) {
        postern_failure_limit_add (self->limit, address);
        return postern_problem_reply ("token-unknown",
                                      _ ("This access token is not known here. Make one with “posternd token add”."));
    }
    if (access == POSTERN_API_ACCESS_WRITE && token->role != POSTERN_TOKEN_ROLE_WRITE)
        return postern_problem_reply ("read-only-token",
                                      _ ("This access token may read the configuration, but not change it."));
    *client = g_strdup (token->name);
    return NULL;
}
