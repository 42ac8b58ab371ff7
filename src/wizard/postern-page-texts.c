/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard/postern-page-texts.h"

/* Both pages come from one template, so that their entries stand in the same order. What is in a list of records
 * belongs to the plan, and its rows come and go. */
static void
collect (GtkWidget *widget, GPtrArray *entries)
{
    if (GTK_IS_LIST_VIEW (widget))
        return;
    if (GTK_IS_EDITABLE (widget)) {
        g_ptr_array_add (entries, widget);
        return;
    }
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        collect (child, entries);
}

/* Another address or token would end the connection that there is. */
static gboolean
is_settled (PosternPage *page)
{
    return postern_page_get_step (page) == POSTERN_STEP_GATEWAY &&
           postern_session_get_gateway (postern_page_get_session (page)) != NULL;
}

void
postern_page_texts_carry (PosternPage *from, PosternPage *to)
{
    g_autoptr (GPtrArray) old_entries = g_ptr_array_new ();
    g_autoptr (GPtrArray) new_entries = g_ptr_array_new ();

    g_return_if_fail (POSTERN_IS_PAGE (from));
    g_return_if_fail (POSTERN_IS_PAGE (to));
    if (is_settled (from))
        return;
    collect (GTK_WIDGET (from), old_entries);
    collect (GTK_WIDGET (to), new_entries);
    if (old_entries->len != new_entries->len)
        return;
    for (guint i = 0; i < old_entries->len; i++) {
        const char *text = gtk_editable_get_text (g_ptr_array_index (old_entries, i));

        if (!g_str_equal (text, gtk_editable_get_text (g_ptr_array_index (new_entries, i))))
            gtk_editable_set_text (g_ptr_array_index (new_entries, i), text);
    }
}
