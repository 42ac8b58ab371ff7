/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "gateway/postern-journal.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_INTERRUPTED_GROUP (postern_interrupted_group_get_type ())

/**
 * PosternInterruptedGroup:
 *
 * What an interrupted push was to do, and as far as its journal says so, what of it was done: the changes for a gateway
 * that takes them all at once, else the steps. The changes are compared in a worker thread.
 */
G_DECLARE_FINAL_TYPE (PosternInterruptedGroup, postern_interrupted_group, POSTERN, INTERRUPTED_GROUP,
                      AdwPreferencesGroup)

/** postern_interrupted_group_show: @journal: (nullable): what is to be shown, as it is now */
void postern_interrupted_group_show (PosternInterruptedGroup *self, PosternJournal *journal);

G_END_DECLS
