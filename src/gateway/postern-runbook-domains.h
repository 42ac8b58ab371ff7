/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan/postern-plan.h"

G_BEGIN_DECLS

/* What a domain of a plan becomes in KSMG's table of domains. */

/* postern_runbook_route_of: Returns: (transfer none) (nullable): where mail for @domain goes, %NULL if DNS (or, in
 * KSMG, the edge gateway) decides */
PosternRoute *postern_runbook_route_of (PosternPlan *plan, PosternDomain *domain);

/* postern_runbook_needs_record: Returns: whether a record would change anything */
gboolean postern_runbook_needs_record (PosternPlan *plan, PosternDomain *domain);

/* postern_runbook_record_name: Returns: (transfer none): the name to enter; what kind of record it is, KSMG keeps
 * beside it */
const char *postern_runbook_record_name (PosternDomain *domain);

G_END_DECLS
