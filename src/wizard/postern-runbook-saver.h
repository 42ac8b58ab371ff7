/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gateway/postern-runbook.h"
#include "wizard/postern-page.h"

G_BEGIN_DECLS

/** postern_runbook_saver_run: asks for a file name and writes @runbook there, as its ending says: a web page, Markdown
 * or text; a toast on @page says what came of it */
void postern_runbook_saver_run (PosternPage *page, PosternRunbook *runbook);

/** postern_runbook_saver_write: Returns: (transfer full): @runbook in the form that suits a file called @name */
char *postern_runbook_saver_write (PosternRunbook *runbook, const char *name);

G_END_DECLS
