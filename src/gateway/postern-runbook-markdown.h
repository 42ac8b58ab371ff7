/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook.h"

G_BEGIN_DECLS

/** postern_runbook_to_markdown: Returns: (transfer full): all of @self in CommonMark with task lists, for a ticket or a
 * wiki */
char *postern_runbook_to_markdown (PosternRunbook *self);

G_END_DECLS
