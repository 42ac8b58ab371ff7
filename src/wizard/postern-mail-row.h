/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "gateway/postern-mail-log-entry.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_MAIL_ROW (postern_mail_row_get_type ())

/** PosternMailRow: what became of a message for one recipient, in a list box */
G_DECLARE_FINAL_TYPE (PosternMailRow, postern_mail_row, POSTERN, MAIL_ROW, AdwActionRow)

/** postern_mail_row_new: @entry: (not nullable): what the row tells */
GtkWidget *postern_mail_row_new (PosternMailLogEntry *entry);

G_END_DECLS
