/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mail-event.h"

const char *
postern_mail_verdict_to_text (PosternMailVerdict verdict)
{
    static const char *const texts[] = {
        [POSTERN_MAIL_VERDICT_DELIVERED] = "delivered", [POSTERN_MAIL_VERDICT_DEFERRED] = "deferred",
        [POSTERN_MAIL_VERDICT_BOUNCED] = "bounced",     [POSTERN_MAIL_VERDICT_REFUSED] = "refused",
        [POSTERN_MAIL_VERDICT_DELETED] = "deleted",     [POSTERN_MAIL_VERDICT_REFUSED_FOR_NOW] = "refused-for-now",
    };

    g_return_val_if_fail ((gsize)verdict < G_N_ELEMENTS (texts), texts[0]);

    return texts[verdict];
}

PosternMailEvent *
postern_mail_event_new (void)
{
    return g_atomic_rc_box_new0 (PosternMailEvent);
}

PosternMailEvent *
postern_mail_event_ref (PosternMailEvent *self)
{
    return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
    PosternMailEvent *self = data;

    g_free (self->queue_id);
    g_free (self->client);
    g_free (self->from);
    g_free (self->to);
    g_free (self->code);
    g_free (self->reply);
    g_free (self->next_hop);
    g_free (self->cursor);
}

void
postern_mail_event_unref (PosternMailEvent *self)
{
    g_atomic_rc_box_release_full (self, clear);
}
