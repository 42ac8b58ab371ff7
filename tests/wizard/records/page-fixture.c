/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"

#include <string.h>
#include "announcements.h"
#include "wizard/postern-page-factory.h"

void
page_fixture_late (gpointer flag)
{
    *(gboolean *)flag = TRUE;
}

static void
count_finished_cb (PageFixture *self)
{
    self->finished++;
}

void
page_fixture_set_up (PageFixture *self, gconstpointer data)
{
    announcements_clear ();
    self->session = postern_session_new ();
    self->plan = postern_session_get_plan (self->session);
}

void
page_fixture_show (PageFixture *self, PosternStep step)
{
    GtkWidget *overlay = adw_toast_overlay_new ();
    GtkWidget *view = adw_navigation_view_new ();

    self->page = postern_page_factory_make (step, self->session);
    g_assert_nonnull (self->page);
    g_signal_connect_swapped (self->page, "finished", G_CALLBACK (count_finished_cb), self);
    self->window = g_object_new (ADW_TYPE_WINDOW, "default-width", 900, "default-height", 700, NULL);
    adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), view);
    adw_window_set_content (ADW_WINDOW (self->window), overlay);
    adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
    gtk_window_present (self->window);
    wait_until (gtk_widget_get_mapped (GTK_WIDGET (self->page)) && postern_page_get_cancellable (self->page) != NULL &&
                gtk_widget_get_height (GTK_WIDGET (self->page)) > 0);
}

void
page_fixture_close (PageFixture *self)
{
    g_object_add_weak_pointer (G_OBJECT (self->page), (gpointer *)&self->page);
    gtk_window_destroy (self->window);
    wait_until (self->page == NULL);
}

void
page_fixture_tear_down (PageFixture *self, gconstpointer data)
{
    if (self->page != NULL)
        page_fixture_close (self);
    g_object_add_weak_pointer (G_OBJECT (self->session), (gpointer *)&self->session);
    g_object_unref (self->session);
    wait_until (self->session == NULL);
}

gboolean
page_is (PageFixture *self, const char *property)
{
    gboolean value;

    g_object_get (self->page, property, &value, NULL);
    return value;
}

static gboolean
is_called (GtkWidget *widget, const char *title)
{
    const char *tooltip = gtk_widget_get_tooltip_text (widget);

    if (tooltip != NULL && g_str_equal (tooltip, title))
        return TRUE;
    if (ADW_IS_PREFERENCES_ROW (widget))
        return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
    if (ADW_IS_PREFERENCES_GROUP (widget))
        return g_strcmp0 (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)), title) == 0;
    if (GTK_IS_BUTTON (widget))
        return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), title) == 0;
    return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), title) == 0;
}

GtkWidget *
find_widget (gpointer root, GType type, const char *title)
{
    GtkWidget *widget = GTK_WIDGET (root);

    if (!gtk_widget_get_visible (widget))
        return NULL;
    if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (title == NULL || is_called (widget, title)))
        return widget;
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child)) {
        GtkWidget *found = find_widget (child, type, title);

        if (found != NULL)
            return found;
    }
    return NULL;
}

GtkWidget *
get_widget (gpointer root, GType type, const char *title)
{
    GtkWidget *widget = find_widget (root, type, title);

    if (widget == NULL)
        g_error ("there is no visible %s “%s”", g_type_name (type), title != NULL ? title : "");
    return widget;
}

static GtkWidget *
find_record_below (GtkWidget *root, GType type, const char *name)
{
    if (!gtk_widget_get_visible (root))
        return NULL;
    if (G_OBJECT_TYPE (root) == type)
        return shows_text (root, name) ? root : NULL;
    for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
         child = gtk_widget_get_next_sibling (child)) {
        GtkWidget *found = find_record_below (child, type, name);

        if (found != NULL)
            return found;
    }
    return NULL;
}

GtkWidget *
find_record (PageFixture *self, GType type, const char *name)
{
    return find_record_below (get_widget (self->page, GTK_TYPE_LIST_VIEW, NULL), type, name);
}

guint
count_widgets (gpointer root, GType type)
{
    guint n = g_type_is_a (G_OBJECT_TYPE (root), type);

    for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        n += count_widgets (child, type);
    return n;
}

static void
tell_labels (GtkWidget *widget)
{
    if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
        g_test_message ("label “%s”", gtk_label_get_text (GTK_LABEL (widget)));
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
        tell_labels (child);
}

gboolean
shows_text (gpointer root, const char *text)
{
    return find_widget (root, GTK_TYPE_LABEL, text) != NULL;
}

void
must_show_text (gpointer root, const char *text)
{
    if (shows_text (root, text))
        return;
    tell_labels (root);
    g_error ("no visible label says “%s”", text);
}

void
type_text (GtkWidget *editable, const char *text)
{
    int position = 0;

    gtk_editable_set_text (GTK_EDITABLE (editable), "");
    for (const char *letter = text; *letter != '\0'; letter = g_utf8_next_char (letter))
        gtk_editable_insert_text (GTK_EDITABLE (editable), letter, g_utf8_next_char (letter) - letter, &position);
}

void
press_enter (GtkWidget *entry_row)
{
    g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (entry_row)), "activate");
}

GtkWidget *
get_dialog (PageFixture *self)
{
    wait_until (adw_window_get_visible_dialog (ADW_WINDOW (self->window)) != NULL);
    return GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
}
