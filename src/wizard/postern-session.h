/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-gateway.h"
#include "gateway/postern-trust.h"
#include "plan/postern-findings.h"
#include "plan/postern-plan.h"
#include "plan/postern-rehearsal.h"
#include "wizard/postern-findings-model.h"
#include "wizard/postern-steps.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_SESSION (postern_session_get_type ())

/**
 * PosternSession:
 *
 * What one window knows: the plan, and beside it where the wizard leads and which gateway it speaks to. No widget.
 * Lives on the main thread. The gateway's secret is inside `gateway`, in memory only.
 *
 * Properties:
 * - `plan` (#PosternPlan, read-only): always the same object; another plan is brought in by postern_plan_assign()
 * - `mode` (#PosternMode)
 * - `file` (#GFile, nullable): the plan file that the plan came from or was saved to
 * - `address` (#PosternGatewayAddress, nullable), `pin` (string, nullable): which gateway, and the fingerprint that was
 * trusted
 * - `gateway`, `info`, `configuration` (#PosternPlan), `revision` (string), all nullable and read-only: the connection,
 * who answered, what it had when it was last read and which revision that was; set together
 * - `findings` (#PosternFindingsModel, read-only): what is to say about the plan
 * - `rehearsals` (#GListStore of #PosternRehearsal, read-only): what internal mail servers answered when they were last
 * asked for recipients
 */
G_DECLARE_FINAL_TYPE (PosternSession, postern_session, POSTERN, SESSION, GObject)

PosternSession *postern_session_new (void);

PosternPlan *postern_session_get_plan (PosternSession *self);

PosternMode postern_session_get_mode (PosternSession *self);
void postern_session_set_mode (PosternSession *self, PosternMode mode);

GFile *postern_session_get_file (PosternSession *self);
void postern_session_set_file (PosternSession *self, GFile *file);

PosternGatewayAddress *postern_session_get_address (PosternSession *self);
const char *postern_session_get_pin (PosternSession *self);
/** postern_session_get_draft: Returns: (transfer none) (nullable): the id that the plan is kept under while it is
 * worked on */
const char *postern_session_get_draft (PosternSession *self);
void postern_session_set_draft (PosternSession *self, const char *id);

/** postern_session_set_address: says which gateway it is; @address: (nullable): where; @pin: (nullable): its trusted
 * fingerprint. Another gateway than before ends the connection. */
void postern_session_set_address (PosternSession *self, PosternGatewayAddress *address, const char *pin);

/** postern_session_set_user: @user: (nullable): as whom it logs in at a Proxmox Mail Gateway */
void postern_session_set_user (PosternSession *self, const char *user);
/** postern_session_get_user: Returns: (transfer none) (nullable): as whom it logs in at a Proxmox Mail Gateway */
const char *postern_session_get_user (PosternSession *self);

/**
 * postern_session_set_connection:
 * @self: a session
 * @gateway: (nullable): the gateway, or %NULL to end the connection
 * @info: (nullable): who it is
 * @configuration: (nullable): what it has
 * @revision: (nullable): which revision that is
 *
 * Remembers a connection, or what was read over it anew.
 */
void postern_session_set_connection (PosternSession *self, PosternGateway *gateway, PosternGatewayInfo *info,
                                     PosternPlan *configuration, const char *revision);

/** postern_session_get_gateway: Returns: (transfer none) (nullable): the gateway, %NULL while not connected */
PosternGateway *postern_session_get_gateway (PosternSession *self);
PosternGatewayInfo *postern_session_get_info (PosternSession *self);
/** postern_session_get_configuration: Returns: (transfer none) (nullable): what the gateway has; must not be changed */
PosternPlan *postern_session_get_configuration (PosternSession *self);
const char *postern_session_get_revision (PosternSession *self);

/** postern_session_set_pushed: remembers what a push has done, for the report; @outcome: (nullable): in sentences;
 * @changes: (nullable) (element-type PosternChange): what it changed */
void postern_session_set_pushed (PosternSession *self, const char *outcome, GPtrArray *changes);
/** postern_session_get_pushed: @changes: (out) (transfer none) (nullable); Returns: (transfer none) (nullable): the
 * outcome */
const char *postern_session_get_pushed (PosternSession *self, GPtrArray **changes);

/** postern_session_has_capability: Returns: whether the gateway says that it can do @capability; %TRUE while none is
 * known */
gboolean postern_session_has_capability (PosternSession *self, const char *capability);
/** postern_session_enforces: Returns: whether the gateway enforces the plan file's @member; %TRUE while none is known
 */
gboolean postern_session_enforces (PosternSession *self, const char *member);

/**
 * postern_session_judge:
 * @self: a session
 *
 * Takes time with a large plan; a worker thread judges a copy of the plan with postern_session_dup_gateway_hosts().
 *
 * Returns: (transfer full) (element-type PosternFinding): what is to say about the plan, with what is known about the
 * gateway
 */
GPtrArray *postern_session_judge (PosternSession *self);

/** postern_session_get_findings: Returns: (transfer none): what is to say about the plan, kept up to date; made when
 * first asked for */
PosternFindingsModel *postern_session_get_findings (PosternSession *self);

/** postern_session_get_rehearsals: Returns: (transfer none) (element-type PosternRehearsal): what was found out about
 * internal mail servers; to be filled by who asks them */
GListStore *postern_session_get_rehearsals (PosternSession *self);

/** postern_session_dup_rehearsals: Returns: (transfer full) (element-type PosternRehearsal): the same, as
 * #PosternFindingContext wants it */
GPtrArray *postern_session_dup_rehearsals (PosternSession *self);

/** postern_session_dup_gateway_hosts: Returns: (transfer full): what the gateway is called, as #PosternFindingContext
 * wants it */
char **postern_session_dup_gateway_hosts (PosternSession *self);

/** postern_session_forget_findings: they are in another language now: the next who asks gets new ones */
void postern_session_forget_findings (PosternSession *self);

G_END_DECLS
