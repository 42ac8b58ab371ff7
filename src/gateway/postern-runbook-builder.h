/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook-section.h"
#include "gateway/postern-runbook-step-private.h"
#include "gateway/postern-runbook-terms.h"
#include "plan/postern-plan.h"

G_BEGIN_DECLS

/*
 * PosternRunbookBuilder: a runbook that is being made. Each file of steps adds the sections of one part of a plan.
 */
typedef struct {
    PosternPlan *plan;
    const char *language;
    gboolean edge;    /* there is an edge gateway, or the scenario says that there is one */
    gboolean deletes; /* refused messages are deleted */
    gboolean spf;     /* to be on in KSMG */
    gboolean dmarc;   /* to be on in KSMG, as far as the plan is concerned */
    GPtrArray *sections;
    PosternRunbookSection *section; /* the one that steps are added to */
} PosternRunbookBuilder;

#define TERM(builder, NAME) postern_runbook_term ((builder)->language, POSTERN_RUNBOOK_TERM_##NAME)

/* Begins a section; takes over @path and @intro. */
void postern_runbook_builder_begin (PosternRunbookBuilder *self, const char *id, const char *title, char *path,
                                    char *intro);

/* Adds a step to the section; takes over @action. Returns: (transfer none): it */
PosternRunbookStep *postern_runbook_builder_add (PosternRunbookBuilder *self, const char *name, char *action);

/* Says which choice a step is about, in a word that is the same in every language: another one is to be done anew. */
void postern_runbook_builder_mark (PosternRunbookStep *step, const char *choice);

/* All that is to be done so far, or in this section so far: a step that depends on it is to be done anew with it. */
char *postern_runbook_builder_sum (PosternRunbookBuilder *self, gboolean this_section);

/* Adds the step that saves the page. */
void postern_runbook_builder_add_save (PosternRunbookBuilder *self);

/* Adds a switch to @step. */
void postern_runbook_builder_add_switch (PosternRunbookStep *step, const char *field, gboolean on);

/* How many records may share a step, so that @n of them make no endless list of steps. */
guint postern_runbook_builder_batch_size (guint n);

/* More records than this, and they are entered in batches. */
#define POSTERN_RUNBOOK_MANY 50

void postern_runbook_build_preparation (PosternRunbookBuilder *self);
void postern_runbook_build_domains (PosternRunbookBuilder *self);
void postern_runbook_build_edge_gateway (PosternRunbookBuilder *self);
void postern_runbook_build_networks (PosternRunbookBuilder *self);
void postern_runbook_build_sender_checks (PosternRunbookBuilder *self);
void postern_runbook_build_rules (PosternRunbookBuilder *self);
void postern_runbook_build_authentication (PosternRunbookBuilder *self);
void postern_runbook_build_verification (PosternRunbookBuilder *self);
void postern_runbook_build_trials (PosternRunbookBuilder *self);

G_END_DECLS
