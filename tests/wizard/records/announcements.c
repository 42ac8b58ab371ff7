/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "announcements.h"

typedef struct {
    char *text;
    GtkAccessibleAnnouncementPriority priority;
} Announcement;

static GArray *heard;

static void
announcement_clear (gpointer data)
{
    g_free (((Announcement *)data)->text);
}

void
announcements_clear (void)
{
    g_clear_pointer (&heard, g_array_unref);
}

static GArray *
get_heard (void)
{
    if (heard == NULL) {
        heard = g_array_new (FALSE, FALSE, sizeof (Announcement));
        g_array_set_clear_func (heard, announcement_clear);
    }
    return heard;
}

/* In place of GTK's own. */
void
gtk_accessible_announce (GtkAccessible *self, const char *message, GtkAccessibleAnnouncementPriority priority)
{
    Announcement announcement = { .priority = priority };

    g_assert_nonnull (message);
    /* Of all accessibles only the window is known to assistive technology for certain: what others say, as libadwaita's
     * toasts do, may be lost. */
    if (!GTK_IS_WINDOW (self))
        return;
    announcement.text = g_strdup (message);
    /* The program that takes pictures is no test, and its own lines are read by another. */
    if (g_test_initialized ())
        g_test_message ("heard: “%s”", message);
    g_array_append_val (get_heard (), announcement);
}

gboolean
announcements_has (const char *text, GtkAccessibleAnnouncementPriority priority)
{
    for (guint i = 0; i < get_heard ()->len; i++) {
        const Announcement *one = &g_array_index (heard, Announcement, i);

        if (g_str_equal (one->text, text) && one->priority == priority)
            return TRUE;
    }
    return FALSE;
}

void
must_hear (const char *text)
{
    if (!announcements_has (text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM))
        g_error ("nobody said “%s”", text);
}
