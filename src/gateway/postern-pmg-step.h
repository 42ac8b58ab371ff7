/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-pmg-config.h"
#include "gateway/postern-pmg-form.h"
#include "plan/postern-route.h"

G_BEGIN_DECLS

/*
 * PosternPmgCall:
 * @method: "POST", "PUT" or "DELETE"
 * @path: behind /api2/json, escaped
 * @form: (nullable): the parameters, without the digest
 */
typedef struct {
    const char *method;
    char *path;
    PosternPmgForm *form;
} PosternPmgCall;

/*
 * PosternPmgStep:
 * @list: which list it changes
 * @key: the record in it, in the server's spelling; of the mail settings, their names with commas
 * @before: the record before, as postern_pmg_config_describe() says it
 * @after: the record after
 * @forward: does it
 * @inverse: takes it back
 * @text: what it does, for a person, translated: “Adding the relay domain example.com”
 * @left: what is left of it if it cannot be taken back, translated: a whole sentence
 *
 * One call with its inverse.
 */
typedef struct {
    PosternPmgList list;
    char *key;
    char *before;
    char *after;
    PosternPmgCall forward;
    PosternPmgCall inverse;
    char *text;
    char *left;
} PosternPmgStep;

void postern_pmg_step_free (PosternPmgStep *self);

/* postern_pmg_step_new_add: adds the domain or the network @key */
PosternPmgStep *postern_pmg_step_new_add (PosternPmgList list, const char *key);

/* postern_pmg_step_new_add_transport: adds a transport for the domain @key */
PosternPmgStep *postern_pmg_step_new_add_transport (const char *key, PosternRoute *route);

/* postern_pmg_step_new_remove: removes a record of any list but the mail settings */
PosternPmgStep *postern_pmg_step_new_remove (PosternPmgList list, const PosternPmgRecord *record);

/* postern_pmg_step_new_change_transport: gives a transport another route */
PosternPmgStep *postern_pmg_step_new_change_transport (const PosternPmgRecord *record, PosternRoute *route);

/*
 * postern_pmg_step_new_mail:
 * @names: (array zero-terminated=1): the mail settings that change
 * @values: their new values, %NULL where one is to be unset
 *
 * Changes mail settings, all in one call.
 */
PosternPmgStep *postern_pmg_step_new_mail (PosternPmgConfig *config, const char *const *names,
                                           const char *const *values);

/* postern_pmg_step_to_texts: Returns: (transfer full) (array zero-terminated=1): @self as texts, for a journal */
char **postern_pmg_step_to_texts (const PosternPmgStep *self);

/* postern_pmg_step_new_from_texts: Returns: (transfer full) (nullable): the step that was written down as @texts; %NULL
 * if that is none, so that nothing but a step of these lists is ever sent to a gateway */
PosternPmgStep *postern_pmg_step_new_from_texts (const char *const *texts);

/* PosternPmgStepState: what a step has come to */
typedef enum {
    POSTERN_PMG_STEP_NOT_DONE, /* the record is as before */
    POSTERN_PMG_STEP_DONE,     /* the record is as after */
    POSTERN_PMG_STEP_OTHER,    /* someone else was there */
} PosternPmgStepState;

/* postern_pmg_step_judge: Returns: what @self has come to, judged by what the gateway has */
PosternPmgStepState postern_pmg_step_judge (const PosternPmgStep *self, PosternPmgConfig *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgStep, postern_pmg_step_free)

G_END_DECLS
