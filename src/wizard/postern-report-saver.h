/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wizard/postern-page.h"

G_BEGIN_DECLS

/*
 * Reports as files. A toast on the page says what came of it.
 */

/** postern_report_saver_run: asks for a file name and writes @text there; @text: (transfer full): a report */
void postern_report_saver_run (PosternPage *page, char *text);

/** postern_report_saver_write: writes @text, as PDF if the name of @file ends so; @text: (transfer full): a report */
void postern_report_saver_write (PosternPage *page, char *text, GFile *file);

G_END_DECLS
