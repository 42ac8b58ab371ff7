/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/*
 * What the wizard says aloud. A test that is linked with this hears every gtk_accessible_announce() itself, in GTK's
 * place: GTK's own context for tests has no ears.
 */

/** Forgets what was heard so far. */
void announcements_clear (void);
/** Whether @text was said, with this urgency. */
gboolean announcements_has (const char *text, GtkAccessibleAnnouncementPriority priority);
/** The same with the usual urgency, which must be. */
void must_hear (const char *text);
