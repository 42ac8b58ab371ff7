/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-mail-source.h"

G_DEFINE_INTERFACE (PosternMailSource, postern_mail_source, G_TYPE_OBJECT)

static void
postern_mail_source_default_init (PosternMailSourceInterface *iface)
{
}

const char *
postern_mail_source_get_kind (PosternMailSource *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_SOURCE (self), NULL);

    return POSTERN_MAIL_SOURCE_GET_IFACE (self)->get_kind (self);
}

PosternMailProgress
postern_mail_source_advance (PosternMailSource *self, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_SOURCE (self), POSTERN_MAIL_PROGRESS_FAILED);

    return POSTERN_MAIL_SOURCE_GET_IFACE (self)->advance (self, error);
}

gboolean
postern_mail_source_read (PosternMailSource *self, PosternMailSink sink, gpointer data, GError **error)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_SOURCE (self), FALSE);

    return POSTERN_MAIL_SOURCE_GET_IFACE (self)->read (self, sink, data, error);
}

char *
postern_mail_source_get_position (PosternMailSource *self)
{
    g_return_val_if_fail (POSTERN_IS_MAIL_SOURCE (self), NULL);

    return POSTERN_MAIL_SOURCE_GET_IFACE (self)->get_position (self);
}

void
postern_mail_source_close (PosternMailSource *self)
{
    g_return_if_fail (POSTERN_IS_MAIL_SOURCE (self));

    POSTERN_MAIL_SOURCE_GET_IFACE (self)->close (self);
}
