/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PosternPlanError:
 * @POSTERN_PLAN_ERROR_INVALID_HOST: a host is neither an address nor a name that DNS can hold (RFC 1123, RFC 5890)
 * @POSTERN_PLAN_ERROR_INVALID_PORT: a port is not a number from 1 to 65535
 * @POSTERN_PLAN_ERROR_INVALID_ROUTE: host, port and MX lookup do not go together
 * @POSTERN_PLAN_ERROR_INVALID_DOMAIN: a mail domain is not one that mail can be addressed to (RFC 5321, RFC 5890)
 * @POSTERN_PLAN_ERROR_INVALID_NETWORK: a network is neither an address nor a prefix in CIDR notation (RFC 4632, RFC
 * 4291)
 * @POSTERN_PLAN_ERROR_DUPLICATE: a record is there already
 * @POSTERN_PLAN_ERROR_SYNTAX: a plan file is not a JSON document (RFC 8259)
 * @POSTERN_PLAN_ERROR_SCHEMA: a plan file has an unknown, missing, repeated or wrongly typed member
 * @POSTERN_PLAN_ERROR_VERSION: a plan file is of a format version that this program does not know
 * @POSTERN_PLAN_ERROR_TOO_LARGE: a plan file is larger than 64 MiB
 * @POSTERN_PLAN_ERROR_INVALID_ADDRESS: an e-mail or network address cannot be judged
 *
 * What can be wrong with something that a person, a file or a server says of a plan. Every error's message is
 * translated and made to be shown.
 */
typedef enum {
    POSTERN_PLAN_ERROR_INVALID_HOST,
    POSTERN_PLAN_ERROR_INVALID_PORT,
    POSTERN_PLAN_ERROR_INVALID_ROUTE,
    POSTERN_PLAN_ERROR_INVALID_DOMAIN,
    POSTERN_PLAN_ERROR_INVALID_NETWORK,
    POSTERN_PLAN_ERROR_DUPLICATE,
    POSTERN_PLAN_ERROR_SYNTAX,
    POSTERN_PLAN_ERROR_SCHEMA,
    POSTERN_PLAN_ERROR_VERSION,
    POSTERN_PLAN_ERROR_TOO_LARGE,
    POSTERN_PLAN_ERROR_INVALID_ADDRESS,
} PosternPlanError;

#define POSTERN_PLAN_ERROR (postern_plan_error_quark ())
GQuark postern_plan_error_quark (void);

/**
 * postern_plan_error_code_name:
 * @code: an error code of this domain
 *
 * Returns: (transfer none): the stable name of @code in the Gateway API and in JSON output, such as "invalid-domain"
 */
const char *postern_plan_error_code_name (PosternPlanError code);

G_END_DECLS
