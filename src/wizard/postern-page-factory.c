/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-page-factory.h"

#include "wizard/pages/postern-checks-page.h"
#include "wizard/pages/postern-domains-page.h"
#include "wizard/pages/postern-edge-gateway-page.h"
#include "wizard/pages/postern-gateway-page.h"
#include "wizard/pages/postern-ksmg-page.h"
#include "wizard/pages/postern-networks-page.h"
#include "wizard/pages/postern-push-page.h"
#include "wizard/pages/postern-result-page.h"
#include "wizard/pages/postern-review-page.h"
#include "wizard/pages/postern-scenario-page.h"
#include "wizard/pages/postern-welcome-page.h"

/* Which class shows which step. */
static const struct {
    PosternStep step;
    GType (*get_type) (void);
} classes[] = {
    { POSTERN_STEP_WELCOME, postern_welcome_page_get_type },
    { POSTERN_STEP_SCENARIO, postern_scenario_page_get_type },
    { POSTERN_STEP_GATEWAY, postern_gateway_page_get_type },
    { POSTERN_STEP_DOMAINS, postern_domains_page_get_type },
    { POSTERN_STEP_EDGE_GATEWAY, postern_edge_gateway_page_get_type },
    { POSTERN_STEP_TRUSTED_NETWORKS, postern_networks_page_get_type },
    { POSTERN_STEP_CHECKS, postern_checks_page_get_type },
    { POSTERN_STEP_REVIEW, postern_review_page_get_type },
    { POSTERN_STEP_PUSH, postern_push_page_get_type },
    { POSTERN_STEP_RESULT, postern_result_page_get_type },
    { POSTERN_STEP_KSMG, postern_ksmg_page_get_type },
};

PosternPage *
postern_page_factory_make (PosternStep step, PosternSession *session)
{
    for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
        if (classes[i].step == step)
            return g_object_new (classes[i].get_type (), "session", session, "step", step, NULL);
    return NULL;
}
