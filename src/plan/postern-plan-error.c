/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plan/postern-plan-error.h"

G_DEFINE_QUARK (postern - plan - error - quark, postern_plan_error)

const char *
postern_plan_error_code_name (PosternPlanError code)
{
    switch (code) {
    case POSTERN_PLAN_ERROR_INVALID_HOST:
        return "invalid-host";
    case POSTERN_PLAN_ERROR_INVALID_PORT:
        return "invalid-port";
    case POSTERN_PLAN_ERROR_INVALID_ROUTE:
        return "invalid-route";
    case POSTERN_PLAN_ERROR_INVALID_DOMAIN:
        return "invalid-domain";
    case POSTERN_PLAN_ERROR_INVALID_NETWORK:
        return "invalid-network";
    case POSTERN_PLAN_ERROR_DUPLICATE:
        return "duplicate";
    case POSTERN_PLAN_ERROR_SYNTAX:
        return "syntax";
    case POSTERN_PLAN_ERROR_SCHEMA:
        return "schema";
    case POSTERN_PLAN_ERROR_VERSION:
        return "version";
    case POSTERN_PLAN_ERROR_TOO_LARGE:
        return "too-large";
    case POSTERN_PLAN_ERROR_INVALID_ADDRESS:
        return "invalid-address";
    default:
        g_return_val_if_reached ("unknown");
    }
}
