/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-recipient-answer.h"

void
postern_recipient_answer_free (PosternRecipientAnswer *self)
{
    g_free (self->found);
    g_free (self->server);
    g_free (self->summary);
    g_free (self);
}
