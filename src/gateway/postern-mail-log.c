/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-mail-log.h"

void
postern_mail_log_free (PosternMailLog *self)
{
    g_clear_pointer (&self->entries, g_ptr_array_unref);
    g_free (self->cursor);
    g_free (self);
}
