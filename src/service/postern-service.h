/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-service-options.h"

G_BEGIN_DECLS

/**
 * postern_service_run:
 * @options: the command line
 * @error: return location for an error, or %NULL
 *
 * Serves the Gateway API until SIGTERM or SIGINT: brings Postfix to the current revision first, then listens.
 *
 * Returns: whether it could serve
 */
gboolean postern_service_run (PosternServiceOptions *options, GError **error);

G_END_DECLS
