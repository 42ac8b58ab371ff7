/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "gateway/postern-runbook.h"

G_BEGIN_DECLS

/** postern_runbook_printer_new: Returns: (transfer full): what prints all of @runbook, on paper or into a file */
GtkPrintOperation *postern_runbook_printer_new (PosternRunbook *runbook);

G_END_DECLS
