/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/postern-stored-revision.h"

PosternStoredRevision *
postern_stored_revision_new (guint number, const char *by, guint restored_from, guint changes)
{
    PosternStoredRevision *self = g_atomic_rc_box_new0 (PosternStoredRevision);

    self->number = number;
    self->mark = g_strdup_printf ("%u-%08x", number, g_random_int ());
    self->created = g_date_time_new_now_utc ();
    self->by = g_strdup (by);
    self->restored_from = restored_from;
    self->changes = changes;
    return self;
}

gboolean
postern_stored_revision_is_unmanaged (PosternStoredRevision *self)
{
    return self->number == 0 || self->released;
}

PosternStoredRevision *
postern_stored_revision_ref (PosternStoredRevision *self)
{
    return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
    PosternStoredRevision *self = data;

    g_free (self->mark);
    g_free (self->by);
    g_clear_pointer (&self->created, g_date_time_unref);
}

void
postern_stored_revision_unref (PosternStoredRevision *self)
{
    g_atomic_rc_box_release_full (self, clear);
}
