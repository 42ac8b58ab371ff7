/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-change.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_CHANGE_GROUP (postern_change_group_get_type ())

/**
 * PosternChangeGroup:
 *
 * The changes in one section of a plan: an immutable #GListModel of #PosternChange with a title and a count in words.
 */
G_DECLARE_FINAL_TYPE (PosternChangeGroup, postern_change_group, POSTERN, CHANGE_GROUP, GObject)

/** postern_change_group_split: @changes: (element-type PosternChange): as postern_plan_compare() returns them; Returns:
 * (transfer full) (element-type PosternChangeGroup): one group for each section that has changes, in the wizard's order
 */
GPtrArray *postern_change_group_split (GPtrArray *changes);

PosternSection postern_change_group_get_section (PosternChangeGroup *self);
/** postern_change_group_get_summary: Returns: (transfer full): “3 added, 1 removed”, translated */
char *postern_change_group_get_summary (PosternChangeGroup *self);

G_END_DECLS
