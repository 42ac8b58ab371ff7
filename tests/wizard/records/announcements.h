/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * What the wizard says aloud. A test that is linked with this hears every gtk_accessible_announce() itself, in GTK's
 * place: GTK's own context for tests has no ears. As with a real screen reader, what a widget says that is not shown is
 * lost.
 */

/** Forgets what was heard so far. */
void announcements_clear (void);
/** Whether @text was said, and @priority is with which urgency. */
gboolean announcements_has (const char *text, GtkAccessibleAnnouncementPriority priority);
/** How often anything was said. */
guint announcements_count (void);
