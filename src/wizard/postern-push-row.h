/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "wizard/postern-push-item.h"

G_BEGIN_DECLS

#define POSTERN_TYPE_PUSH_ROW (postern_push_row_get_type ())

/** PosternPushRow: a line of a push: what, how far, and what the gateway answered */
G_DECLARE_FINAL_TYPE (PosternPushRow, postern_push_row, POSTERN, PUSH_ROW, AdwActionRow)

GtkWidget *postern_push_row_new (PosternPushItem *item);

G_END_DECLS
