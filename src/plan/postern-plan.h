/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "plan/postern-domain.h"
#include "plan/postern-network.h"
#include "plan/postern-record-list.h"
#include "plan/postern-route.h"
#include "plan/postern-scenario.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PLAN (postern_plan_get_type ())

/**
 * PosternPlan:
 *
 * Everything the administrator wants of the gateway; the single source of truth. The wizard's widgets bind to its
 * properties, the libraries below work on a copy (postern_plan_copy()).
 *
 * Properties, all readable and writable unless said: `scenario`, `domains` (a #PosternRecordList of #PosternDomain,
 * read-only), `trusted-networks` (of #PosternNetwork, read-only), `internal-server` and `edge-gateway` (#PosternRoute,
 * may be %NULL), `recipient-verification`, `use-spf`, `use-dmarc`, `sender-authentication`, `check-sender-before-edge`,
 * `rejected-mail`.
 *
 * Signal `changed`: anything in it has changed, a record's own property included.
 */
G_DECLARE_FINAL_TYPE (PosternPlan, postern_plan, POSTERN, PLAN, GObject)

/** postern_plan_new: Returns: (transfer full): an empty plan of the direct scenario with its presets */
PosternPlan *postern_plan_new (void);

/** postern_plan_copy: Returns: (transfer full): an independent deep copy, for a worker thread */
PosternPlan *postern_plan_copy (PosternPlan *self);

/** postern_plan_assign: makes @self equal to @other, telling listeners; lists are replaced in one step */
void postern_plan_assign (PosternPlan *self, PosternPlan *other);

gboolean postern_plan_equal (PosternPlan *a, PosternPlan *b);

/** postern_plan_is_empty: Returns: whether nothing was entered yet: no domain, network, internal server or edge gateway
 */
gboolean postern_plan_is_empty (PosternPlan *self);

PosternScenario postern_plan_get_scenario (PosternPlan *self);
/** postern_plan_set_scenario: says the scenario and nothing else; see postern_plan_apply_presets() */
void postern_plan_set_scenario (PosternPlan *self, PosternScenario scenario);
/** postern_plan_apply_presets: sets the checks to what the scenario recommends; everything else stays */
void postern_plan_apply_presets (PosternPlan *self);
/** postern_plan_follows_presets: Returns: whether every check is as the scenario recommends */
gboolean postern_plan_follows_presets (PosternPlan *self);

PosternRecordList *postern_plan_get_domains (PosternPlan *self);
PosternRecordList *postern_plan_get_trusted_networks (PosternPlan *self);
PosternRoute *postern_plan_get_internal_server (PosternPlan *self);
void postern_plan_set_internal_server (PosternPlan *self, PosternRoute *route);
PosternRoute *postern_plan_get_edge_gateway (PosternPlan *self);
void postern_plan_set_edge_gateway (PosternPlan *self, PosternRoute *route);
PosternRecipientVerification postern_plan_get_recipient_verification (PosternPlan *self);
void postern_plan_set_recipient_verification (PosternPlan *self, PosternRecipientVerification verification);
gboolean postern_plan_get_use_spf (PosternPlan *self);
void postern_plan_set_use_spf (PosternPlan *self, gboolean use);
gboolean postern_plan_get_use_dmarc (PosternPlan *self);
void postern_plan_set_use_dmarc (PosternPlan *self, gboolean use);
gboolean postern_plan_get_sender_authentication (PosternPlan *self);
void postern_plan_set_sender_authentication (PosternPlan *self, gboolean on);
gboolean postern_plan_get_check_sender_before_edge (PosternPlan *self);
void postern_plan_set_check_sender_before_edge (PosternPlan *self, gboolean on);
PosternRejectedMail postern_plan_get_rejected_mail (PosternPlan *self);
void postern_plan_set_rejected_mail (PosternPlan *self, PosternRejectedMail what);

/** postern_plan_add_domain: adds a record by its name; Returns: (transfer none) (nullable): it, or %NULL with
 * _INVALID_DOMAIN or _DUPLICATE */
PosternDomain *postern_plan_add_domain (PosternPlan *self, const char *name, GError **error);
/** postern_plan_add_trusted_network: Returns: (transfer none) (nullable): it, or %NULL with _INVALID_NETWORK or
 * _DUPLICATE */
PosternNetwork *postern_plan_add_trusted_network (PosternPlan *self, const char *text, GError **error);

/** postern_plan_find_trusted_network: Returns: (transfer none) (nullable): the first trusted network that holds
 * @address */
PosternNetwork *postern_plan_find_trusted_network (PosternPlan *self, GInetAddress *address);

/**
 * postern_plan_find_domain:
 * @self: a plan
 * @name: a domain in A-labels, such as the part of a recipient behind the @
 *
 * Finds the record that is responsible for @name as Postfix finds it: `name` itself, else `.parent` of the nearest
 * parent.
 *
 * Returns: (transfer none) (nullable): the record
 */
PosternDomain *postern_plan_find_domain (PosternPlan *self, const char *name);

G_END_DECLS
