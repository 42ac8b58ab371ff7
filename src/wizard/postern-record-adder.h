/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "wizard/postern-record-batch.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_RECORD_ADDER (postern_record_adder_get_type ())

/**
 * PosternRecordAdder:
 *
 * The head of a list of records: its title, its menu, and an entry that adds to it. Enter adds; Enter in the empty
 * entry goes on to the next page. Some lines may be pasted at once: the good ones are added, the others listed with the
 * reason. More of them are not added but handed on.
 *
 * Properties: `title`, `description`, `entry-title` (what the entry is called), `menu` (#GMenuModel, nullable).
 *
 * Signals: `added` (guint n, #GObject record): n records were added; record is the first of them; `long-text` (const
 * char *text): more was pasted or dropped than one sees at a glance.
 */
G_DECLARE_FINAL_TYPE (PosternRecordAdder, postern_record_adder, POSTERN, RECORD_ADDER, GtkBox)

GtkWidget *postern_record_adder_new (void);

/**
 * postern_record_adder_set_target:
 * @list: (nullable): where records go
 * @parser: what reads one
 * @key: what makes one unique
 */
void postern_record_adder_set_target (PosternRecordAdder *self, PosternRecordList *list, PosternRecordParser parser,
                                      PosternRecordKey key);

/**
 * postern_record_adder_commit:
 * @self: an adder
 *
 * Adds what stands in the entry, as Enter does. Called before the page is left, so that nothing typed gets lost.
 *
 * Returns: whether the entry is empty now; else it says what is wrong and has the focus
 */
gboolean postern_record_adder_commit (PosternRecordAdder *self);

G_END_DECLS
