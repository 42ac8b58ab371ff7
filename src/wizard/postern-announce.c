/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-announce.h"

/* Or is about to be. */
static gboolean
is_shown (GtkWidget *widget)
{
    GtkWidget *parent = gtk_widget_get_parent (widget);

    return gtk_widget_get_mapped (widget) || (parent != NULL && gtk_widget_get_mapped (parent));
}

void
postern_announce (gpointer widget, const char *text, GtkAccessibleAnnouncementPriority priority)
{
    GtkRoot *root;

    g_return_if_fail (GTK_IS_WIDGET (widget));
    g_return_if_fail (text != NULL);

    root = gtk_widget_get_root (widget);
    if (root != NULL && is_shown (widget))
        gtk_accessible_announce (GTK_ACCESSIBLE (root), text, priority);
}
