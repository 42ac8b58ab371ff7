/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway-address.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * PosternJournalHead:
 *
 * The beginning of a journal. The file is lines, each a JSON document: the head, what the gateway had, what it shall
 * have; then the steps, and one line for each that was begun. A last line without its end was never written: the power
 * failed over it.
 */
typedef struct {
    PosternGatewayAddress *address;
    char *pin;
    char *user;
    char *revision;
    GDateTime *begun;
    PosternPlan *before;
    PosternPlan *plan;
} PosternJournalHead;

void postern_journal_head_clear (PosternJournalHead *self);

/* postern_journal_json_make_head: Returns: (transfer full): the first three lines */
char *postern_journal_json_make_head (const PosternJournalHead *head);
/* postern_journal_json_make_steps: @steps: (element-type GStrv); Returns: (transfer full): their line */
char *postern_journal_json_make_steps (GPtrArray *steps);
/* postern_journal_json_make_begun: Returns: (transfer full): the line that step @index is begun */
char *postern_journal_json_make_begun (guint index);
/* postern_journal_json_make_undoing: Returns: (transfer full): the line that step @index is being taken back */
char *postern_journal_json_make_undoing (guint index);

/*
 * postern_journal_json_parse:
 * @data: a journal
 * @head: (out): its head, cleared by the caller
 * @steps: (out) (transfer full) (nullable) (element-type GStrv): its steps, %NULL if none were written down
 * @begun: (out): the number of steps that were begun
 * @undoing: (out): the number of the last step that was being taken back, from 1 on; 0 if none was
 *
 * Returns: whether it is one
 */
gboolean postern_journal_json_parse (const char *data, gsize length, PosternJournalHead *head, GPtrArray **steps,
                                     guint *begun, guint *undoing, GError **error);

G_END_DECLS
