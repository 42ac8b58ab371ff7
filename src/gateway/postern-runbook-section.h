/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include "gateway/postern-runbook-step.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RUNBOOK_SECTION (postern_runbook_section_get_type ())

/**
 * PosternRunbookSection:
 *
 * The steps on one page of the web interface. Immutable once its runbook is made.
 */
G_DECLARE_FINAL_TYPE (PosternRunbookSection, postern_runbook_section, POSTERN, RUNBOOK_SECTION, GObject)

/* Only while a runbook is made; @intro and @path are taken over. */
PosternRunbookSection *postern_runbook_section_new (const char *id, const char *title, char *path, char *intro);
void postern_runbook_section_add (PosternRunbookSection *self, PosternRunbookStep *taken_step);

/** postern_runbook_section_get_id: Returns: (transfer none): `domains`, `edge-gateway`, …: the first half of its steps'
 * ids */
const char *postern_runbook_section_get_id (PosternRunbookSection *self);
const char *postern_runbook_section_get_title (PosternRunbookSection *self);
/** postern_runbook_section_get_path: Returns: (transfer none) (nullable): the way to the page */
const char *postern_runbook_section_get_path (PosternRunbookSection *self);
/** postern_runbook_section_get_intro: Returns: (transfer none) (nullable): what the page is about; paragraphs are
 * separated by a newline */
const char *postern_runbook_section_get_intro (PosternRunbookSection *self);
/** postern_runbook_section_get_steps: Returns: (transfer none) (element-type PosternRunbookStep): its steps, in order,
 * at least one */
GPtrArray *postern_runbook_section_get_steps (PosternRunbookSection *self);

G_END_DECLS
