/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-probe-target.h"
#include "probe/postern-smtp-dialogue.h"

G_BEGIN_DECLS

/**
 * PosternProbeSession:
 *
 * A dialogue with the first of a target's next hops that takes one, and what went before it. What a network does is a
 * finding for a probe and not an error, so it is kept here: a session always comes to be unless somebody cancels or the
 * target makes no sense.
 *
 * Private to this library.
 */
typedef struct _PosternProbeSession PosternProbeSession;

/**
 * postern_probe_session_open:
 * @target: whom to ask
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error, or %NULL
 *
 * Tries the target's next hops one after the other until one greets with 220 or refuses for good; a hop that cannot be
 * reached or refuses for now is passed over while there is another (RFC 5321 section 5.1).
 *
 * Returns: (transfer full) (nullable): the session, or %NULL with %G_IO_ERROR_CANCELLED or
 * %POSTERN_PROBE_ERROR_INVALID_ARGUMENT
 */
PosternProbeSession *postern_probe_session_open (PosternProbeTarget *target, GCancellable *cancellable, GError **error);

void postern_probe_session_free (PosternProbeSession *self);

/** postern_probe_session_get_dialogue: Returns: (transfer none) (nullable): the dialogue, or %NULL if no hop greeted */
PosternSmtpDialogue *postern_probe_session_get_dialogue (PosternProbeSession *self);

/** postern_probe_session_get_greeting: Returns: (transfer none) (nullable): how the hop greeted, or %NULL if none did
 */
PosternSmtpReply *postern_probe_session_get_greeting (PosternProbeSession *self);

/** postern_probe_session_get_failure: Returns: (transfer none) (nullable): why no hop greeted, %NULL if one did */
const GError *postern_probe_session_get_failure (PosternProbeSession *self);

/** postern_probe_session_get_stage: Returns: how far the last attempt came */
PosternSmtpStage postern_probe_session_get_stage (PosternProbeSession *self);

/** postern_probe_session_get_server: Returns: (transfer none): who greeted, or failed last, or the target if it has no
 * hop */
const char *postern_probe_session_get_server (PosternProbeSession *self);

/** postern_probe_session_get_passed_over: Returns: (transfer none) (element-type utf8): a sentence for each hop before
 * that one */
GPtrArray *postern_probe_session_get_passed_over (PosternProbeSession *self);

/**
 * postern_probe_session_is_callers_error:
 * @error: (nullable): an error of a dialogue, or %NULL
 *
 * Returns: whether @error belongs to whoever asked (cancelled, arguments that cannot be sent) rather than to the world
 */
gboolean postern_probe_session_is_callers_error (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PosternProbeSession, postern_probe_session_free)

G_END_DECLS
