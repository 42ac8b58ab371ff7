/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-service-options.h"

G_BEGIN_DECLS

/** postern_service_command: does what @options' words say, on the standard output; Returns: whether it could, or the
 * exit status is 1 */
gboolean postern_service_command (PosternServiceOptions *options, GError **error);

G_END_DECLS
