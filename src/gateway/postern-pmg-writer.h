/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

/* postern_pmg_writer_new: @pause_milliseconds: how long to wait before a step is tried again */
PosternPmgWriter *postern_pmg_writer_new (PosternPmgSession *session, guint pause_milliseconds,
                                          PosternPmgProgress progress, gpointer data);
void postern_pmg_writer_free (PosternPmgWriter *self);

/*
 * postern_pmg_writer_run:
 * @steps: (element-type PosternPmgStep): what is to be done
 * @digest: of the mail settings that the steps were made from
 * @cancellable: (nullable): stops before the next step; what was done is taken back then
 *
 * Returns: whether every step was carried out. If not, %FALSE with what kept it from that: an error after which nothing
 * of @steps is left, or %POSTERN_GATEWAY_ERROR_STUCK, whose message lists what is left
 */
gboolean postern_pmg_writer_run (PosternPmgWriter *self, GPtrArray *steps, const char *digest,
                                 GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternPmgWriter, postern_pmg_writer_free)

G_END_DECLS
