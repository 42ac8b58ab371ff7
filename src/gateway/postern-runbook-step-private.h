/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook-step.h"

G_BEGIN_DECLS

/* Only while a runbook is made. Texts are taken over where the name says so. */
PosternRunbookStep *postern_runbook_step_new (const char *id, const char *path, char *taken_action);
void postern_runbook_step_take_why (PosternRunbookStep *self, char *why);
void postern_runbook_step_take_warning (PosternRunbookStep *self, char *warning);
void postern_runbook_step_add_entry (PosternRunbookStep *self, PosternRunbookEntryKind kind, const char *field,
                                     const char *value, const char *hint);

/* Says which records it is about, instead of the step's own key. */
void postern_runbook_step_add_key (PosternRunbookStep *self, char *taken_key);

/* Makes the key of @id with @values, which must not depend on the language. */
char *postern_runbook_step_make_key (const char *id, const char *values);

G_END_DECLS
