/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** PosternFlowVerdict: what the mail server answered to a recipient: 2xx, 5xx or 4xx (RFC 5321, section 4.2.1) */
typedef enum {
    POSTERN_FLOW_ACCEPTED,
    POSTERN_FLOW_REFUSED,
    POSTERN_FLOW_DEFERRED,
} PosternFlowVerdict;

#define POSTERN_TYPE_FLOW_VERDICT (postern_flow_verdict_get_type ())
GType postern_flow_verdict_get_type (void) G_GNUC_CONST;

#define POSTERN_TYPE_FLOW (postern_flow_get_type ())

/**
 * PosternFlow:
 *
 * What the live mail server answered to a client address, a sender and a recipient. Immutable; may be shared between
 * threads.
 *
 * Properties: `verdict`, `code`, `enhanced`, `text`, `reply`, `stage`.
 */
G_DECLARE_FINAL_TYPE (PosternFlow, postern_flow, POSTERN, FLOW, GObject)

/**
 * postern_flow_new:
 * @verdict: what it comes to
 * @reply: the SMTP reply as it was said, such as "550 5.1.1 <x@y>: Recipient address rejected"
 * @stage: where the dialogue ended: "connect", "helo", "mail" or "rcpt"
 */
PosternFlow *postern_flow_new (PosternFlowVerdict verdict, const char *reply, const char *stage);

PosternFlowVerdict postern_flow_get_verdict (PosternFlow *self);
/** postern_flow_get_code: Returns: the reply code, 0 if there was none */
guint postern_flow_get_code (PosternFlow *self);
/** postern_flow_get_enhanced: Returns: (transfer none) (nullable): the enhanced status code (RFC 3463), such as "5.1.1"
 */
const char *postern_flow_get_enhanced (PosternFlow *self);
/** postern_flow_get_text: Returns: (transfer none): what follows the codes */
const char *postern_flow_get_text (PosternFlow *self);
/** postern_flow_get_reply: Returns: (transfer none): the whole reply */
const char *postern_flow_get_reply (PosternFlow *self);
const char *postern_flow_get_stage (PosternFlow *self);

G_END_DECLS
