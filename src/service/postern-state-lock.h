/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** postern_state_lock: makes sure of the state directory, and that nobody else works on it: two services would take
 * each other's push for a crash; Returns: a descriptor that holds the lock, or -1 with an error */
int postern_state_lock (const char *directory, GError **error);

/** postern_state_unlock: @lock: what postern_state_lock() returned, or -1 */
void postern_state_unlock (int lock);

G_END_DECLS
