/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"

#include "wizard/postern-scroll-column.h"

#define TOP_HEIGHT 400

typedef struct {
    GtkWindow *window;
    PosternScrollColumn *column;
    GtkAdjustment *adjustment;
    GtkStringList *texts;
    GtkWidget *entry; /* in the top */
} Fixture;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
    gtk_list_item_set_child (item, gtk_button_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
    gtk_button_set_label (GTK_BUTTON (gtk_list_item_get_child (item)),
                          gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (item))));
}

static GtkWidget *
make_list (Fixture *fixture)
{
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    GtkWidget *clamp = adw_clamp_scrollable_new ();
    GtkNoSelection *selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (fixture->texts)));

    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
    adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp),
                                    gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
    return clamp;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    GtkWidget *scroller = gtk_scrolled_window_new ();
    GtkWidget *top = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

    fixture->entry = gtk_entry_new ();
    gtk_box_append (GTK_BOX (top), fixture->entry);
    gtk_widget_set_size_request (top, -1, TOP_HEIGHT);
    fixture->texts = gtk_string_list_new (NULL);
    for (int i = 0; i < GPOINTER_TO_INT (data); i++) {
        g_autofree char *text = g_strdup_printf ("row %d", i);

        gtk_string_list_append (fixture->texts, text);
    }
    fixture->column = POSTERN_SCROLL_COLUMN (postern_scroll_column_new ());
    postern_scroll_column_set_top (fixture->column, top);
    postern_scroll_column_set_list (fixture->column, make_list (fixture));
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->column));
    fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
    fixture->window =
        g_object_new (ADW_TYPE_WINDOW, "default-width", 400, "default-height", 600, "content", scroller, NULL);
    gtk_window_present (fixture->window);
    wait_until (gtk_adjustment_get_page_size (fixture->adjustment) > 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_object_add_weak_pointer (G_OBJECT (fixture->column), (gpointer *)&fixture->column);
    gtk_window_destroy (fixture->window);
    wait_until (fixture->column == NULL);
    g_object_unref (fixture->texts);
}

/* Where a row is in the view; FALSE if it does not exist or cannot be seen. */
static gboolean
row_is_at (Fixture *fixture, const char *text, graphene_rect_t *bounds)
{
    GtkWidget *row = find_widget (fixture->column, GTK_TYPE_BUTTON, text);

    if (row == NULL || !gtk_widget_compute_bounds (row, GTK_WIDGET (fixture->column), bounds))
        return FALSE;
    return bounds->origin.y + bounds->size.height > 0 &&
           bounds->origin.y < gtk_widget_get_height (GTK_WIDGET (fixture->column));
}

/* A short list ends where its last row ends. */
static void
test_short (Fixture *fixture, gconstpointer data)
{
    graphene_rect_t first, last;

    wait_until (row_is_at (fixture, "row 2", &last));
    g_assert_true (row_is_at (fixture, "row 0", &first));
    g_assert_cmpfloat (first.origin.y, >=, TOP_HEIGHT);
    g_assert_cmpfloat (first.origin.y, <, TOP_HEIGHT + 20);
    g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->adjustment), <=,
                       MAX (gtk_adjustment_get_page_size (fixture->adjustment), last.origin.y + last.size.height + 40));
}

static void
test_long (Fixture *fixture, gconstpointer data)
{
    graphene_rect_t bounds;

    wait_until (row_is_at (fixture, "row 0", &bounds));
    g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->adjustment), >, 10000 * 20);
    g_assert_cmpuint (count_widgets (fixture->column, GTK_TYPE_BUTTON), <, 300);

    /* First the top goes. */
    gtk_adjustment_set_value (fixture->adjustment, TOP_HEIGHT);
    wait_until (row_is_at (fixture, "row 0", &bounds) && bounds.origin.y < 20);
    gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_upper (fixture->adjustment));
    wait_until (row_is_at (fixture, "row 9999", &bounds));
    g_assert_cmpuint (count_widgets (fixture->column, GTK_TYPE_BUTTON), <, 300);
    gtk_adjustment_set_value (fixture->adjustment, 0);
    wait_until (row_is_at (fixture, "row 0", &bounds) && bounds.origin.y >= TOP_HEIGHT);
}

/* What has the focus can be seen: a row below the view, a row far away, and the top again. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
    GtkListView *list = GTK_LIST_VIEW (get_widget (fixture->column, GTK_TYPE_LIST_VIEW, NULL));
    graphene_rect_t bounds;
    double height = gtk_widget_get_height (GTK_WIDGET (fixture->column));

    wait_until (row_is_at (fixture, "row 0", &bounds));
    gtk_widget_grab_focus (get_widget (fixture->column, GTK_TYPE_BUTTON, "row 12"));
    wait_until (row_is_at (fixture, "row 12", &bounds) && bounds.origin.y >= 0 &&
                bounds.origin.y + bounds.size.height <= height);
    gtk_list_view_scroll_to (list, 5000, GTK_LIST_SCROLL_FOCUS, NULL);
    wait_until (row_is_at (fixture, "row 5000", &bounds) && bounds.origin.y >= 0 &&
                bounds.origin.y + bounds.size.height <= height);
    gtk_widget_grab_focus (fixture->entry);
    wait_until (gtk_widget_compute_bounds (fixture->entry, GTK_WIDGET (fixture->column), &bounds) &&
                bounds.origin.y >= 0);
}

/* Without a list it is a viewport. */
static void
test_no_list (Fixture *fixture, gconstpointer data)
{
    postern_scroll_column_set_list (fixture->column, NULL);
    wait_until (gtk_adjustment_get_upper (fixture->adjustment) == gtk_adjustment_get_page_size (fixture->adjustment));
    gtk_widget_set_size_request (postern_scroll_column_get_top (fixture->column), -1, 2000);
    wait_until (gtk_adjustment_get_upper (fixture->adjustment) == 2000);
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    g_test_add ("/scroll-column/short", Fixture, GINT_TO_POINTER (3), set_up, test_short, tear_down);
    g_test_add ("/scroll-column/long", Fixture, GINT_TO_POINTER (10000), set_up, test_long, tear_down);
    g_test_add ("/scroll-column/focus", Fixture, GINT_TO_POINTER (10000), set_up, test_focus, tear_down);
    g_test_add ("/scroll-column/no-list", Fixture, GINT_TO_POINTER (3), set_up, test_no_list, tear_down);
    return g_test_run ();
}
