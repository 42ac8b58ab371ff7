/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/**
 * PosternVerdictOutcome:
 * @POSTERN_VERDICT_ACCEPTED: the gateway accepts the recipient
 * @POSTERN_VERDICT_VERIFIED: the internal server decides: accepted if it knows the recipient, refused with 550 5.1.1 if
 * it does not, put off with 450 4.1.1 while it does not answer
 * @POSTERN_VERDICT_REFUSED: refused at RCPT with 554 5.7.1
 */
typedef enum {
    POSTERN_VERDICT_ACCEPTED,
    POSTERN_VERDICT_VERIFIED,
    POSTERN_VERDICT_REFUSED,
} PosternVerdictOutcome;

/**
 * PosternVerdictHop:
 * @POSTERN_VERDICT_HOP_NONE: nowhere: the message is refused
 * @POSTERN_VERDICT_HOP_ROUTE: to the domain's own route
 * @POSTERN_VERDICT_HOP_INTERNAL_SERVER: to the internal server
 * @POSTERN_VERDICT_HOP_EDGE_GATEWAY: to the edge gateway
 * @POSTERN_VERDICT_HOP_DNS: to the MX of the recipient's domain
 */
typedef enum {
    POSTERN_VERDICT_HOP_NONE,
    POSTERN_VERDICT_HOP_ROUTE,
    POSTERN_VERDICT_HOP_INTERNAL_SERVER,
    POSTERN_VERDICT_HOP_EDGE_GATEWAY,
    POSTERN_VERDICT_HOP_DNS,
} PosternVerdictHop;

/**
 * PosternVerdict:
 * @outcome: what happens at RCPT
 * @hop: which way it goes next
 * @route: (nullable) (transfer none): the next hop's route, %NULL for DNS and none; the plan owns it
 * @trusted: whether the client is in a trusted network (or is the gateway itself)
 * @local: whether the recipient's domain is local
 * @routed: whether the part before the last @ itself asks to be sent on (`joe%elsewhere.test@example.com`,
 * `elsewhere.test!joe@…`), which nobody but a trusted client may (postconf(5) allow_untrusted_routing)
 * @loops: whether the next hop hands the message back (a local domain without a route goes to the edge gateway)
 *
 * What the gateway will do with a message. A plain value; it lives as long as the plan does not change.
 */
typedef struct {
    PosternVerdictOutcome outcome;
    PosternVerdictHop hop;
    PosternRoute *route;
    gboolean trusted;
    gboolean local;
    gboolean routed;
    gboolean loops;
} PosternVerdict;

/**
 * postern_plan_judge:
 * @self: a plan
 * @client: the address that connects
 * @domain: the recipient's domain, in A-labels
 * @verdict: (out caller-allocates): the verdict
 */
void postern_plan_judge (PosternPlan *self, GInetAddress *client, const char *domain, PosternVerdict *verdict);

/**
 * postern_plan_judge_text:
 * @self: a plan
 * @client: an IPv4 or IPv6 address, as typed
 * @recipient: an e-mail address, U- or A-labels, as typed
 *
 * Returns: whether both could be read; else %FALSE with %POSTERN_PLAN_ERROR_INVALID_ADDRESS
 */
gboolean postern_plan_judge_text (PosternPlan *self, const char *client, const char *recipient, PosternVerdict *verdict,
                                  GError **error);

/**
 * postern_verdict_matches_reply:
 * @self: a verdict
 * @code: the SMTP reply code that the gateway gave to RCPT
 * @enhanced: (nullable): its enhanced status code (RFC 3463)
 *
 * Returns: whether a gateway that answers so does what @self says
 */
gboolean postern_verdict_matches_reply (const PosternVerdict *self, guint code, const char *enhanced);

/** postern_verdict_to_sentence: Returns: (transfer full): what happens, why and where the message goes, for a person,
 * translated */
char *postern_verdict_to_sentence (const PosternVerdict *self, const char *recipient);

/** postern_verdict_hop_to_display: Returns: (transfer full): the next hop for a person, translated: “the internal
 * server, 10.0.0.20:25” */
char *postern_verdict_hop_to_display (const PosternVerdict *self);

G_END_DECLS
