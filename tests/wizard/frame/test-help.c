/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"
#include "wizard/postern-help-dialog.h"
#include "wizard/postern-help-page.h"
#include "wizard/postern-help-topic.h"

/* The help as it is read: every page in every language, and the dialog that shows it. */

static const char *const languages[] = { "en", "cs", "fr", "ru" };

static void
must_be_said (PosternHelpPage *page, guint n, PosternHelpKind kind, const char *text)
{
    PosternHelpBlock *block = g_ptr_array_index (postern_help_page_get_blocks (page), n);

    g_assert_cmpint (block->kind, ==, kind);
    g_assert_cmpstr (block->text, ==, text);
}

static void
test_page (void)
{
    static const char text[] =
        "<page><info><link type='guide' xref='index#work'/><title type='sort'>1</title>"
        "<desc>About it</desc></info><title>A &amp; B</title><p>Press <gui>Next</gui> &lt;now&gt;.</p>"
        "<section id='more'><title>More</title><steps><item><p>One</p></item><item><p>Two</p></item></steps>"
        "<list><item><p>Dot</p></item></list><note><p>Beware</p></note><screen>a\nb</screen><p>End</p>"
        "</section></page>";
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternHelpPage) page = postern_help_page_new_from_data (text, &error);
    GPtrArray *blocks;

    g_assert_no_error (error);
    g_assert_cmpstr (postern_help_page_get_title (page), ==, "A & B");
    g_assert_cmpstr (postern_help_page_get_summary (page), ==, "About it");
    blocks = postern_help_page_get_blocks (page);
    g_assert_cmpuint (blocks->len, ==, 8);
    must_be_said (page, 0, POSTERN_HELP_PARAGRAPH, "Press <b>Next</b> &lt;now&gt;.");
    must_be_said (page, 1, POSTERN_HELP_SECTION, "More");
    must_be_said (page, 2, POSTERN_HELP_STEP, "One");
    must_be_said (page, 3, POSTERN_HELP_STEP, "Two");
    must_be_said (page, 4, POSTERN_HELP_ITEM, "Dot");
    must_be_said (page, 5, POSTERN_HELP_NOTE, "Beware");
    must_be_said (page, 6, POSTERN_HELP_SCREEN, "a\nb");
    must_be_said (page, 7, POSTERN_HELP_PARAGRAPH, "End");
    g_assert_cmpuint (((PosternHelpBlock *)g_ptr_array_index (blocks, 3))->number, ==, 2);
}

static void
test_strange_page (void)
{
    static const char *const texts[] = { "",
                                         "<page>",
                                         "<page/>",
                                         "<page><title>A</title><video/></page>",
                                         "<page><title>A</title><p>A <blink>B</blink></p></page>",
                                         "no page" };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) error = NULL;

        g_assert_null (postern_help_page_new_from_data (texts[i], &error));
        g_assert_cmpuint (error->domain, ==, G_MARKUP_ERROR);
    }
}

static char *
title_in (const char *language, const char *id)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (PosternHelpPage) page = NULL;

    g_setenv ("LANGUAGE", language, TRUE);
    page = postern_help_page_load (id, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (postern_help_page_get_blocks (page)->len, >, 0);
    return g_strdup (postern_help_page_get_title (page));
}

static GPtrArray *
all_pages (void)
{
    g_autofree char *directory = g_test_build_filename (G_TEST_DIST, "..", "data", "help", "C", NULL);
    g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
    GPtrArray *pages = g_ptr_array_new_with_free_func (g_free);

    g_assert_nonnull (files);
    for (const char *name = g_dir_read_name (files); name != NULL; name = g_dir_read_name (files))
        if (g_str_has_suffix (name, ".page"))
            g_ptr_array_add (pages, g_strndup (name, strlen (name) - strlen (".page")));
    g_assert_cmpuint (pages->len, >, 10);
    return pages;
}

static void
test_every_page_in_every_language (void)
{
    g_autoptr (GPtrArray) pages = all_pages ();

    for (guint i = 0; i < pages->len; i++) {
        g_autofree char *english = title_in ("en", pages->pdata[i]);

        for (guint l = 1; l < G_N_ELEMENTS (languages); l++) {
            g_autofree char *translated = title_in (languages[l], pages->pdata[i]);

            g_assert_cmpstr (translated, !=, english);
        }
    }
    g_setenv ("LANGUAGE", "en", TRUE);
}

static AdwDialog *
open_help (PageFixture *self, PosternStep step)
{
    AdwDialog *dialog;

    g_assert_true (postern_help_dialog_present (GTK_WIDGET (self->window), step));
    dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
    g_assert_nonnull (dialog);
    return dialog;
}

static AdwNavigationPage *
get_topic (AdwDialog *dialog)
{
    return adw_navigation_view_get_visible_page (
        ADW_NAVIGATION_VIEW (get_widget (dialog, ADW_TYPE_NAVIGATION_VIEW, NULL)));
}

static void
close_help (AdwDialog *dialog)
{
    gpointer gone = dialog;

    g_object_add_weak_pointer (G_OBJECT (dialog), &gone);
    adw_dialog_force_close (dialog);
    wait_until (gone == NULL);
}

/* Each page of the wizard has one of the help, which stands above the contents. */
static void
test_each_step (PageFixture *self, gconstpointer data)
{
    self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL);
    gtk_window_present (GTK_WINDOW (self->window));
    for (int step = POSTERN_STEP_WELCOME; step <= POSTERN_STEP_KSMG; step++) {
        AdwDialog *dialog = open_help (self, step);
        AdwNavigationView *view = ADW_NAVIGATION_VIEW (get_widget (dialog, ADW_TYPE_NAVIGATION_VIEW, NULL));
        const char *tag = adw_navigation_page_get_tag (adw_navigation_view_get_visible_page (view));

        g_assert_cmpint (g_str_equal (tag, "index"), ==, step == POSTERN_STEP_WELCOME);
        adw_navigation_view_pop_to_tag (view, "index");
        g_assert_cmpstr (adw_navigation_page_get_tag (adw_navigation_view_get_visible_page (view)), ==, "index");
        close_help (dialog);
    }
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
}

/* Every page of the help can be reached from its contents. */
static void
test_contents (PageFixture *self, gconstpointer data)
{
    g_autoptr (GPtrArray) pages = all_pages ();
    AdwDialog *dialog;
    AdwNavigationPage *contents;

    self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL);
    gtk_window_present (GTK_WINDOW (self->window));
    dialog = open_help (self, POSTERN_STEP_WELCOME);
    contents = get_topic (dialog);
    g_assert_cmpuint (count_widgets (contents, ADW_TYPE_ACTION_ROW), ==, pages->len - 1);
    for (guint i = 0; i < pages->len; i++) {
        g_autofree char *title = title_in ("en", pages->pdata[i]);

        if (g_str_equal (pages->pdata[i], "index"))
            continue;
        wait_until (find_widget (contents, ADW_TYPE_ACTION_ROW, title) != NULL);
        adw_action_row_activate (ADW_ACTION_ROW (get_widget (contents, ADW_TYPE_ACTION_ROW, title)));
        g_assert_cmpstr (adw_navigation_page_get_tag (get_topic (dialog)), ==, pages->pdata[i]);
        adw_navigation_view_pop (ADW_NAVIGATION_VIEW (get_widget (dialog, ADW_TYPE_NAVIGATION_VIEW, NULL)));
        wait_until (get_topic (dialog) == contents);
    }
    close_help (dialog);
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
}

static void
count (GtkButton *button, guint *pressed)
{
    ++*pressed;
}

/* Enter goes to the row that has the focus, and never to the button of the page below. */
static void
test_enter (PageFixture *self, gconstpointer data)
{
    GtkWidget *button = gtk_button_new ();
    guint pressed = 0;
    AdwDialog *dialog;
    GtkWidget *row;

    self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "content", button, "default-widget", button, NULL);
    g_signal_connect (button, "clicked", G_CALLBACK (count), &pressed);
    gtk_window_present (GTK_WINDOW (self->window));
    wait_until (gtk_widget_get_mapped (button));
    dialog = open_help (self, POSTERN_STEP_WELCOME);
    wait_until ((row = find_widget (dialog, ADW_TYPE_ACTION_ROW, "Checks")) != NULL && gtk_widget_get_mapped (row));
    gtk_widget_grab_focus (row);
    g_signal_emit_by_name (self->window, "activate-default");
    wait_until (g_strcmp0 (adw_navigation_page_get_tag (get_topic (dialog)), "checks") == 0);
    gtk_widget_grab_focus (get_widget (get_topic (dialog), GTK_TYPE_SCROLLED_WINDOW, NULL));
    g_signal_emit_by_name (self->window, "activate-default");
    g_assert_cmpuint (pressed, ==, 0);
    close_help (dialog);
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
}

/* What keys scroll has a name for a screen reader, and headings are headings. */
static void
test_topic (PageFixture *self, gconstpointer data)
{
    AdwDialog *dialog;
    GtkWidget *heading;

    self->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL);
    gtk_window_present (GTK_WINDOW (self->window));
    dialog = open_help (self, POSTERN_STEP_CHECKS);
    gtk_test_accessible_assert_property (get_widget (get_topic (dialog), GTK_TYPE_SCROLLED_WINDOW, NULL),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL, "Checks");
    heading = get_widget (get_topic (dialog), GTK_TYPE_LABEL, "Refused messages");
    gtk_test_accessible_assert_role (heading, GTK_ACCESSIBLE_ROLE_HEADING);
    g_assert_true (postern_help_dialog_present (GTK_WIDGET (self->window), POSTERN_STEP_DOMAINS));
    g_assert_true (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)) == dialog);
    close_help (dialog);
    gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&self->window)));
}

int
main (int argc, char **argv)
{
    gtk_test_init (&argc, &argv, NULL);
    adw_init ();
    g_setenv ("LANGUAGE", "en", TRUE);
    g_test_add_func ("/help/page", test_page);
    g_test_add_func ("/help/strange-page", test_strange_page);
    g_test_add_func ("/help/every-page-in-every-language", test_every_page_in_every_language);
    g_test_add ("/help/each-step", PageFixture, NULL, NULL, test_each_step, NULL);
    g_test_add ("/help/contents", PageFixture, NULL, NULL, test_contents, NULL);
    g_test_add ("/help/enter", PageFixture, NULL, NULL, test_enter, NULL);
    g_test_add ("/help/topic", PageFixture, NULL, NULL, test_topic, NULL);
    return g_test_run ();
}
