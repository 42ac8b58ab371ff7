/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternRecipientAnswer:
 * @found: what the server does with recipients, as the Gateway API calls it, such as "catch-all"
 * @server: who answered or failed last; may be empty
 * @summary: what that means, in the gateway's words
 *
 * What a gateway has found out about a mail server by asking it for recipients. A plain value.
 */
typedef struct {
    char *found;
    char *server;
    char *summary;
} PosternRecipientAnswer;

void postern_recipient_answer_free (PosternRecipientAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRecipientAnswer, postern_recipient_answer_free)

G_END_DECLS
