/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the service manager is told (sd_notify(3)); nothing happens where there is none.
 */

/** postern_service_manager_tell_ready: it serves; @format: a line about its state for “systemctl status” */
void postern_service_manager_tell_ready (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** postern_service_manager_tell_status: another line about its state */
void postern_service_manager_tell_status (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** postern_service_manager_tell_reloading: it begins to read its files again; it is ready after that */
void postern_service_manager_tell_reloading (void);
/** postern_service_manager_tell_stopping: it ends as soon as what has begun is done */
void postern_service_manager_tell_stopping (void);

/** postern_service_manager_start_watchdog: from now on tells, as often as is asked for, that the main context is alive;
 * Returns: the source to remove, or 0 if nobody wants to know */
guint postern_service_manager_start_watchdog (void);

G_END_DECLS
