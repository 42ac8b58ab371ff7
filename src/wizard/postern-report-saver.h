/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

/** postern_report_saver_run: asks for a file name and writes @text there; a toast on @page says what came of it; @text: (transfer full) */
void postern_report_saver_run (PosternPage *page, char *text);

G_END_DECLS
