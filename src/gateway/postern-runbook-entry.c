/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gateway/postern-runbook-entry.h"

PosternRunbookEntry *
postern_runbook_entry_new (PosternRunbookEntryKind kind, const char *field, const char *value, const char *hint)
{
    PosternRunbookEntry *self = g_new0 (PosternRunbookEntry, 1);

    self->kind = kind;
    self->field = g_strdup (field);
    self->value = g_strdup (value);
    self->hint = g_strdup (hint);
    return self;
}

void
postern_runbook_entry_free (PosternRunbookEntry *self)
{
    g_free (self->field);
    g_free (self->value);
    g_free (self->hint);
    g_free (self);
}

gboolean
postern_runbook_entry_is_copyable (const PosternRunbookEntry *self)
{
    return self->kind == POSTERN_RUNBOOK_ENTRY_TYPE || self->kind == POSTERN_RUNBOOK_ENTRY_LIST;
}
