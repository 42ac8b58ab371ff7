/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * postern_announce:
 * @widget: (type GtkWidget): whose news it is; nothing is said if neither it nor its parent is shown
 * @text: what to say
 * @priority: with which urgency
 *
 * Says something aloud to who uses a screen reader. It is the window that says it: a widget that assistive technology
 * has not asked for yet, such as one that has just appeared, is not heard.
 */
void postern_announce (gpointer widget, const char *text, GtkAccessibleAnnouncementPriority priority);

G_END_DECLS
