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

    g_assert_true (GTK_IS_WIDGET (self));
    g_assert_nonnull (message);
    if (!gtk_widget_get_mapped (GTK_WIDGET (self))) {
        g_test_message ("said by a hidden %s and not heard: “%s”", G_OBJECT_TYPE_NAME (self), message);
        return;
    }
    announcement.text = g_strdup (message);
    g_test_message ("heard: “%s”", message);
    g_array_append_val (get_heard (), announcement);
}

gboolean
announcements_has (const char *text, GtkAccessibleAnnouncementPriority priority)
{
    for (guint i = 0; i < announcements_count (); i++) {
        const Announcement *one = &g_array_index (heard, Announcement, i);

        if (g_str_equal (one->text, text) && one->priority == priority)
            return TRUE;
    }
    return FALSE;
}

guint
announcements_count (void)
{
    return get_heard ()->len;
}
