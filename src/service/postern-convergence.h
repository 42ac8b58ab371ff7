/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-applier.h"

G_BEGIN_DECLS

/**
 * PosternConvergence:
 *
 * Sees to it that the mail server comes to the current revision after a start. Where that cannot be done, as an
 * administrator has made a mistake in a file of his own, it says why and tries again: after five seconds, then ever
 * more seldom, at last every five minutes, and whenever it is asked to. For the main thread.
 */
typedef struct _PosternConvergence PosternConvergence;

/** postern_convergence_new: @applier: who brings the mail server to a revision */
PosternConvergence *postern_convergence_new (PosternApplier *applier);
/** postern_convergence_free: waits for an attempt that has begun */
void postern_convergence_free (PosternConvergence *self);

/** postern_convergence_begin: Returns: whether the mail server is in the current revision; if not, the log says why,
 * and more attempts follow in the background once the main loop runs */
gboolean postern_convergence_begin (PosternConvergence *self);

/** postern_convergence_hurry: makes the next attempt now, if there is to be one */
void postern_convergence_hurry (PosternConvergence *self);

G_END_DECLS
