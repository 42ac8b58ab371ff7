/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook.h"

G_BEGIN_DECLS

/** postern_runbook_to_html: Returns: (transfer full): all of @self as one page that needs nothing else: no script, no
 * other file; to print, or to tick in a browser */
char *postern_runbook_to_html (PosternRunbook *self);

G_END_DECLS
