/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-finding.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

typedef enum {
    POSTERN_CHANGE_ADD,
    POSTERN_CHANGE_REMOVE,
    POSTERN_CHANGE_MODIFY,
} PosternChangeKind;

#define POSTERN_TYPE_CHANGE_KIND (postern_change_kind_get_type ())
GType postern_change_kind_get_type (void) G_GNUC_CONST;

#define POSTERN_TYPE_CHANGE (postern_change_get_type ())

/**
 * PosternChange:
 *
 * One difference between what a gateway has and a plan. Immutable. Properties: `section`, `kind`, `member`, `subject`,
 * `before`, `after`.
 */
G_DECLARE_FINAL_TYPE (PosternChange, postern_change, POSTERN, CHANGE, GObject)

PosternSection postern_change_get_section (PosternChange *self);
PosternChangeKind postern_change_get_kind (PosternChange *self);
/** postern_change_get_member: Returns: (transfer none): the plan file's member: "domains", "trusted_networks",
 * "edge_gateway", … */
const char *postern_change_get_member (PosternChange *self);
/** postern_change_get_subject: Returns: (transfer none): for a person: the record's name, or what the setting is
 * called, translated */
const char *postern_change_get_subject (PosternChange *self);
/** postern_change_get_key: Returns: (transfer none) (nullable): the key of the record, %NULL for a setting */
const char *postern_change_get_key (PosternChange *self);
/** postern_change_get_before: Returns: (transfer none) (nullable): what the gateway has, in words, %NULL when it is
 * added */
const char *postern_change_get_before (PosternChange *self);
/** postern_change_get_after: Returns: (transfer none) (nullable): what it will have, in words, %NULL when it is removed
 */
const char *postern_change_get_after (PosternChange *self);

/**
 * postern_plan_compare:
 * @from: what the gateway has
 * @to: what it shall have
 *
 * Returns: (transfer full) (element-type PosternChange): the differences, grouped by section in the wizard's order;
 * empty if the two do the same. The order of records does not matter.
 */
GPtrArray *postern_plan_compare (PosternPlan *from, PosternPlan *to);

/** PosternChangeFunc: @change: (transfer full): a change; @data: the caller's */
typedef void (*PosternChangeFunc) (PosternChange *change, gpointer data);

/** postern_plan_each_change: tells @func of what postern_plan_compare() would return, one by one, so that not all of it
 * is in memory at once */
void postern_plan_each_change (PosternPlan *from, PosternPlan *to, PosternChangeFunc func, gpointer data);

/**
 * postern_plan_count_changes:
 * @from: the configuration document (%POSTERN_PLAN_FORM_API) of what the gateway has
 * @to: what it shall have
 * @n_changes: (out): how many changes postern_plan_compare() would find
 * @error: return location for an error, or %NULL
 *
 * Takes no memory for the document's domains, nor for the changes.
 *
 * Returns: whether @from could be read
 */
gboolean postern_plan_count_changes (GBytes *from, PosternPlan *to, guint *n_changes, GError **error);

G_END_DECLS
