/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan-error.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/** The largest plan file or configuration document that is read, in bytes. */
#define POSTERN_PLAN_JSON_MAX_SIZE (64 * 1024 * 1024)

/**
 * PosternPlanForm:
 * @POSTERN_PLAN_FORM_FILE: a plan file: has the member `postern`, the format version
 * @POSTERN_PLAN_FORM_API: the Gateway API's configuration document: the same members without `postern`
 */
typedef enum {
    POSTERN_PLAN_FORM_FILE,
    POSTERN_PLAN_FORM_API,
} PosternPlanForm;

/**
 * PosternPlanProblem:
 * @pointer: where, a JSON pointer (RFC 6901) such as "/domains/3/name"
 * @code: a #PosternPlanError
 * @message: what is wrong, translated
 *
 * One thing that is wrong with a plan document.
 */
typedef struct {
    char *pointer;
    PosternPlanError code;
    char *message;
} PosternPlanProblem;

void postern_plan_problem_free (PosternPlanProblem *problem);

/**
 * postern_plan_from_json:
 * @data: a document in UTF-8
 * @length: its length in bytes
 * @form: which document it is
 * @problems: (out) (optional) (element-type PosternPlanProblem) (transfer full): every bad member, if the document is
 * JSON at all (at most 1000 are listed)
 * @error: return location for an error, or %NULL
 *
 * Reads a plan. A missing optional member has its scenario's preset; an unknown, repeated, missing or wrongly typed one
 * is an error that names it.
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with the first error, which says where
 */
PosternPlan *postern_plan_from_json (const char *data, gsize length, PosternPlanForm form, GPtrArray **problems,
                                     GError **error);

/** PosternPlanKeep: Returns: whether @domain shall be in the plan that is being read */
typedef gboolean (*PosternPlanKeep) (PosternDomain *domain, gpointer data);

/**
 * postern_plan_from_json_keeping:
 * @data: a document in UTF-8
 * @length: its length in bytes
 * @form: which document it is
 * @keep: asked about each domain, in the document's order
 * @keep_data: for @keep
 * @error: return location for an error, or %NULL
 *
 * Reads a plan that is asked about some of its domains only, or about each of them once: those that are not kept take
 * no memory. That a domain is there twice is not noticed among them.
 *
 * Returns: (transfer full) (nullable): the plan with the domains that were kept
 */
PosternPlan *postern_plan_from_json_keeping (const char *data, gsize length, PosternPlanForm form, PosternPlanKeep keep,
                                             gpointer keep_data, GError **error);

/** postern_plan_to_json: Returns: (transfer full): the document, pretty-printed for a file, compact for the API,
 * records in the plan's order */
char *postern_plan_to_json (PosternPlan *self, PosternPlanForm form, gsize *length);

/** postern_plan_load: Returns: (transfer full) (nullable): the plan in @file, or %NULL with an error that names the
 * file */
PosternPlan *postern_plan_load (GFile *file, GCancellable *cancellable, GError **error);

/** postern_plan_save: writes @self to @file atomically: an interrupted save leaves the old file
 * (g_file_replace_contents()) */
gboolean postern_plan_save (PosternPlan *self, GFile *file, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPlanProblem, postern_plan_problem_free)

G_END_DECLS
