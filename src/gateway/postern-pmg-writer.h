/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-journal.h"
#include "gateway/postern-pmg-session.h"
#include "gateway/postern-pmg-step.h"

G_BEGIN_DECLS

/*
 * PosternPmgWriter:
 *
 * Carries out steps at a gateway that knows no transactions. A step of which it is not known whether it was carried out
 * is looked for in what the gateway has, never blindly repeated; after a failure everything that was done is taken back
 * in reverse order, and what cannot be taken back is told.
 *
 * Proxmox makes a Postfix map anew only if its text file is newer than the map in whole seconds, so the last write to
 * each map comes more than a second after the one before; else Postfix would go on with a map in which the last records
 * are missing, though the lists show them.
 */
typedef struct _PosternPmgWriter PosternPmgWriter;

/*
 * PosternPmgProgress:
 * @k: the number of the step, from 1 on
 * @n: how many there are
 * @undoing: whether it is being taken back
 * @text: what is done, translated
 */
typedef void (*PosternPmgProgress) (guint k, guint n, gboolean undoing, const char *text, gpointer data);

/*
 * PosternPmgPatience:
 * @pause_milliseconds: how long to wait before a step is tried again
 * @map_milliseconds: how long after the write before it the last write to a map comes
 * @settle_milliseconds: for how long after it was sent a call may yet be carried out
 */
typedef struct {
    guint pause_milliseconds;
    guint map_milliseconds;
    guint settle_milliseconds;
} PosternPmgPatience;

PosternPmgWriter *postern_pmg_writer_new (PosternPmgSession *session, const PosternPmgPatience *patience,
                                          PosternPmgProgress progress, gpointer data);
void postern_pmg_writer_free (PosternPmgWriter *self);

/*
 * postern_pmg_writer_run:
 * @steps: (element-type PosternPmgStep): what is to be done
 * @digest: of the mail settings that the steps were made from
 * @journal: (nullable): has @steps in it; each is said there before it is begun, and before it is taken back
 * @cancellable: (nullable): stops before the next step; what was done is taken back then, unless there is a @journal
 *
 * Returns: whether every step was carried out. If not, %FALSE with what kept it from that: an error after which nothing
 * of @steps is left, or %POSTERN_GATEWAY_ERROR_STUCK, whose message lists what is left
 */
gboolean postern_pmg_writer_run (PosternPmgWriter *self, GPtrArray *steps, const char *digest, PosternJournal *journal,
                                 GCancellable *cancellable, GError **error);

/*
 * postern_pmg_writer_finish:
 * @journal: of an interrupted push, with @steps in it
 *
 * Does what is missing of @steps, as postern_pmg_writer_run() does; a failure takes back what was done before the
 * interruption as well.
 *
 * Returns: whether every step is done; %FALSE with %POSTERN_GATEWAY_ERROR_REVISION_CHANGED, and nothing written, if
 * someone else has changed one of the records since
 */
gboolean postern_pmg_writer_finish (PosternPmgWriter *self, GPtrArray *steps, PosternJournal *journal,
                                    GCancellable *cancellable, GError **error);

/*
 * postern_pmg_writer_undo:
 * @journal: of an interrupted push, with @steps in it
 *
 * Returns: whether nothing of @steps is left; else %FALSE with %POSTERN_GATEWAY_ERROR_STUCK, whose message lists what
 * is left, or with why nothing was written
 */
gboolean postern_pmg_writer_undo (PosternPmgWriter *self, GPtrArray *steps, PosternJournal *journal,
                                  GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgWriter, postern_pmg_writer_free)

G_END_DECLS
