/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/**
 * PosternPostfix:
 *
 * A plan said in Postfix's words: parameters of main.cf and the contents of three tables. Immutable once made. posternd
 * applies it, `posternctl show --as postfix` prints it; there is no second place that knows these words.
 */
typedef struct _PosternPostfix PosternPostfix;

/**
 * postern_postfix_new:
 * @plan: a plan
 * @directory: (nullable): where the tables will be, an absolute path without white space, `$`, `,` or `#`; %NULL to
 * write the tables into the parameters themselves (DATABASE_README, “inline”), for a fragment of main.cf that needs no
 * other file
 *
 * Returns: (transfer full): the plan in Postfix's words
 */
PosternPostfix *postern_postfix_new (PosternPlan *plan, const char *directory);
void postern_postfix_free (PosternPostfix *self);

/** postern_postfix_get_owned_parameters: Returns: (transfer none): the names of every main.cf parameter that Postern
 * sets, %NULL-terminated */
const char *const *postern_postfix_get_owned_parameters (void);

/** postern_postfix_get_parameter: Returns: (transfer none): the value of an owned parameter, never %NULL, maybe empty
 */
const char *postern_postfix_get_parameter (PosternPostfix *self, const char *name);

/** PosternPostfixTable: a table: its file name in the directory ("relay_domains", "transport", "trusted_networks"), its
 * type and its text */
typedef struct {
    const char *name;
    const char *type; /* "lmdb": needs postmap(1); "cidr": is read as it is */
    const char *text;
} PosternPostfixTable;

/** postern_postfix_get_tables: @n_tables: (out): how many, none if there is no directory; Returns: (transfer none)
 * (array length=n_tables): the tables */
const PosternPostfixTable *postern_postfix_get_tables (PosternPostfix *self, guint *n_tables);

/**
 * postern_plan_to_postfix_fragment:
 * @plan: a plan
 *
 * Returns: (transfer full): all of @plan as one commented fragment of main.cf, which an administrator can read and put
 * into the main.cf of a stock Postfix as its first lines say
 */
char *postern_plan_to_postfix_fragment (PosternPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPostfix, postern_postfix_free)

G_END_DECLS
