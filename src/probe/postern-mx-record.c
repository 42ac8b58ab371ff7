/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "probe/postern-mx-record.h"

#include <string.h>

struct _PosternMxRecord {
    gatomicrefcount references;
    guint16 preference;
    char *host;
};

G_DEFINE_BOXED_TYPE (PosternMxRecord, postern_mx_record, postern_mx_record_ref, postern_mx_record_unref)

PosternMxRecord *
postern_mx_record_new (guint16 preference, const char *host)
{
    PosternMxRecord *self;
    gsize length;

    g_return_val_if_fail (host != NULL, NULL);

    length = strlen (host);
    if (length > 0 && host[length - 1] == '.')
        length--;
    self = g_new0 (PosternMxRecord, 1);
    g_atomic_ref_count_init (&self->references);
    self->preference = preference;
    self->host = g_ascii_strdown (host, (gssize)length);
    return self;
}

PosternMxRecord *
postern_mx_record_ref (PosternMxRecord *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
postern_mx_record_unref (PosternMxRecord *self)
{
    g_return_if_fail (self != NULL);

    if (!g_atomic_ref_count_dec (&self->references))
        return;
    g_free (self->host);
    g_free (self);
}

guint16
postern_mx_record_get_preference (PosternMxRecord *self)
{
    g_return_val_if_fail (self != NULL, 0);

    return self->preference;
}

const char *
postern_mx_record_get_host (PosternMxRecord *self)
{
    g_return_val_if_fail (self != NULL, NULL);

    return self->host;
}

int
postern_mx_record_compare (PosternMxRecord *a, PosternMxRecord *b)
{
    g_return_val_if_fail (a != NULL && b != NULL, 0);

    if (a->preference != b->preference)
        return a->preference < b->preference ? -1 : 1;
    return strcmp (a->host, b->host);
}
