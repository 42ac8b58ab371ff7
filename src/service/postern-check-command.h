/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/postern-service-options.h"

G_BEGIN_DECLS

/** postern_check_command: “posternd check”: says what is on this host, what posternd sets in it or would take over, and
 * fails if Postfix does not run or is not as in the current revision; writes nothing */
gboolean postern_check_command (PosternServiceOptions *options, GError **error);

G_END_DECLS
