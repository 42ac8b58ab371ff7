/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probe/postern-smtp-reply.h"
#include "probe/postern-smtp-stage.h"

G_BEGIN_DECLS

/**
 * PosternRecipientClass:
 * @POSTERN_RECIPIENT_CLASS_VERIFIES: it refuses an invented recipient for good (and accepts the given one, if one was
 * given)
 * @POSTERN_RECIPIENT_CLASS_CATCH_ALL: it accepts an invented recipient: verification has no effect. A server that
 * refuses unknown recipients only after DATA looks the same: telling the two apart would take sending a message, which
 * a probe never does.
 * @POSTERN_RECIPIENT_CLASS_REFUSES_SENDER: it refuses the probe's sender, so every recipient would look unknown
 * @POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT: it refuses this computer, so every recipient would look unknown
 * @POSTERN_RECIPIENT_CLASS_REFUSES_ALL: it refuses the given recipient as well as an invented one: either the given one
 * does not exist, or this server receives no mail for the domain
 * @POSTERN_RECIPIENT_CLASS_GREYLISTS: it puts strangers off (greylisting): ask again some minutes later
 * @POSTERN_RECIPIENT_CLASS_TEMPFAILS: it cannot or will not tell now (4yz): ask again
 * @POSTERN_RECIPIENT_CLASS_SLOW: it answers later than a gateway waits, so first messages to a recipient are put off
 * @POSTERN_RECIPIENT_CLASS_UNREACHABLE: it could not be asked
 *
 * What a server does with recipients, as far as RCPT shows.
 */
typedef enum {
    POSTERN_RECIPIENT_CLASS_VERIFIES,
    POSTERN_RECIPIENT_CLASS_CATCH_ALL,
    POSTERN_RECIPIENT_CLASS_REFUSES_SENDER,
    POSTERN_RECIPIENT_CLASS_REFUSES_CLIENT,
    POSTERN_RECIPIENT_CLASS_REFUSES_ALL,
    POSTERN_RECIPIENT_CLASS_GREYLISTS,
    POSTERN_RECIPIENT_CLASS_TEMPFAILS,
    POSTERN_RECIPIENT_CLASS_SLOW,
    POSTERN_RECIPIENT_CLASS_UNREACHABLE,
} PosternRecipientClass;

/**
 * PosternRecipientObservation:
 * @failure: (nullable): why the dialogue broke off, or %NULL
 * @stage: what was asked last
 * @refusal: (nullable): the negative reply that ended the dialogue before RCPT (at @stage), or %NULL
 * @given: (nullable): the reply to the given recipient, or %NULL if none was given
 * @invented: (nullable): the reply to the invented recipient
 * @given_from_null: (nullable): the reply to the given recipient from the null sender, or the refusal of the null
 * sender; %NULL if that was not tried
 * @slowest_ms: how long the slowest answer to RCPT took
 * @slow_ms: how long a gateway waits
 *
 * What a probe saw. A plain value that owns nothing.
 */
typedef struct {
    const GError *failure;
    PosternSmtpStage stage;
    PosternSmtpReply *refusal;
    PosternSmtpReply *given;
    PosternSmtpReply *invented;
    PosternSmtpReply *given_from_null;
    guint slowest_ms;
    guint slow_ms;
} PosternRecipientObservation;

/** postern_recipient_class_judge: Returns: what @observation means */
PosternRecipientClass postern_recipient_class_judge (const PosternRecipientObservation *observation);

/**
 * postern_recipient_class_get_verifies:
 * @self: a class
 * @verifies: (out): whether the server refuses unknown recipients
 *
 * For the question which of the two edge scenarios it is.
 *
 * Returns: whether @self answers the question; if not, ask again (greylists, tempfails, slow) or ask otherwise
 */
gboolean postern_recipient_class_get_verifies (PosternRecipientClass self, gboolean *verifies);

/** postern_recipient_class_name: Returns: (transfer none): the stable name in the Gateway API and in JSON output, such
 * as "catch-all" */
const char *postern_recipient_class_name (PosternRecipientClass self);

G_END_DECLS
