/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define POSTERN_TYPE_STATUS_ICON (postern_status_icon_get_type ())

/** PosternStatus: how something stands */
typedef enum {
    POSTERN_STATUS_WAITING,
    POSTERN_STATUS_WORKING,
    POSTERN_STATUS_GOOD,
    POSTERN_STATUS_BAD,
    POSTERN_STATUS_UNKNOWN,
} PosternStatus;

#define POSTERN_TYPE_STATUS (postern_status_get_type ())
GType postern_status_get_type (void) G_GNUC_CONST;

/**
 * PosternStatusIcon:
 *
 * How something stands, at the start of its row: a dot, a spinner, a tick, a cross or a question mark; said in a word
 * to a screen reader and in the tooltip.
 *
 * Set with postern_status_icon_set().
 */
G_DECLARE_FINAL_TYPE (PosternStatusIcon, postern_status_icon, POSTERN, STATUS_ICON, AdwBin)

GtkWidget *postern_status_icon_new (void);

void postern_status_icon_set (PosternStatusIcon *self, PosternStatus status, const char *word);

G_END_DECLS
