/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-api-handlers.h"

G_BEGIN_DECLS

/** PosternApiAccess: who may ask for an operation: everybody, any token, or one whose role is to write */
typedef enum {
    POSTERN_API_ACCESS_ANYBODY,
    POSTERN_API_ACCESS_READ,
    POSTERN_API_ACCESS_WRITE,
} PosternApiAccess;

/**
 * PosternApiOperation:
 * @method: such as "PUT"
 * @path: its path, in which "{n}" stands for a number
 * @access: who may ask for it
 * @largest_body: in bytes; 0 for an operation that has none
 * @heavy: whether it works on a whole configuration, which may take seconds and much memory: few of these run at a time
 * @handler: what answers it
 *
 * One operation of the Gateway API: a row of the table that the service's front works by.
 */
typedef struct {
    const char *method;
    const char *path;
    PosternApiAccess access;
    gsize largest_body;
    gboolean heavy;
    PosternApiHandler handler;
} PosternApiOperation;

/**
 * postern_api_operation_find:
 * @method: a request's method
 * @path: its path
 * @number: (out): the number in the path, if there is one
 * @allowed: (out) (transfer full) (nullable): the methods that there are for this path, as in the header Allow; %NULL
 * if there is no such path
 *
 * Returns: (transfer none) (nullable): the operation
 */
const PosternApiOperation *postern_api_operation_find (const char *method, const char *path, guint *number,
                                                       char **allowed);

G_END_DECLS
