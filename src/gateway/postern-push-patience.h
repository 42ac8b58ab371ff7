/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"

G_BEGIN_DECLS

/*
 * What a push asks a gateway after it has begun to write. Nothing here can be cancelled: the person is to be told what
 * is live. The time is bounded all the same, by the gateway's own limits and a number of attempts.
 */

/*
 * postern_push_read_patiently:
 * @pause_milliseconds: how long to wait after the first failure; longer after the next ones
 *
 * Reads what the gateway has, trying again where that may help: reading is safe to repeat.
 */
PosternPlan *postern_push_read_patiently (PosternGateway *gateway, char **revision, guint pause_milliseconds,
                                          GError **error);

/*
 * postern_push_wait_until_settled:
 * @before: what the gateway has as far as is known
 * @before_revision: its revision
 *
 * The gateway said nothing to a write and still has what it had before. It may yet be carrying the write out; then what
 * was read would be true only for another moment. Telling it to keep what it has answers that: it does so at once, or
 * says that a push is running, or that it has another revision by now.
 *
 * Returns: whether it has done what it was about to do, so that what is read from now on is true
 */
gboolean postern_push_wait_until_settled (PosternGateway *gateway, PosternPlan *before, const char *before_revision,
                                          guint pause_milliseconds);

/*
 * postern_push_write_patiently:
 * @plan: what the gateway shall have
 * @revision: what it has
 *
 * Tells a gateway that is told as a whole, trying again as long as it is busy: with the push, maybe, that was
 * interrupted.
 */
char *postern_push_write_patiently (PosternGateway *gateway, PosternPlan *plan, const char *revision,
                                    PosternJournal *journal, guint pause_milliseconds, GCancellable *cancellable,
                                    GError **error);

/*
 * postern_push_write_before_patiently:
 * @before: what the gateway had before the push
 * @before_revision: its revision then
 * @revision: what it has now
 *
 * Has a gateway that is told as a whole make live again what it had. What it had before the very first push may be
 * nothing that it takes as a plan; then it restores @before_revision.
 */
char *postern_push_write_before_patiently (PosternGateway *gateway, PosternPlan *before, const char *before_revision,
                                           const char *revision, guint pause_milliseconds, GError **error);

G_END_DECLS
