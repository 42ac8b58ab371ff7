/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternRunbookEntryKind:
 * @POSTERN_RUNBOOK_ENTRY_TYPE: a value to type in, one that is worth copying
 * @POSTERN_RUNBOOK_ENTRY_LIST: many such values, one a line, each for a record of its own
 * @POSTERN_RUNBOOK_ENTRY_CHOOSE: one of the product's own choices, by its name
 * @POSTERN_RUNBOOK_ENTRY_SWITCH: on or off
 * @POSTERN_RUNBOOK_ENTRY_EMPTY: a field that stays empty
 */
typedef enum {
    POSTERN_RUNBOOK_ENTRY_TYPE,
    POSTERN_RUNBOOK_ENTRY_LIST,
    POSTERN_RUNBOOK_ENTRY_CHOOSE,
    POSTERN_RUNBOOK_ENTRY_SWITCH,
    POSTERN_RUNBOOK_ENTRY_EMPTY,
} PosternRunbookEntryKind;

/**
 * PosternRunbookEntry:
 * @kind: how it is filled in
 * @field: what the field is called in the web interface
 * @value: what to enter; for a switch, a choice or an empty field what to do, in the person's words
 * @hint: (nullable): what the value means, such as the name as people write it
 *
 * One field of a step. Immutable.
 */
typedef struct {
    PosternRunbookEntryKind kind;
    char *field;
    char *value;
    char *hint;
} PosternRunbookEntry;

PosternRunbookEntry *postern_runbook_entry_new (PosternRunbookEntryKind kind, const char *field, const char *value,
                                                const char *hint);
void postern_runbook_entry_free (PosternRunbookEntry *self);

/** postern_runbook_entry_is_copyable: Returns: whether the value is typed in, and so worth a button to copy it */
gboolean postern_runbook_entry_is_copyable (const PosternRunbookEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternRunbookEntry, postern_runbook_entry_free)

G_END_DECLS
